import { call } from '#test/support/meta-service-client.js';
import { invalid, notFound, OK } from '#test/support/meta-service-replies.js';
import { at, clusterOf, table } from './case.js';
import { create, drop, objectStore, onInstance, setOverdue, shown, shownStore } from './instance.js';

const noId = invalid('instance id not set');
const absent = notFound('instance not existed, instance_id=<id>, err=KeyNotFound');
const hasClusters = invalid('failed to drop instance, instance has clusters');

export const dropInstance = table('5.2 drop_instance', [
  { row: '#1 no instance_id', call: call('drop_instance', {}), reply: noId },
  { row: '#1 an empty instance_id', call: call('drop_instance', { instance_id: '' }), reply: noId },
  { row: '#2 absent', call: drop, reply: absent },
  {
    row: '#2 an instance_id that no instance can have is absent, not malformed',
    call: call('drop_instance', { instance_id: 'a b' }),
    reply: notFound('instance not existed, instance_id=a b, err=KeyNotFound'),
  },
  { row: '#3 a cluster with a node', given: [create(), clusterOf('<id>-node')], call: drop, reply: hasClusters },
  { row: '#3 a cluster without nodes', given: [create(), clusterOf()], call: drop, reply: hasClusters },
  {
    row: 'a tombstone stays, with the time of the drop',
    given: [create()],
    call: drop,
    reply: OK,
    shows: shown({ status: 'DELETED', mtime: at(2) }),
  },
  { row: 'from OVERDUE', given: [create(), setOverdue], call: drop, reply: OK, shows: shown({ status: 'DELETED', mtime: at(3) }) },
  {
    row: 'nothing else is removed',
    given: [create({ obj_info: objectStore })],
    call: drop,
    reply: OK,
    shows: shown({ status: 'DELETED', mtime: at(2), obj_info: [shownStore()], enable_storage_vault: false }),
  },
  {
    row: 'other members are ignored',
    given: [create({ name: 'lake' })],
    call: onInstance('drop_instance', { op: 'SET_OVERDUE', name: 'sea', cluster: { cluster_id: 'c' } }),
    reply: OK,
    shows: shown({ name: 'lake', status: 'DELETED', mtime: at(2) }),
  },
]);
