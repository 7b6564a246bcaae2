import { call } from '#test/support/meta-service-client.js';
import { invalid, notFound, OK } from '#test/support/meta-service-replies.js';
import { at, table } from './case.js';
import { create, disableSse, enableSse, hdfs, objectStore, shown, shownStore, shownVault } from './instance.js';

const noId = invalid('instance id not set');
const absent = notFound('instance not existed, instance_id=<id>, err=KeyNotFound');
const alreadyOn = invalid('failed to enable sse, instance has enabled sse');
const alreadyOff = invalid('failed to disable sse, instance has disabled sse');

export const enableInstanceSse = table('5.5 enable_instance_sse', [
  { row: 'no instance_id', call: call('enable_instance_sse', {}), reply: noId },
  { row: 'an empty instance_id', call: call('enable_instance_sse', { instance_id: '' }), reply: noId },
  { row: 'absent', call: enableSse, reply: absent },
  { row: 'already on', given: [create(), enableSse], call: enableSse, reply: alreadyOn },
  { row: 'on since its creation', given: [create({ sse_enabled: true })], call: enableSse, reply: alreadyOn },
  {
    row: 'the instance, with the time of the change',
    given: [create()],
    call: enableSse,
    reply: OK,
    shows: shown({ sse_enabled: true, mtime: at(2) }),
  },
  {
    row: 'every entry of obj_info with it',
    given: [create({ obj_info: objectStore })],
    call: enableSse,
    reply: OK,
    shows: shown({ sse_enabled: true, mtime: at(2), obj_info: [shownStore({ sse_enabled: true })], enable_storage_vault: false }),
  },
  {
    row: 'an instance with a vault',
    given: [create({ vault: { hdfs_info: hdfs } })],
    call: enableSse,
    reply: OK,
    shows: shown({ sse_enabled: true, mtime: at(2), ...shownVault('1') }),
  },
  {
    row: 'on again after it was off',
    given: [create(), enableSse, disableSse],
    call: enableSse,
    reply: OK,
    shows: shown({ sse_enabled: true, mtime: at(4) }),
  },
]);

export const disableInstanceSse = table('15 disable_instance_sse', [
  { row: 'no instance_id', call: call('disable_instance_sse', {}), reply: noId },
  { row: 'absent', call: disableSse, reply: absent },
  { row: 'off since its creation', given: [create()], call: disableSse, reply: alreadyOff },
  { row: 'already off', given: [create(), enableSse, disableSse], call: disableSse, reply: alreadyOff },
  {
    row: 'the instance and every entry of obj_info, with the time of the change',
    given: [create({ obj_info: objectStore, sse_enabled: true })],
    call: disableSse,
    reply: OK,
    shows: shown({ mtime: at(2), obj_info: [shownStore()], enable_storage_vault: false }),
  },
]);
