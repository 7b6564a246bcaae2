import type { Cluster, InstanceStatus, ObjectStore, RamUser, StorageVault } from './instance.events.js';

/** An instance as its events made it, secrets sealed (contract meta-service, section 2.4). */
export interface Instance {
  readonly instanceId: string;
  readonly name?: string;
  readonly userId?: string;
  readonly status: InstanceStatus;
  readonly sseEnabled: boolean;
  readonly enableStorageVault: boolean;
  readonly objectStores: readonly ObjectStore[];
  readonly vaults: readonly StorageVault[];
  readonly ramUser?: RamUser;
  readonly clusters: readonly Cluster[];
  /** Unix seconds of the creation or the last drop, status or sse change; nothing else moves it (section 5.3). */
  readonly mtime: number;
}

export type InstanceState = { readonly kind: 'absent' } | { readonly kind: 'existing'; readonly instance: Instance };

export const absentInstance: InstanceState = { kind: 'absent' };
