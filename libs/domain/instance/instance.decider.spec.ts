import { describe, expect, it } from 'vitest';
import { accepted, type Decision } from '../decider.js';
import { given } from '../decider.testing.js';
import type { InstanceCommand } from './instance.commands.js';
import { instanceDecider, type InstanceAggregate } from './instance.decider.js';
import type { InstanceEvent } from './instance.events.js';
import {
  cluster,
  clusterAdded,
  clusterDropped,
  createInstance,
  instanceCreated,
  instanceDropped,
  rejected,
  statusChanged,
} from './instance.testing.js';

const SET_OVERDUE = 6;
const SET_NORMAL = 7;

const drop: InstanceCommand = { kind: 'DropInstance', instanceId: 'prod', at: 200 };
const setOverdue: InstanceCommand = { kind: 'SetInstanceStatus', instanceId: 'prod', op: SET_OVERDUE, at: 200 };
const setNormal: InstanceCommand = { kind: 'SetInstanceStatus', instanceId: 'prod', op: SET_NORMAL, at: 200 };
const enableSse: InstanceCommand = { kind: 'EnableInstanceSse', instanceId: 'prod', at: 200 };
const disableSse: InstanceCommand = { kind: 'DisableInstanceSse', instanceId: 'prod', at: 200 };
const rename: InstanceCommand = { kind: 'RenameInstance', instanceId: 'prod', name: 'lake', at: 200 };

const sseChanged = (sseEnabled: boolean, at = 200): InstanceEvent => ({
  type: 'InstanceSseChanged',
  data: { instanceId: 'prod', sseEnabled, at },
});
const renamed: InstanceEvent = { type: 'InstanceRenamed', data: { instanceId: 'prod', name: 'lake', at: 200 } };

const commandsOnOne: [string, InstanceCommand][] = [
  ['drop_instance', drop],
  ['set_instance_status SET_OVERDUE', setOverdue],
  ['set_instance_status SET_NORMAL', setNormal],
  ['enable_instance_sse', enableSse],
  ['disable_instance_sse', disableSse],
  ['rename_instance', rename],
];

function withoutId(command: InstanceCommand): InstanceCommand {
  const { instanceId: _, ...rest } = command;
  return rest;
}

describe('every call on one instance', () => {
  it.each(commandsOnOne)('%s refuses a missing or empty instance id', (_, command) => {
    expect(given(instanceDecider).when(withoutId(command))).toEqual(rejected({ code: 'INSTANCE_ID_MISSING' }));
    expect(given(instanceDecider).when({ ...command, instanceId: '' })).toEqual(
      rejected({ code: 'INSTANCE_ID_MISSING' }),
    );
  });

  it.each(commandsOnOne)('%s refuses an absent instance, and names it (section 4.3)', (_, command) => {
    expect(given(instanceDecider).when(command)).toEqual(rejected({ code: 'INSTANCE_NOT_FOUND', instanceId: 'prod' }));
  });
});

describe('drop_instance (section 5.2)', () => {
  it.each(['SQL', 'COMPUTE', 'VIRTUAL'] as const)(
    '#3 refuses while there is a %s cluster, even without nodes',
    (type) => {
      const history = [instanceCreated(), clusterAdded(cluster('c1', type))];
      expect(given(instanceDecider, ...history).when(drop)).toEqual(rejected({ code: 'INSTANCE_HAS_CLUSTERS' }));
    },
  );

  it('#3 refuses while one of two clusters is left', () => {
    const history = [instanceCreated(), clusterAdded(cluster('c1')), clusterAdded(cluster('c2')), clusterDropped('c1')];
    expect(given(instanceDecider, ...history).when(drop)).toEqual(rejected({ code: 'INSTANCE_HAS_CLUSTERS' }));
  });

  it('drops once the last cluster is gone', () => {
    const history = [instanceCreated(), clusterAdded(cluster('c1')), clusterDropped('c1')];
    expect(given(instanceDecider, ...history).when(drop)).toEqual(accepted([instanceDropped(200)]));
  });

  it.each([
    ['NORMAL', []],
    ['OVERDUE', [statusChanged('OVERDUE')]],
  ])('drops an instance that is %s', (_, later) => {
    expect(given(instanceDecider, instanceCreated(), ...later).when(drop)).toEqual(accepted([instanceDropped(200)]));
  });

  it('leaves a record that is DELETED, and moves its mtime', () => {
    const before = given(instanceDecider, instanceCreated({ name: 'lake' })).state;
    const after = given(instanceDecider, instanceCreated({ name: 'lake' }), instanceDropped(200)).state;
    expect(after).toEqual(
      before.kind === 'existing' && {
        kind: 'existing',
        instance: { ...before.instance, status: 'DELETED', mtime: 200 },
      },
    );
  });
});

