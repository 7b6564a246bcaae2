import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EnumDescriptor, Field, MessageDescriptor, MessageOf } from './message-descriptor.js';
import { readMessage } from './message-reader.js';
import { writeCompactMessage, writeMessage } from './message-writer.js';
import { clusterMessage, instanceMessage, objectStoreInfoMessage, storageVaultMessage } from './messages.js';
import { alterInstanceRequest, createInstanceRequest } from './requests.js';

describe('the writer (2.1)', () => {
  it('prints in the order of the field numbers, not in that of the members', () => {
    expect(writeMessage(objectStoreInfoMessage, { region: 'r', id: '1', bucket: 'b' }, 0)).toBe(
      '{\n    "id": "1",\n    "bucket": "b",\n    "region": "r"\n}',
    );
  });

  it('prints int64 as text, int32 as a number, an enum as its name, a bool as true or false', () => {
    const message = {
      nodes: [{ ctime: 1669260437n, heartbeat_port: 9050, node_type: 'FE_MASTER', is_smooth_upgrade: false }],
    } as const;
    expect(writeMessage(clusterMessage, message, 0)).toBe(
      [
        '{',
        '    "nodes": [',
        '        {',
        '            "ctime": "1669260437",',
        '            "heartbeat_port": 9050,',
        '            "node_type": "FE_MASTER",',
        '            "is_smooth_upgrade": false',
        '        }',
        '    ]',
        '}',
      ].join('\n'),
    );
  });

  it('prints what is set to empty, and leaves out what is not given and empty lists and maps', () => {
    const message = { external_endpoint: '', encryption_info: {} };
    expect(writeMessage(objectStoreInfoMessage, message, 0)).toBe(
      '{\n    "external_endpoint": "",\n    "encryption_info": {}\n}',
    );
    expect(writeMessage(clusterMessage, { nodes: [], mysql_user_name: [], properties: new Map() }, 0)).toBe('{}');
  });

  it('prints lists and maps one entry a line, at the depth it is told', () => {
    const message = { mysql_user_name: ['a', 'b'], properties: new Map([['k', 'v']]) };
    expect(writeMessage(clusterMessage, message, 1)).toBe(
      [
        '{',
        '        "mysql_user_name": [',
        '            "a",',
        '            "b"',
        '        ],',
        '        "properties": {',
        '            "k": "v"',
        '        }',
        '    }',
      ].join('\n'),
    );
  });

  it('prints control characters as \\u00XX and all beyond ASCII as it is (18)', () => {
    expect(writeMessage(clusterMessage, { desc: 'a"\\/\u0001\n\u001f\u007f é 数 😀' }, 0)).toBe(
      '{\n    "desc": "a\\"\\\\/\\u0001\\u000A\\u001F\u007f é 数 😀"\n}',
    );
  });
});

describe('the compact form for error texts (2.4, D-32)', () => {
  it('has no blanks and masks secrets, but shows that one was empty', () => {
    const build_conf = { fs_name: 'hdfs://h', hdfs_kerberos_keytab: 'k', hdfs_confs: [{ key: 'a', value: 'v' }] };
    const message = { hdfs_info: { build_conf }, obj_info: { ak: 'x', sk: '', ctime: 5n } };
    expect(writeCompactMessage(storageVaultMessage, message)).toBe(
      '{"hdfs_info":{"build_conf":{"fs_name":"hdfs://h","hdfs_kerberos_keytab":"******",' +
        '"hdfs_confs":[{"key":"a","value":"******"}]}},"obj_info":{"ctime":"5","ak":"******","sk":""}}',
    );
  });
});

describe('what the writer prints', () => {
  it.each([
    ['create_instance', createInstanceRequest],
    ['alter instance', alterInstanceRequest],
    ['Instance', instanceMessage],
  ])('the reader reads back equal: %s', (_, descriptor: MessageDescriptor) => {
    fc.assert(
      fc.property(messageOf(descriptor), fc.nat(2), (message, depth) => {
        const body = Buffer.from(writeMessage(descriptor, message, depth));
        expect(readMessage(descriptor, body)).toEqual({ kind: 'read', message });
      }),
      { numRuns: 500 },
    );
  });

  it('JSON.parse reads too', () => {
    fc.assert(
      fc.property(messageOf(instanceMessage), (message) => {
        JSON.parse(writeMessage(instanceMessage, message, 0));
      }),
      { numRuns: 500 },
    );
  });
});

/** Any message of the descriptor, each optional member given or not. */
function messageOf<D extends MessageDescriptor>(descriptor: D): fc.Arbitrary<MessageOf<D>> {
  const members = Object.fromEntries(descriptor.fields.map((field) => [field.name, memberOf(field)]));
  const requiredKeys = descriptor.requiredFields.map((field) => field.name);
  return fc.record(members, { requiredKeys, noNullPrototype: true }) as fc.Arbitrary<MessageOf<D>>;
}

const memberOf = (field: Field): fc.Arbitrary<unknown> =>
  field.repeated ? fc.array(valueOf(field), { minLength: 1, maxLength: 2 }) : valueOf(field);

function valueOf(field: Field): fc.Arbitrary<unknown> {
  const text = fc.string({ unit: 'binary', maxLength: 8 });
  switch (field.kind) {
    case 'string':
      return text;
    case 'int32':
      return fc.integer();
    case 'int64':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case 'bool':
      return fc.boolean();
    case 'map':
      return fc
        .array(fc.tuple(fc.string({ minLength: 1 }), text), { minLength: 1, maxLength: 3 })
        .map((entries) => new Map(entries));
    case 'enum':
      return fc.constantFrom(...Object.keys((field.enum as EnumDescriptor).numbers));
    case 'message':
      return messageOf(field.message as MessageDescriptor);
  }
}
