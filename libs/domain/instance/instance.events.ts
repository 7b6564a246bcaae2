/**
 * What can happen to an instance (contract meta-service, sections 2.4, 4.3 and 5).
 * Times are unix seconds. A member that the client did not send is absent, not null; sent empty, it is `''`.
 */

/** A secret under its instance's data key (`libs/events/secrets`). The empty string seals to the empty string. */
export type Sealed = string;

export type InstanceStatus = 'NORMAL' | 'OVERDUE' | 'DELETED';

/** Section 2.4, ObjectStoreInfo. `sse_enabled` is not here: it is the instance's own for every entry (section 5.5). */
export interface ObjectStore {
  /** Decimal, unique among the object stores and vaults of the instance. */
  readonly id: string;
  readonly ctime: number;
  readonly mtime: number;
  readonly ak: Sealed;
  readonly sk: Sealed;
  readonly bucket: string;
  readonly prefix?: string;
  readonly endpoint: string;
  readonly externalEndpoint: string;
  readonly region: string;
  readonly provider?: string;
  readonly userId?: string;
  readonly usePathStyle?: boolean;
}

/** Section 2.4, StorageVault.hdfs_info. */
export interface HdfsVault {
  readonly fsName: string;
  readonly user?: string;
  readonly kerberosPrincipal?: string;
  readonly kerberosKeytab?: Sealed;
  readonly confs: readonly { readonly key: string; readonly value: Sealed }[];
  readonly prefix: string;
}

export type VaultStorage =
  | { readonly kind: 'hdfs'; readonly hdfs: HdfsVault }
  | { readonly kind: 'object'; readonly objectStore: ObjectStore };

export interface StorageVault {
  readonly id: string;
  readonly name: string;
  readonly storage: VaultStorage;
}

export interface RamUser {
  readonly userId: string;
  readonly ak: Sealed;
  readonly sk: Sealed;
}

export type ClusterType = 'SQL' | 'COMPUTE' | 'VIRTUAL';
export type ClusterStatus = 'UNKNOWN' | 'NORMAL' | 'SUSPENDED' | 'TO_RESUME' | 'MANUAL_SHUTDOWN';

/** Section 2.4, Node. Within a cluster a node is told apart by `nodeId`, given by the decider. */
export interface ClusterNode {
  readonly nodeId: number;
  readonly cloudUniqueId?: string;
  readonly name?: string;
  readonly ip?: string;
  readonly host?: string;
  readonly heartbeatPort?: number;
  readonly editLogPort?: number;
  readonly nodeType?: 'UNKNOWN' | 'FE_MASTER' | 'FE_OBSERVER' | 'FE_FOLLOWER';
  readonly status?: string;
  readonly ctime: number;
  readonly mtime: number;
}

/** Section 2.4, Cluster. */
export interface Cluster {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly type: ClusterType;
  readonly status?: ClusterStatus;
  readonly mysqlUserNames: readonly string[];
  readonly ctime: number;
  readonly mtime: number;
  readonly nodes: readonly ClusterNode[];
}

export interface InstanceCreated {
  readonly type: 'InstanceCreated';
  readonly data: {
    readonly instanceId: string;
    readonly name?: string;
    readonly userId?: string;
    readonly sseEnabled: boolean;
    readonly enableStorageVault: boolean;
    readonly objectStore?: ObjectStore;
    readonly vault?: StorageVault;
    readonly ramUser?: RamUser;
    readonly at: number;
  };
}

export interface InstanceDropped {
  readonly type: 'InstanceDropped';
  readonly data: { readonly instanceId: string; readonly at: number };
}

export interface InstanceStatusChanged {
  readonly type: 'InstanceStatusChanged';
  readonly data: { readonly instanceId: string; readonly status: 'NORMAL' | 'OVERDUE'; readonly at: number };
}

export interface InstanceSseChanged {
  readonly type: 'InstanceSseChanged';
  readonly data: { readonly instanceId: string; readonly sseEnabled: boolean; readonly at: number };
}

export interface InstanceRenamed {
  readonly type: 'InstanceRenamed';
  readonly data: { readonly instanceId: string; readonly name: string; readonly at: number };
}

export interface ClusterAdded {
  readonly type: 'ClusterAdded';
  readonly data: { readonly instanceId: string; readonly cluster: Cluster; readonly at: number };
}

export interface ClusterDropped {
  readonly type: 'ClusterDropped';
  readonly data: { readonly instanceId: string; readonly clusterId: string; readonly at: number };
}

export type InstanceEvent =
  | InstanceCreated
  | InstanceDropped
  | InstanceStatusChanged
  | InstanceSseChanged
  | InstanceRenamed
  | ClusterAdded
  | ClusterDropped;
