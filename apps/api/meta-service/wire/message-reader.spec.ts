import { describe, expect, it } from 'vitest';
import { bool, defineMessage, int64, message, repeated, string, type MessageOf } from './message-descriptor.js';
import { readMessage } from './message-reader.js';
import { clusterMessage, objectStoreInfoMessage, storageVaultMessage } from './messages.js';

const request = defineMessage({
  instance_id: string(1),
  instance_ids: repeated(string(2)),
  txn_id: int64(3),
  table_ids: repeated(int64(4)),
  sse_enabled: bool(5),
  cluster: message(6, clusterMessage),
  vault: message(7, storageVaultMessage),
  obj_info: repeated(message(8, objectStoreInfoMessage)),
});
type Request = MessageOf<typeof request>;

const read = (body: string | Buffer) => readMessage(request, Buffer.from(body));

type Accepted = readonly [row: string, body: string, message: Request];
type Refused = readonly [row: string, body: string | Buffer, detail: string];

const accepts = (cases: readonly Accepted[]): void =>
  it.each(cases)('%s: %s', (_, body, expected) => {
    expect(read(body)).toEqual({ kind: 'read', message: expected });
  });

const refuses = (cases: readonly Refused[]): void =>
  it.each(cases)('%s: %s', (_, body, detail) => {
    expect(read(body)).toEqual({ kind: 'malformed', detail });
  });

const heartbeat = (value: string): string => `{"cluster":{"nodes":[{"heartbeat_port":${value}}]}}`;
const port = (heartbeat_port: number): Request => ({ cluster: { nodes: [{ heartbeat_port }] } });
const invalid = (path: string, shown: string, type: string): string =>
  `(${path}): invalid value${shown === '' ? '' : ' '}${shown} for type TYPE_${type}`;
const badPort = (shown: string): string => invalid('cluster.nodes[0].heartbeat_port', shown, 'INT32');

