import type { SeededRandom } from '../seeded-random.js';
import type { PlannedChange } from './change.js';

const keys = (): object => ({ ak: 'access', sk: 'secret' });
const objectStore = (): object => ({
  ...keys(), bucket: 'lake', prefix: 'p', endpoint: 'e', external_endpoint: 'x', region: 'r', provider: 'S3',
});

/** Every form of contract meta-service, section 5.1. */
const storages: readonly [object, ...object[]] = [
  {},
  { vault: { obj_info: objectStore() } },
  { obj_info: objectStore(), ram_user: { user_id: 'ram', ...keys() } },
  { vault: { hdfs_info: { build_conf: { fs_name: 'hdfs://n', user: 'u', hdfs_kerberos_keytab: 'keytab' }, prefix: 'p' } } },
];

export function createInstance(random: SeededRandom, instanceId: string): PlannedChange {
  const body = { instance_id: instanceId, name: instanceId, user_id: 'load', ...random.pick(storages) };
  return { instanceId, op: 'create_instance', eventType: 'InstanceCreated', body };
}

export function renameInstance(instanceId: string, name: string): PlannedChange {
  return { instanceId, op: 'rename_instance', eventType: 'InstanceRenamed', body: { instance_id: instanceId, name } };
}

/** The changes of one instance from its creation on, each of them legal when those before it have been stored. */
export function* instanceLife(random: SeededRandom, instanceId: string): Generator<PlannedChange, void> {
  const instance = { instance_id: instanceId };
  let isOverdue = false;
  let isEncrypted = false;
  yield createInstance(random, instanceId);
  for (let left = random.between(0, 8); left > 0; left -= 1) {
    switch (random.pick(['rename', 'status', 'sse'])) {
      case 'rename':
        yield renameInstance(instanceId, `name_${left}`);
        break;
      case 'status':
        isOverdue = !isOverdue;
        yield {
          instanceId, op: 'set_instance_status', eventType: 'InstanceStatusChanged',
          body: { ...instance, op: isOverdue ? 'SET_OVERDUE' : 'SET_NORMAL' },
        };
        break;
      case 'sse':
        isEncrypted = !isEncrypted;
        yield {
          instanceId, op: isEncrypted ? 'enable_instance_sse' : 'disable_instance_sse', eventType: 'InstanceSseChanged', body: instance,
        };
        break;
    }
  }
  if (random.once(2)) yield { instanceId, op: 'drop_instance', eventType: 'InstanceDropped', body: instance };
}
