import { call } from '#test/support/meta-service-client.js';
import { invalid, notFound, OK } from '#test/support/meta-service-replies.js';
import { at, table } from './case.js';
import { create, drop, onInstance, setNormal, setOverdue, shown } from './instance.js';

const badOp = (number: number) => invalid(`invalid request op, op=${number}`);
const alreadyNormal = invalid('the instance is already normal, instance_id = <id>');
const alreadyOverdue = invalid('the instance has already set  instance to overdue, instance_id = <id>');
const setStatus = (op: unknown) => onInstance('set_instance_status', { op });

const isOverdue = { reply: OK, shows: shown({ status: 'OVERDUE', mtime: at(2) }) };
const isNormalAgain = { reply: OK, shows: shown({ mtime: at(3) }) };

export const setInstanceStatus = table('5.4 set_instance_status', [
  { row: '#1 no op', given: [create()], call: onInstance('set_instance_status'), reply: badOp(0) },
  { row: '#1 an unknown op', given: [create()], call: setStatus('STOP'), reply: badOp(0) },
  { row: '#1 an empty op', given: [create()], call: setStatus(''), reply: badOp(0) },
  { row: '#1 an op of null', given: [create()], call: setStatus(null), reply: badOp(0) },
  { row: '#1 an op in small letters', given: [create()], call: setStatus('set_overdue'), reply: badOp(0) },
  { row: '#1 a number of no op', given: [create()], call: setStatus(99), reply: badOp(0) },
  { row: '#1 the text of a number of no op', given: [create()], call: setStatus('99'), reply: badOp(0) },

  ...['UNKNOWN', 'DROP', 'REFRESH', 'RENAME', 'ENABLE_SSE', 'DISABLE_SSE'].flatMap((op, number) =>
    [op, number, String(number)].map((given) => ({
      row: `#1a, D-17 ${op} as ${JSON.stringify(given)} is not carried out`,
      given: [create()],
      call: onInstance('set_instance_status', { op: given, name: 'new' }),
      reply: badOp(number),
      shows: shown(),
    })),
  ),

  { row: '#2 no instance_id', call: call('set_instance_status', { op: 'SET_NORMAL' }), reply: invalid('instance id not set') },
  {
    row: '#2 an empty instance_id',
    call: call('set_instance_status', { op: 6, instance_id: '' }),
    reply: invalid('instance id not set'),
  },
  { row: '#3 absent', call: setOverdue, reply: notFound('instance not existed, instance_id=<id>, err=KeyNotFound') },
  {
    row: '#4 DELETED to overdue',
    given: [create(), drop],
    call: setOverdue,
    reply: invalid("can't set deleted instance to overdue, instance_id = <id>"),
  },
  {
    row: '#4 DELETED to normal',
    given: [create(), drop],
    call: setNormal,
    reply: invalid("can't set deleted instance to normal, instance_id = <id>"),
  },
  { row: '#5 already OVERDUE', given: [create(), setOverdue], call: setOverdue, reply: alreadyOverdue },
  { row: '#6 already NORMAL', given: [create()], call: setNormal, reply: alreadyNormal },
  { row: '#6 NORMAL again', given: [create(), setOverdue, setNormal], call: setNormal, reply: alreadyNormal },

  { row: 'NORMAL to OVERDUE', given: [create()], call: setOverdue, ...isOverdue },
  { row: 'NORMAL to OVERDUE by number', given: [create()], call: setStatus(6), ...isOverdue },
  { row: 'NORMAL to OVERDUE by the text of the number', given: [create()], call: setStatus('6'), ...isOverdue },
  { row: 'OVERDUE to NORMAL', given: [create(), setOverdue], call: setNormal, ...isNormalAgain },
  { row: 'OVERDUE to NORMAL by number', given: [create(), setOverdue], call: setStatus(7), ...isNormalAgain },
  { row: 'OVERDUE to NORMAL by the text of the number', given: [create(), setOverdue], call: setStatus('7'), ...isNormalAgain },

  { row: 'two errors: #1 before #2', call: call('set_instance_status', {}), reply: badOp(0) },
  { row: 'two errors: #1a before #2', call: call('set_instance_status', { op: 'DROP' }), reply: badOp(1) },
  { row: 'two errors: #1 before #3', call: onInstance('set_instance_status'), reply: badOp(0) },
  { row: 'two errors: #1a before #4', given: [create(), drop], call: setStatus('RENAME'), reply: badOp(3) },
]);