describe('reads what section 2.2 accepts', () => {
  accepts([
    ['unknown field', '{"instance_id":"a","x":{"y":[1,{"z":null}]}}', { instance_id: 'a' }],
    ['unknown field, deeper', '{"cluster":{"cluster_id":"c","x":true}}', { cluster: { cluster_id: 'c' } }],
    ['a field named like a prototype', '{"__proto__":{"instance_id":"a"},"constructor":1}', {}],
    ['unknown enum name', '{"cluster":{"type":"compute"}}', { cluster: {} }],
    ['unknown enum name', '{"obj_info":{"provider":"MINIO"}}', { obj_info: [{}] }],
    ['empty enum name', '{"cluster":{"cluster_status":""}}', { cluster: {} }],
    ['enum name in another case', '{"cluster":{"cluster_status":"normal"}}', { cluster: {} }],
    ['enum by name', '{"cluster":{"type":"COMPUTE"}}', { cluster: { type: 'COMPUTE' } }],
    ['enum by alias (D-08)', '{"cluster":{"cluster_status":"STOPPED"}}', { cluster: { cluster_status: 'SUSPENDED' } }],
    ['enum by number', '{"cluster":{"cluster_status":2}}', { cluster: { cluster_status: 'SUSPENDED' } }],
    ['enum by numeric text', '{"cluster":{"cluster_status":"2"}}', { cluster: { cluster_status: 'SUSPENDED' } }],
    ['enum by negative number', '{"obj_info":{"provider":-1}}', { obj_info: [{ provider: 'UNKONWN' }] }],
    ['snake_case', '{"instance_id":"a"}', { instance_id: 'a' }],
    ['lowerCamelCase', '{"instanceId":"a"}', { instance_id: 'a' }],
    ['other casing is unknown', '{"InstanceId":"a","INSTANCE_ID":"b"}', {}],
    ['integer as text', heartbeat('"9050"'), port(9050)],
    ['integral float', heartbeat('9050.0'), port(9050)],
    ['integral float', heartbeat('9.05e3'), port(9050)],
    ['largest int32', heartbeat('2147483647'), port(2147483647)],
    ['smallest int32', heartbeat('-2147483648'), port(-2147483648)],
    ['bool', '{"sse_enabled":true}', { sse_enabled: true }],
    ['bool from text', '{"sse_enabled":"true"}', { sse_enabled: true }],
    ['bool from text', '{"sse_enabled":"false"}', { sse_enabled: false }],
    ['bool from text', '{"sse_enabled":"yes"}', { sse_enabled: true }],
    ['scalar for an array', '{"instance_ids":"a"}', { instance_ids: ['a'] }],
    ['object for an array', '{"cluster":{"nodes":{"ip":"i"}}}', { cluster: { nodes: [{ ip: 'i' }] } }],
    ['null', '{"instance_id":null,"cluster":null,"instance_ids":null}', {}],
    ['null inside an array', '{"instance_ids":["a",null,"b"]}', { instance_ids: ['a', 'b'] }],
    ['empty array', '{"instance_ids":[]}', {}],
    ['empty object', '{"cluster":{}}', { cluster: {} }],
    ['empty text', '{"instance_id":""}', { instance_id: '' }],
    ['map', '{"cluster":{"properties":{"k":"v"}}}', { cluster: { properties: new Map([['k', 'v']]) } }],
    ['trailing comma in an object', '{"instance_id":"a",}', { instance_id: 'a' }],
    ['trailing comma in an array', '{"instance_ids":["a",],}', { instance_ids: ['a'] }],
    ['unquoted keys', '{instance_id:"a",$x_1:2}', { instance_id: 'a' }],
    ['single quotes', `{'instance_id':'a"b\\'c'}`, { instance_id: `a"b'c` }],
    ['blanks around', ' \r\n\t{ "instance_id" : "a" }\n\n', { instance_id: 'a' }],
    ['int64 beyond 2^53', '{"txn_id":9007199254740993}', { txn_id: 9007199254740993n }],
    ['largest int64', '{"txn_id":9223372036854775807}', { txn_id: 9223372036854775807n }],
    ['smallest int64', '{"txn_id":"-9223372036854775808"}', { txn_id: -9223372036854775808n }],
  ]);
});

describe('refuses what section 2.2 refuses', () => {
  refuses([
    ['fractional float', heartbeat('1.5'), badPort('1.5')],
    ['number for a string', '{"instance_id":5}', invalid('instance_id', '5', 'STRING')],
    ['bool for a string', '{"instance_id":true}', invalid('instance_id', 'true', 'STRING')],
    ['not numeric', heartbeat('"x"'), badPort('"x"')],
    ['blank around a number', heartbeat('" 9050"'), badPort('" 9050"')],
    ['out of range', heartbeat('2147483648'), badPort('2147483648')],
    ['out of range', heartbeat('"-2147483649"'), badPort('"-2147483649"')],
    ['out of range', heartbeat('1e300'), badPort('1e300')],
    ['out of range', '{"txn_id":9223372036854775808}', invalid('txn_id', '9223372036854775808', 'INT64')],
    ['number for a bool', '{"sse_enabled":1}', invalid('sse_enabled', '1', 'BOOL')],
    ['array for an object', '{"cluster":[]}', invalid('cluster', '', 'MESSAGE')],
    ['scalar for an object', '{"cluster":"x"}', invalid('cluster', '', 'MESSAGE')],
    ['array for a map', '{"cluster":{"properties":[]}}', invalid('cluster.properties', '[...]', 'MESSAGE')],
    ['missing comma', '{"a":1 "b":2}', 'Expected , or } after key:value pair.'],
    ['missing comma', '{"a":[1 2]}', 'Expected , or ] after array value.'],
    ['leading comma', '{,"a":1}', 'Expected an object key or }.'],
    ['leading comma', '{"a":[,1]}', 'Expected a value.'],
    ['doubled comma', '{"a":1,,}', 'Expected an object key or }.'],
    ['doubled comma', '{"a":[1,,2]}', 'Expected a value.'],
    ['comment', '{"a":1}// x', 'Parsing terminated before end of input.'],
    ['comment', '{/* x */}', 'Expected an object key or }.'],
    ['BOM', '\uFEFF{}', 'Expected a value.'],
    ['text after the document', '{} x', 'Parsing terminated before end of input.'],
    ['a second document', '{}{}', 'Parsing terminated before end of input.'],
    ['empty body', '', 'Unexpected end of string. Expected a value.'],
    ['blank body', ' \n', 'Unexpected end of string. Expected a value.'],
    ['root not an object', '[]', 'Root element must be a message.'],
    ['root not an object', 'null', 'Root element must be a message.'],
    ['root not an object', '"x"', 'Root element must be a message.'],
    ['not JSON', 'instance_id=a', 'Expected a value.'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'Encountered non UTF-8 code points.'],
    ['a surrogate as UTF-8', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'Encountered non UTF-8 code points.'],
    [
      'required member missing',
      '{"vault":{"hdfs_info":{"build_conf":{"hdfs_confs":[{"key":"a","value":"b"},{"key":"c"}]}}}}',
      '(vault.hdfs_info.build_conf.hdfs_confs[1]): missing field value',
    ],
    [
      'required member null',
      '{"vault":{"hdfs_info":{"build_conf":{"hdfs_confs":{"key":null,"value":"b"}}}}}',
      '(vault.hdfs_info.build_conf.hdfs_confs[0]): missing field key',
    ],
  ]);
});

