import { accepted, rejected, type Decide, type Decider, type Decision, type Evolve } from '../decider.js';
import type { InstanceCommand } from './instance.commands.js';
import { checkCreation } from './instance.creation.js';
import type { Cluster, InstanceCreated, InstanceEvent } from './instance.events.js';
import type { InstanceRejection } from './instance.rejections.js';
import { absentInstance, type Instance, type InstanceState } from './instance.state.js';

/**
 * The instance: its storage, status, sse flag, name and clusters. Its stream is `instance/<instance_id>`.
 * Source: contract meta-service, sections 4.3, 5 and 15; checks stand in the order of its tables.
 */
export interface InstanceAggregate {
  readonly state: InstanceState;
  readonly command: InstanceCommand;
  readonly event: InstanceEvent;
  readonly rejection: InstanceRejection;
}

const evolve: Evolve<InstanceAggregate> = {
  InstanceCreated: (_, { data }) => ({ kind: 'existing', instance: newInstance(data) }),

  InstanceDropped: (state, { data }) => changed(state, { status: 'DELETED', mtime: data.at }),

  InstanceStatusChanged: (state, { data }) => changed(state, { status: data.status, mtime: data.at }),

  InstanceSseChanged: (state, { data }) => changed(state, { sseEnabled: data.sseEnabled, mtime: data.at }),

  InstanceRenamed: (state, { data }) => changed(state, { name: data.name }),

  ClusterAdded: (state, { data }) => withClusters(state, (clusters) => [...clusters, data.cluster]),

  ClusterDropped: (state, { data }) =>
    withClusters(state, (clusters) => clusters.filter((cluster) => cluster.clusterId !== data.clusterId)),
};

const decide: Decide<InstanceAggregate> = {
  /** Section 5.1. */
  CreateInstance: (command, state) => {
    const checked = checkCreation(command);
    if (checked.kind === 'invalid') return rejected(checked.rejection);
    const { instanceId } = checked.value;
    if (state.kind === 'existing') return rejected({ code: 'INSTANCE_ALREADY_EXISTS', instanceId });
    return accepted([{ type: 'InstanceCreated', data: checked.value }]);
  },

  /** Section 5.2. A deleted instance may be dropped again, which refreshes its mtime (section 4.3). */
  DropInstance: (command, state) =>
    onExisting(command, state, ({ instanceId, clusters }) => {
      if (clusters.length > 0) return rejected({ code: 'INSTANCE_HAS_CLUSTERS' });
      return accepted([{ type: 'InstanceDropped', data: { instanceId, at: command.at } }]);
    }),

  /** Section 5.4: the operation is checked before the instance id; no status leads out of DELETED. */
  SetInstanceStatus: (command, state) => {
    const wanted = statusByOperation.get(command.op);
    if (wanted === undefined) return rejected({ code: 'STATUS_OPERATION_INVALID', op: command.op });
    return onExisting(command, state, ({ instanceId, status }) => {
      if (status === 'DELETED') return rejected({ code: 'INSTANCE_DELETED', instanceId, wanted });
      if (status === wanted) return rejected({ code: alreadyIn[wanted], instanceId });
      return accepted([{ type: 'InstanceStatusChanged', data: { instanceId, status: wanted, at: command.at } }]);
    });
  },

  /** Section 5.5; allowed on a deleted instance (section 4.3). */
  EnableInstanceSse: (command, state) =>
    onExisting(command, state, ({ instanceId, sseEnabled }) => {
      if (sseEnabled) return rejected({ code: 'SSE_ALREADY_ENABLED' });
      return accepted([{ type: 'InstanceSseChanged', data: { instanceId, sseEnabled: true, at: command.at } }]);
    }),

  /** Section 15. */
  DisableInstanceSse: (command, state) =>
    onExisting(command, state, ({ instanceId, sseEnabled }) => {
      if (!sseEnabled) return rejected({ code: 'SSE_ALREADY_DISABLED' });
      return accepted([{ type: 'InstanceSseChanged', data: { instanceId, sseEnabled: false, at: command.at } }]);
    }),

  /** Section 15; allowed on a deleted instance (section 4.3). A name it already has changes nothing. */
  RenameInstance: (command, state) =>
    onExisting(command, state, ({ instanceId, name }) => {
      if (!command.name) return rejected({ code: 'INSTANCE_NAME_MISSING' });
      if (command.name === name) return accepted([]);
      return accepted([{ type: 'InstanceRenamed', data: { instanceId, name: command.name, at: command.at } }]);
    }),
};

export const instanceDecider: Decider<InstanceAggregate> = { initial: absentInstance, evolve, decide };

/** Members of the upstream enum that set a status; every other one is refused (section 5.4, D-17). */
const statusByOperation: ReadonlyMap<number, 'NORMAL' | 'OVERDUE'> = new Map([
  [6, 'OVERDUE'],
  [7, 'NORMAL'],
]);

const alreadyIn = { NORMAL: 'INSTANCE_ALREADY_NORMAL', OVERDUE: 'INSTANCE_ALREADY_OVERDUE' } as const;

function newInstance({ at, objectStore, vault, ...created }: InstanceCreated['data']): Instance {
  return {
    ...created,
    status: 'NORMAL',
    objectStores: objectStore === undefined ? [] : [objectStore],
    vaults: vault === undefined ? [] : [vault],
    clusters: [],
    mtime: at,
  };
}

/** An event of an instance that was never created changes nothing: a fold does not fail. */
function changed(state: InstanceState, changes: Partial<Instance>): InstanceState {
  return state.kind === 'absent' ? state : { kind: 'existing', instance: { ...state.instance, ...changes } };
}

function withClusters(
  state: InstanceState,
  change: (clusters: readonly Cluster[]) => readonly Cluster[],
): InstanceState {
  return state.kind === 'absent' ? state : changed(state, { clusters: change(state.instance.clusters) });
}

/** The checks that every call on one instance begins with: an id is given, and it names an instance. */
function onExisting(
  command: { readonly instanceId?: string },
  state: InstanceState,
  decideOn: (instance: Instance) => Decision<InstanceAggregate>,
): Decision<InstanceAggregate> {
  if (!command.instanceId) return rejected({ code: 'INSTANCE_ID_MISSING' });
  if (state.kind === 'absent') return rejected({ code: 'INSTANCE_NOT_FOUND', instanceId: command.instanceId });
  return decideOn(state.instance);
}
