import type { Cluster, ClusterNode, ObjectStore, StorageVault } from '#domain/instance/instance.events.js';
import type { Instance } from '#domain/instance/instance.state.js';
import type { ClusterRow } from './cluster.entity.js';
import type { InstanceRow } from './instance.entity.js';
import type { NodeRow } from './node.entity.js';
import type { ObjectStoreRow } from './object-store.entity.js';
import type { VaultRow } from './vault.entity.js';

/** All rows of one instance, each list in its order of display. */
export interface InstanceRows {
  readonly instance: InstanceRow;
  readonly objectStores: readonly ObjectStoreRow[];
  readonly vaults: readonly VaultRow[];
  readonly clusters: readonly ClusterRow[];
  readonly nodes: readonly NodeRow[];
}

/** The way back from the projection's rows: equal to the fold of the instance's stream. */
export function instanceFromRows({ instance, objectStores, vaults, clusters, nodes }: InstanceRows): Instance {
  return {
    ...present(instance),
    objectStores: objectStores.map(objectStoreFromRow),
    vaults: vaults.map(vaultFromRow),
    clusters: clusters.map((cluster) => clusterFromRow(cluster, nodes)),
  };
}

function objectStoreFromRow({ instanceId: _, addedIn: __, ...store }: ObjectStoreRow): ObjectStore {
  return present(store);
}

function vaultFromRow({ id, name, storage }: VaultRow): StorageVault {
  return { id, name, storage };
}

function clusterFromRow({ instanceId: _, addedIn: __, ...cluster }: ClusterRow, nodes: readonly NodeRow[]): Cluster {
  const members = nodes.filter(({ clusterId }) => clusterId === cluster.clusterId);
  return { ...present(cluster), nodes: members.map(nodeFromRow) };
}

function nodeFromRow({ instanceId: _, clusterId: __, ...node }: NodeRow): ClusterNode {
  return present(node);
}

type Present<R> = { [K in keyof R as null extends R[K] ? never : K]: R[K] } & {
  [K in keyof R as null extends R[K] ? K : never]?: NonNullable<R[K]>;
};

/** What a client did not send is absent from an instance, and null in a row. */
function present<R extends object>(row: R): Present<R> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as Present<R>;
}
