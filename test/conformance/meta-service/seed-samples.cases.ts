import { readFileSync } from 'node:fs';
import { ask, call, type MetaServiceCall } from '#test/support/meta-service-client.js';
import { OK, okWith } from '#test/support/meta-service-replies.js';
import { at, table } from './case.js';
import { create, shown, shownStore, shownVault } from './instance.js';

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8');
const sample = (op: string, name: string, method = 'PUT'): MetaServiceCall =>
  call(op, fixture(name), { method, headers: { 'content-type': 'text/plain' } });

const createHdfs = sample('create_instance', 'create-instance.hdfs');
const createObject = sample('create_instance', 'create-instance.object');
const createLegacy = sample('create_instance', 'create-instance.legacy');
const drop = sample('drop_instance', 'drop-instance');
const vaultInstance = { user_id: 'sample-user-id', name: '<id>', ...shownVault('1') };

const legacyStore = shownStore({
  ak: 'sample-ak',
  sk: 'sample-sk',
  bucket: 'sample-bucket',
  prefix: 'sample_prefix',
  endpoint: 'cos.ap-beijing.example.com',
  external_endpoint: '',
  region: 'ap-beijing',
});
const legacyInstance = { user_id: '10000', name: 'test_instance', obj_info: [legacyStore], enable_storage_vault: false };

/** The requests of the document that the contract calls the seed, in the forms that the contract describes. */
export const seedSamples = table('17 the samples of the seed', [
  { row: 'create_instance, HDFS form', call: createHdfs, reply: OK, shows: shown(vaultInstance) },
  { row: 'create_instance, object form', call: createObject, reply: OK, shows: shown(vaultInstance) },
  { row: 'create_instance, legacy form, without external_endpoint', call: createLegacy, reply: OK, shows: shown(legacyInstance) },
  {
    row: 'get_instance, a POST of []',
    given: [createLegacy],
    call: ask('get_instance', { instance_id: '<id>' }, { method: 'POST', body: fixture('get-instance') }),
    reply: okWith(shown(legacyInstance)),
  },
  {
    row: 'drop_instance, with a whole cluster along, ports as text and a trailing comma',
    given: [createLegacy],
    call: drop,
    reply: OK,
    shows: shown({ ...legacyInstance, status: 'DELETED', mtime: at(2) }),
  },
  {
    row: 'drop_instance, as a DELETE with a body',
    given: [createHdfs],
    call: sample('drop_instance', 'drop-instance', 'DELETE'),
    reply: OK,
    shows: shown({ ...vaultInstance, status: 'DELETED', mtime: at(2) }),
  },
  {
    row: 'set_instance_status',
    given: [create()],
    call: sample('set_instance_status', 'set-instance-status'),
    reply: OK,
    shows: shown({ status: 'OVERDUE', mtime: at(2) }),
  },
  {
    row: 'enable_instance_sse',
    given: [create()],
    call: sample('enable_instance_sse', 'enable-instance-sse'),
    reply: OK,
    shows: shown({ sse_enabled: true, mtime: at(2) }),
  },
]);