describe('set_instance_status (section 5.4)', () => {
  it.each([0, 1, 2, 3, 4, 5, 8, -1])('#1 refuses operation %i, before it looks for the instance id (D-17)', (op) => {
    const command: InstanceCommand = { kind: 'SetInstanceStatus', op, at: 200 };
    expect(given(instanceDecider).when(command)).toEqual(rejected({ code: 'STATUS_OPERATION_INVALID', op }));
  });

  it.each([
    [setOverdue, 'OVERDUE'],
    [setNormal, 'NORMAL'],
  ] as const)('#4 refuses on a deleted instance: %o', (command, wanted) => {
    expect(given(instanceDecider, instanceCreated(), instanceDropped()).when(command)).toEqual(
      rejected({ code: 'INSTANCE_DELETED', instanceId: 'prod', wanted }),
    );
  });

  it('#5 refuses to set an OVERDUE instance to OVERDUE', () => {
    expect(given(instanceDecider, instanceCreated(), statusChanged('OVERDUE')).when(setOverdue)).toEqual(
      rejected({ code: 'INSTANCE_ALREADY_OVERDUE', instanceId: 'prod' }),
    );
  });

  it.each([
    ['new', []],
    ['set back', [statusChanged('OVERDUE'), statusChanged('NORMAL')]],
  ])('#6 refuses to set a NORMAL instance to NORMAL: %s', (_, later) => {
    expect(given(instanceDecider, instanceCreated(), ...later).when(setNormal)).toEqual(
      rejected({ code: 'INSTANCE_ALREADY_NORMAL', instanceId: 'prod' }),
    );
  });

  it('sets NORMAL to OVERDUE and back', () => {
    expect(given(instanceDecider, instanceCreated()).when(setOverdue)).toEqual(
      accepted([statusChanged('OVERDUE', 200)]),
    );
    expect(given(instanceDecider, instanceCreated(), statusChanged('OVERDUE')).when(setNormal)).toEqual(
      accepted([statusChanged('NORMAL', 200)]),
    );
  });

  it('moves status and mtime', () => {
    expect(given(instanceDecider, instanceCreated(), statusChanged('OVERDUE', 200)).state).toMatchObject({
      instance: { status: 'OVERDUE', mtime: 200 },
    });
  });
});

describe('enable_instance_sse (section 5.5) and disable_instance_sse (section 15)', () => {
  it('refuse what is already so', () => {
    expect(given(instanceDecider, instanceCreated({ sseEnabled: true })).when(enableSse)).toEqual(
      rejected({ code: 'SSE_ALREADY_ENABLED' }),
    );
    expect(given(instanceDecider, instanceCreated()).when(disableSse)).toEqual(
      rejected({ code: 'SSE_ALREADY_DISABLED' }),
    );
  });

  it('turn it on and off', () => {
    expect(given(instanceDecider, instanceCreated()).when(enableSse)).toEqual(accepted([sseChanged(true)]));
    expect(given(instanceDecider, instanceCreated(), sseChanged(true)).when(disableSse)).toEqual(
      accepted([sseChanged(false)]),
    );
  });

  it('move flag and mtime', () => {
    expect(given(instanceDecider, instanceCreated(), sseChanged(true)).state).toMatchObject({
      instance: { sseEnabled: true, mtime: 200 },
    });
  });
});

describe('rename_instance (section 15)', () => {
  it.each([{}, { name: '' }])('refuses %o as name, of an instance that exists', (members) => {
    const command: InstanceCommand = { kind: 'RenameInstance', instanceId: 'prod', at: 200, ...members };
    expect(given(instanceDecider, instanceCreated()).when(command)).toEqual(
      rejected({ code: 'INSTANCE_NAME_MISSING' }),
    );
    expect(given(instanceDecider).when(command)).toEqual(rejected({ code: 'INSTANCE_NOT_FOUND', instanceId: 'prod' }));
  });

  it('gives the name, and leaves mtime alone (section 5.3)', () => {
    expect(given(instanceDecider, instanceCreated()).when(rename)).toEqual(accepted([renamed]));
    expect(given(instanceDecider, instanceCreated(), renamed).state).toMatchObject({
      instance: { name: 'lake', mtime: 100 },
    });
  });

  it('accepts the name that it already has, and nothing happens', () => {
    expect(given(instanceDecider, instanceCreated(), renamed).when(rename)).toEqual(accepted([]));
  });
});

describe('calls on a deleted instance (section 4.3)', () => {
  const tombstone = [instanceCreated(), instanceDropped(180)];

  it.each<[string, InstanceCommand, Decision<InstanceAggregate>]>([
    [
      'create_instance: already exists',
      createInstance(),
      rejected({ code: 'INSTANCE_ALREADY_EXISTS', instanceId: 'prod' }),
    ],
    ['drop_instance: dropped again, at the new time', drop, accepted([instanceDropped(200)])],
    [
      'set_instance_status: refused',
      setOverdue,
      rejected({ code: 'INSTANCE_DELETED', instanceId: 'prod', wanted: 'OVERDUE' }),
    ],
    ['enable_instance_sse: done', enableSse, accepted([sseChanged(true)])],
    ['rename_instance: done', rename, accepted([renamed])],
  ])('%s', (_, command, decision) => {
    expect(given(instanceDecider, ...tombstone).when(command)).toEqual(decision);
  });

  it('whatever is done to it, it stays DELETED', () => {
    expect(given(instanceDecider, ...tombstone, instanceDropped(200), sseChanged(true), renamed).state).toMatchObject({
      instance: { status: 'DELETED' },
    });
  });
});

describe('the same command again (section 4.5)', () => {
  it.each<[string, InstanceCommand, Decision<InstanceAggregate>]>([
    [
      'create_instance: already exists',
      createInstance(),
      rejected({ code: 'INSTANCE_ALREADY_EXISTS', instanceId: 'prod' }),
    ],
    ['drop_instance: dropped again', drop, accepted([instanceDropped(200)])],
    ['set_instance_status: already so', setOverdue, rejected({ code: 'INSTANCE_ALREADY_OVERDUE', instanceId: 'prod' })],
    ['enable_instance_sse: already on', enableSse, rejected({ code: 'SSE_ALREADY_ENABLED' })],
  ])('%s', (_, command, decision) => {
    const history = command.kind === 'CreateInstance' ? [] : [instanceCreated()];
    const first = given(instanceDecider, ...history).when(command);
    expect(first.kind).toBe('accepted');
    const events = first.kind === 'accepted' ? first.events : [];
    expect(given(instanceDecider, ...history, ...events).when(command)).toEqual(decision);
  });
});
