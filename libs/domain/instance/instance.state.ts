import type { Cluster, InstanceStatus, ObjectStore, RamUser, StorageVault } from './instance.events.js';

/** An instance as its events made it; also what a reader of the instance gets (secrets sealed). */
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
  /** Unix seconds of the last change; creation counts (contract meta-service, section 5.3). */
  readonly mtime: number;
}

export type InstanceState = { readonly kind: 'absent' } | { readonly kind: 'existing'; readonly instance: Instance };

export const absentInstance: InstanceState = { kind: 'absent' };
