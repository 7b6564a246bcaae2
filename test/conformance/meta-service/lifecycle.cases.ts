import { ask } from '#test/support/meta-service-client.js';
import { existed, internal, invalid, notFound, OK, okWith } from '#test/support/meta-service-replies.js';
import { at, table } from './case.js';
import { create, disableSse, drop, enableSse, objectStore, onInstance, setNormal, setOverdue, shown, shownStore } from './instance.js';

const get = ask('get_instance', { instance_id: '<id>' });
const rename = onInstance('rename_instance', { name: 'lake' });
const absent = notFound('instance not existed, instance_id=<id>, err=KeyNotFound');
const dropped = [create(), drop];

export const deletedInstance = table('4.3 calls on a DELETED instance', [
  { row: 'create_instance same id', given: dropped, call: create(), reply: existed('instance already existed, instance_id=<id>') },
  {
    row: 'get_instance: the full record',
    given: [create({ obj_info: objectStore }), drop],
    call: get,
    reply: okWith(shown({ status: 'DELETED', mtime: at(2), obj_info: [shownStore()], enable_storage_vault: false })),
  },
  {
    row: 'drop_instance again: mtime refreshed',
    given: dropped,
    call: drop,
    reply: OK,
    shows: shown({ status: 'DELETED', mtime: at(3) }),
  },
  {
    row: 'set_instance_status SET_OVERDUE',
    given: dropped,
    call: setOverdue,
    reply: invalid("can't set deleted instance to overdue, instance_id = <id>"),
  },
  {
    row: 'set_instance_status SET_NORMAL',
    given: dropped,
    call: setNormal,
    reply: invalid("can't set deleted instance to normal, instance_id = <id>"),
  },
  {
    row: 'enable_instance_sse',
    given: dropped,
    call: enableSse,
    reply: OK,
    shows: shown({ status: 'DELETED', sse_enabled: true, mtime: at(3) }),
  },
  {
    row: 'disable_instance_sse',
    given: [create({ sse_enabled: true }), drop],
    call: disableSse,
    reply: OK,
    shows: shown({ status: 'DELETED', mtime: at(3) }),
  },
  {
    row: 'rename_instance',
    given: dropped,
    call: rename,
    reply: OK,
    shows: shown({ status: 'DELETED', name: 'lake', mtime: at(2) }),
  },
]);

export const absentInstance = table('4.3 calls on an absent instance', [
  { row: 'drop_instance', call: drop, reply: absent },
  { row: 'set_instance_status SET_OVERDUE', call: setOverdue, reply: absent },
  { row: 'set_instance_status SET_NORMAL', call: setNormal, reply: absent },
  { row: 'enable_instance_sse', call: enableSse, reply: absent },
  { row: 'disable_instance_sse', call: disableSse, reply: absent },
  { row: 'rename_instance', call: rename, reply: absent },
  {
    row: 'get_instance',
    call: get,
    reply: internal('failed to get instance, info=failed to get instance, instance_id=<id> err=KeyNotFound'),
  },
  {
    row: 'get_instance by cloud_unique_id',
    call: ask('get_instance', { cloud_unique_id: '1:<id>:a' }),
    reply: invalid('cannot find instance_id with cloud_unique_id=1:<id>:a'),
  },
]);

export const repeatedCalls = table('4.5 the same request again', [
  { row: 'create_instance', given: [create()], call: create(), reply: existed('instance already existed, instance_id=<id>') },
  { row: 'drop_instance', given: dropped, call: drop, reply: OK, shows: shown({ status: 'DELETED', mtime: at(3) }) },
  {
    row: 'set_instance_status',
    given: [create(), setOverdue],
    call: setOverdue,
    reply: invalid('the instance has already set  instance to overdue, instance_id = <id>'),
    shows: shown({ status: 'OVERDUE', mtime: at(2) }),
  },
  {
    row: 'enable_instance_sse',
    given: [create(), enableSse],
    call: enableSse,
    reply: invalid('failed to enable sse, instance has enabled sse'),
    shows: shown({ sse_enabled: true, mtime: at(2) }),
  },
  {
    row: 'disable_instance_sse',
    given: [create(), enableSse, disableSse],
    call: disableSse,
    reply: invalid('failed to disable sse, instance has disabled sse'),
    shows: shown({ mtime: at(3) }),
  },
  { row: 'rename_instance', given: [create(), rename], call: rename, reply: OK, shows: shown({ name: 'lake' }) },
  { row: 'get_instance', given: [create()], call: get, reply: okWith(shown()), shows: shown() },
]);
