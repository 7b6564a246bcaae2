import type { Cluster, InstanceCreated, InstanceEvent } from '#domain/instance/instance.events.js';
import { decodeEvent } from '#events/catalogue/event-codec.js';
import type { Projection } from '../projection.js';
import { rowsOf, type RowMutation } from '../row-mutation.js';
import { ClusterRow } from './cluster.entity.js';
import { InstanceRow } from './instance.entity.js';
import { NodeRow } from './node.entity.js';
import { ObjectStoreRow } from './object-store.entity.js';
import { VaultRow } from './vault.entity.js';

/** Name and version of the projection: the schema of its tables and the name of its checkpoints. */
export const INSTANCES_PROJECTION = 'instances_v1';

/** Every table of the read model; `instances` first, because rebuild-instances.ts locks them in this order. */
export const INSTANCE_ENTITIES = [InstanceRow, ObjectStoreRow, VaultRow, ClusterRow, NodeRow] as const;

const instances = rowsOf(InstanceRow);
const objectStores = rowsOf(ObjectStoreRow);
const vaults = rowsOf(VaultRow);
const clusters = rowsOf(ClusterRow);
const nodes = rowsOf(NodeRow);

/** One entry per event type, so that the compiler counts them. `version` is the event's number in its stream. */
type Project = {
  readonly [T in InstanceEvent['type']]: (
    data: Extract<InstanceEvent, { readonly type: T }>['data'],
    version: number,
  ) => readonly RowMutation[];
};

const project: Project = {
  InstanceCreated: (data, version) => [
    insertInstance(data),
    ...insertObjectStore(data, version),
    ...insertVault(data, version),
  ],

  /** A tombstone: the record stays readable (contract meta-service, section 4.3). */
  InstanceDropped: ({ instanceId, at }) => [instances.update({ instanceId }, { status: 'DELETED', mtime: at })],

  InstanceStatusChanged: ({ instanceId, status, at }) => [instances.update({ instanceId }, { status, mtime: at })],

  InstanceSseChanged: ({ instanceId, sseEnabled, at }) => [
    instances.update({ instanceId }, { sseEnabled, mtime: at }),
  ],

  InstanceRenamed: ({ instanceId, name }) => [instances.update({ instanceId }, { name })],

  ClusterAdded: ({ instanceId, cluster }, version) => insertCluster(instanceId, cluster, version),

  ClusterDropped: ({ instanceId, clusterId }) => [
    clusters.delete({ instanceId, clusterId }),
    nodes.delete({ instanceId, clusterId }),
  ],
};

export const instancesProjection: Projection = {
  log: 'instances',
  project: (recorded) => projectInstanceEvent(decodeEvent(recorded), recorded.version),
};

export function projectInstanceEvent(event: InstanceEvent, version: number): readonly RowMutation[] {
  const apply = project[event.type] as (data: InstanceEvent['data'], version: number) => readonly RowMutation[];
  return apply(event.data, version);
}

function insertInstance(data: InstanceCreated['data']): RowMutation {
  return instances.insert({
    instanceId: data.instanceId,
    name: data.name ?? null,
    userId: data.userId ?? null,
    status: 'NORMAL',
    sseEnabled: data.sseEnabled,
    enableStorageVault: data.enableStorageVault,
    ramUser: data.ramUser ?? null,
    mtime: data.at,
  });
}

function insertObjectStore({ instanceId, objectStore }: InstanceCreated['data'], version: number): RowMutation[] {
  if (objectStore === undefined) return [];
  return [
    objectStores.insert({
      instanceId,
      addedIn: version,
      ...objectStore,
      prefix: objectStore.prefix ?? null,
      provider: objectStore.provider ?? null,
      userId: objectStore.userId ?? null,
      usePathStyle: objectStore.usePathStyle ?? null,
    }),
  ];
}

function insertVault({ instanceId, vault }: InstanceCreated['data'], version: number): RowMutation[] {
  return vault === undefined ? [] : [vaults.insert({ instanceId, addedIn: version, ...vault })];
}

function insertCluster(instanceId: string, { nodes: members, ...cluster }: Cluster, version: number): RowMutation[] {
  const { clusterId } = cluster;
  return [
    clusters.insert({ instanceId, addedIn: version, ...cluster, status: cluster.status ?? null }),
    ...members.map((node) =>
      nodes.insert({
        instanceId,
        clusterId,
        ...node,
        cloudUniqueId: node.cloudUniqueId ?? null,
        name: node.name ?? null,
        ip: node.ip ?? null,
        host: node.host ?? null,
        heartbeatPort: node.heartbeatPort ?? null,
        editLogPort: node.editLogPort ?? null,
        nodeType: node.nodeType ?? null,
        status: node.status ?? null,
      }),
    ),
  ];
}
