import { ask, call, type MetaServiceCall } from '#test/support/meta-service-client.js';
import { forbidden, invalid, OK, okWith, tooLarge } from '#test/support/meta-service-replies.js';
import { table, type Case } from './case.js';
import { create, objectStore, shown, shownStore } from './instance.js';

const get = ask('get_instance', { instance_id: '<id>' });
const creates = (request: MetaServiceCall): Omit<Case, 'row'> => ({ call: request, reply: OK, shows: shown() });
const notRead = (detail: string, op = 'create_instance') => invalid(`parse http request '${op}': INVALID_ARGUMENT:${detail}`);
const createBy = (more: Partial<MetaServiceCall>): MetaServiceCall => ({ ...create(), ...more });

/** Section 1 and trap 1 of section 17: where the apps' own specs have a stub, here an instance comes to be. */
export const transport = table('1 transport', [
  ...['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].map((method) => ({
    row: `1.1 create_instance by ${method}`,
    ...creates(createBy({ method })),
  })),
  ...['GET', 'POST', 'PUT', 'DELETE'].map((method) => ({
    row: `1.1 get_instance by ${method}, whatever its body`,
    given: [create()],
    call: ask('get_instance', { instance_id: '<id>' }, { method, body: 'not JSON' }),
    reply: okWith(shown()),
  })),
  ...['v1/create_instance', '/create_instance/', '/v1//create_instance'].map((op) => ({ row: `1.1 ${op}`, ...creates(createBy({ op })) })),
  ...['v2/create_instance', 'V1/create_instance', 'Create_Instance', 'create_instance/x', 'get_instances', 'v1', ''].map((op) => ({
    row: `1.1, D-22 ${JSON.stringify(op)} is an unknown op, OK and without effect`,
    given: [create()],
    call: call(op, { instance_id: '<id>', name: 'other' }),
    reply: OK,
    shows: shown(),
  })),
  ...['text/plain', 'application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'].map((type) => ({
    row: `1.3 ${type}`,
    ...creates(createBy({ headers: { 'content-type': type } })),
  })),
  { row: '1.2 a wrong token', call: createBy({ token: 'guess' }), reply: forbidden('incorrect token, token=guess\n') },
  { row: '1.2 no token', call: createBy({ token: '' }), reply: forbidden('incorrect token, token=(not given)\n') },
  {
    row: '1.2 no token, before the body is parsed',
    call: createBy({ token: '', body: '{' }),
    reply: forbidden('incorrect token, token=(not given)\n'),
  },
  {
    row: '1.2 no token for a getter',
    given: [create()],
    call: { ...get, token: '' },
    reply: forbidden('incorrect token, token=(not given)\n'),
  },
  { row: '1.3 a body of exactly 8 MiB', ...creates(createBy({ body: padded(8 * 1024 * 1024) })) },
  {
    row: '1.3 a body of 8 MiB and a byte',
    call: createBy({ body: padded(8 * 1024 * 1024 + 1) }),
    reply: tooLarge('request body is larger than 8388608 bytes'),
  },
]);

/** Section 2.2 as far as clients are known to need it; `wire/message-reader.spec.ts` has every row. */
export const bodies = table('2.2 bodies', [
  { row: 'lowerCamelCase members', ...creates(call('create_instance', { instanceId: '<id>', sseEnabled: false })) },
  { row: 'D-24 a trailing comma', ...creates(call('create_instance', '{"instance_id": "<id>",}')) },
  { row: 'unquoted keys and single quotes', ...creates(call('create_instance', "{instance_id: '<id>'}")) },
  { row: 'blanks and newlines around', ...creates(call('create_instance', '\r\n\t {"instance_id": "<id>"} \n')) },
  { row: 'unknown members at any depth', ...creates(create({ x: { y: [1] }, snapshot: null })) },
  { row: 'null is not given', ...creates(create({ vault: null, obj_info: null, ram_user: null, name: null })) },
  { row: 'a bool as text', call: create({ sse_enabled: 'true' }), reply: OK, shows: shown({ sse_enabled: true }) },
  {
    row: 'an enum by number',
    call: create({ obj_info: { ...objectStore, provider: 2 } }),
    reply: OK,
    shows: shown({ obj_info: [shownStore({ provider: 'COS' })], enable_storage_vault: false }),
  },
  {
    row: 'an enum by the text of its number',
    call: create({ obj_info: { ...objectStore, provider: '0' } }),
    reply: OK,
    shows: shown({ obj_info: [shownStore({ provider: 'OSS' })], enable_storage_vault: false }),
  },
  {
    row: '18 of a member given twice the last one wins, and objects are merged',
    call: call(
      'create_instance',
      `{"instance_id": "other", "obj_info": ${JSON.stringify(objectStore)}, "instanceId": "<id>", "obj_info": {"bucket": "b"}}`,
    ),
    reply: OK,
    shows: shown({ obj_info: [shownStore({ bucket: 'b' })], enable_storage_vault: false }),
  },
  { row: '2.3 no body', call: call('create_instance', ''), reply: notRead('Unexpected end of string. Expected a value.') },
  {
    row: '2.3 v1/ is repeated as given',
    call: call('v1/create_instance', ''),
    reply: notRead('Unexpected end of string. Expected a value.', 'v1/create_instance'),
  },
  {
    row: '2.3 a missing comma',
    call: call('create_instance', '{"instance_id": "<id>" "name": "n"}'),
    reply: notRead('Expected , or } after key:value pair.'),
  },
  { row: '2.3 a number for a text', call: create({ name: 5 }), reply: notRead('(name): invalid value 5 for type TYPE_STRING') },
  {
    row: 'D-32 the value of a secret is not repeated',
    call: create({ obj_info: { ...objectStore, sk: 12345 } }),
    reply: notRead('(obj_info.sk): invalid value for type TYPE_STRING'),
  },
  {
    row: 'hdfs_confs without a value',
    call: create({ vault: { hdfs_info: { build_conf: { hdfs_confs: [{ key: 'k' }] } } } }),
    reply: notRead('(vault.hdfs_info.build_conf.hdfs_confs[0]): missing field value'),
  },
  {
    row: 'the parse error comes before every check',
    call: call('create_instance', '{"ram_user": {}, "name": 5}'),
    reply: notRead('(name): invalid value 5 for type TYPE_STRING'),
  },
]);

/** A body of this length in bytes. */
function padded(bytes: number): string {
  return '{"instance_id": "<id>"}'.padEnd(bytes);
}