describe('follows the clarifications of section 18', () => {
  describe('and reads', () => {
    accepts([
      ['unknown enum number', '{"cluster":{"cluster_status":99}}', { cluster: {} }],
      ['unknown enum numeric text', '{"cluster":{"cluster_status":"99"}}', { cluster: {} }],
      ['duplicate scalar: the last wins', '{"instance_id":"a","instance_id":"b"}', { instance_id: 'b' }],
      ['duplicate scalar, then null', '{"instance_id":"a","instance_id":null}', { instance_id: 'a' }],
      [
        'duplicate objects: merged',
        '{"cluster":{"cluster_id":"a","desc":"d"},"cluster":{"cluster_id":"b"}}',
        { cluster: { cluster_id: 'b', desc: 'd' } },
      ],
      ['duplicate arrays: appended', '{"instance_ids":["a"],"instance_ids":["b"]}', { instance_ids: ['a', 'b'] }],
      ['duplicate element, array: appended', '{"instance_ids":"a","instance_ids":["b"]}', { instance_ids: ['a', 'b'] }],
      ['both spellings are duplicates', '{"instanceId":"a","instance_id":"b"}', { instance_id: 'b' }],
      ['both spellings are duplicates', '{"instance_ids":"a","instanceIds":"b"}', { instance_ids: ['a', 'b'] }],
      [
        'duplicate maps: merged',
        '{"cluster":{"properties":{"k":"v","l":"w"},"properties":{"k":"x"}}}',
        { cluster: { properties: new Map([['k', 'x'], ['l', 'w']]) } },
      ],
      ['plus sign', heartbeat('"+5"'), port(5)],
      ['leading zeros', heartbeat('"007"'), port(7)],
      ['leading zeros, many', heartbeat(`"${'0'.repeat(50)}7"`), port(7)],
      ['bool as "TRUE"', '{"sse_enabled":"TRUE"}', { sse_enabled: true }],
      ['bool as "1"', '{"sse_enabled":"1"}', { sse_enabled: true }],
      ['bool as "no"', '{"sse_enabled":"no"}', { sse_enabled: false }],
      ['raw control characters', '{"instance_id":"a\n\u0000\tb"}', { instance_id: 'a\n\u0000\tb' }],
      ['nested arrays', '{"instance_ids":[["a"],[["b"],[]],"c"]}', { instance_ids: ['a', 'b', 'c'] }],
      ['nested arrays of objects', '{"cluster":{"nodes":[[{"ip":"i"}]]}}', { cluster: { nodes: [{ ip: 'i' }] } }],
    ]);
  });

  describe('and refuses', () => {
    refuses([
      ['bool for an integer', heartbeat('true'), badPort('true')],
      ['bool for an enum', '{"cluster":{"type":true}}', invalid('cluster.type', 'true', 'ENUM')],
      ['fraction for an enum', '{"cluster":{"type":1.5}}', invalid('cluster.type', '1.5', 'ENUM')],
      ['array for a scalar', '{"instance_id":["a"]}', invalid('instance_id', '[...]', 'STRING')],
      ['object for a scalar', heartbeat('{}'), badPort('{...}')],
      ['empty text for an integer', heartbeat('""'), badPort('""')],
      ['float text for an integer', heartbeat('"9050.0"'), badPort('"9050.0"')],
      ['bare leading zeros', heartbeat('007'), 'Octal/hex numbers are not valid JSON values.'],
      ['lone high surrogate', '{"instance_id":"\\ud800"}', 'Missing low surrogate.'],
      ['lone low surrogate', '{"instance_id":"\\udc00"}', 'Invalid unicode code point.'],
      ['two high surrogates', '{"instance_id":"\\ud800\\ud800"}', 'Invalid low surrogate.'],
      ['a lone surrogate where nobody looks', '{"x":"\\ud800"}', 'Missing low surrogate.'],
      ['empty member name', '{"":1}', 'Expected a non-empty object key.'],
      ['empty member name, deeper', "{\"x\":[{'':1}]}", 'Expected a non-empty object key.'],
      ['scalar for an array of objects', '{"cluster":{"nodes":5}}', invalid('cluster.nodes[0]', '', 'MESSAGE')],
      [
        'scalar in an array of objects',
        '{"cluster":{"nodes":[{},"x"]}}',
        invalid('cluster.nodes[1]', '', 'MESSAGE'),
      ],
    ]);
  });
});

