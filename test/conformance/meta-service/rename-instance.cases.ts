import { call } from '#test/support/meta-service-client.js';
import { invalid, notFound, OK } from '#test/support/meta-service-replies.js';
import { table } from './case.js';
import { create, onInstance, shown } from './instance.js';

const noName = invalid('rename instance name, but not set');
const rename = (name: string) => onInstance('rename_instance', { name });

/** A name is neither a drop, a status nor an sse change, so mtime stays (section 5.3). */
export const renameInstance = table('15 rename_instance', [
  { row: 'no instance_id', call: call('rename_instance', { name: 'lake' }), reply: invalid('instance id not set') },
  { row: 'absent', call: rename('lake'), reply: notFound('instance not existed, instance_id=<id>, err=KeyNotFound') },
  { row: 'no name', given: [create()], call: onInstance('rename_instance'), reply: noName },
  { row: 'an empty name', given: [create()], call: rename(''), reply: noName },
  { row: 'an instance without a name', given: [create()], call: rename('lake'), reply: OK, shows: shown({ name: 'lake' }) },
  {
    row: 'an instance with a name',
    given: [create({ name: 'lake' })],
    call: rename('sea'),
    reply: OK,
    shows: shown({ name: 'sea' }),
  },
  {
    row: 'D-15 a name outside the pattern',
    given: [create()],
    call: rename('1 test-instance'),
    reply: OK,
    shows: shown({ name: '1 test-instance' }),
  },
  { row: 'two errors: no instance_id and no name', call: call('rename_instance', {}), reply: invalid('instance id not set') },
]);