describe('error texts (2.3, D-32)', () => {
  it.each([
    ['ak', '{"obj_info":{"ak":12345}}', invalid('obj_info[0].ak', '', 'STRING')],
    ['sk', '{"obj_info":{"sk":12345}}', invalid('obj_info[0].sk', '', 'STRING')],
    [
      'hdfs_kerberos_keytab',
      '{"vault":{"hdfsInfo":{"buildConf":{"hdfsKerberosKeytab":12345}}}}',
      invalid('vault.hdfs_info.build_conf.hdfs_kerberos_keytab', '', 'STRING'),
    ],
    ['a message sent as text', '{"obj_info":"{ak:12345}"}', '(obj_info[0]): invalid value for type TYPE_MESSAGE'],
    ['a property', '{"cluster":{"properties":{"k":12345}}}', invalid('cluster.properties', '', 'STRING')],
  ])('name the field of a secret and not its value: %s', (_, body, detail) => {
    expect(read(body)).toEqual({ kind: 'malformed', detail });
  });

  it('leave out a value that is long', () => {
    expect(read(heartbeat(`"${'x'.repeat(65)}"`))).toEqual({ kind: 'malformed', detail: badPort('"..."') });
  });
});

describe('the values that are kept', () => {
  it('are the same out of a body that is too long to be kept behind them', () => {
    const unknown = 'x'.repeat(10_000);
    const body = `{"instance_id":"caf\u00e9 \u{1f600}","x":"${unknown}","cluster":{"properties":{"k\u00e9":"v"}}}`;
    expect(read(body)).toEqual({
      kind: 'read',
      message: { instance_id: 'caf\u00e9 \u{1f600}', cluster: { properties: new Map([['k\u00e9', 'v']]) } },
    });
  });
});
