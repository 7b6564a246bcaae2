import type { Sealed } from './instance.events.js';

/**
 * The instance calls of the Meta Service (contract meta-service, section 5) as typed commands. A member that the
 * client did not send is absent; secrets arrive sealed (`''` stays `''`), so the decider sees presence, not content.
 * `at` is the time of the call in unix seconds.
 */

export interface ObjectStoreInput {
  readonly ak?: Sealed;
  readonly sk?: Sealed;
  readonly bucket?: string;
  readonly prefix?: string;
  readonly endpoint?: string;
  readonly externalEndpoint?: string;
  readonly region?: string;
  readonly provider?: string;
  readonly userId?: string;
  readonly usePathStyle?: boolean;
}

export interface HdfsVaultInput {
  readonly fsName?: string;
  readonly user?: string;
  readonly kerberosPrincipal?: string;
  readonly kerberosKeytab?: Sealed;
  readonly confs: readonly { readonly key: string; readonly value: Sealed }[];
  readonly prefix?: string;
}

/** With `hdfs` given, `objectStore` does not count (section 5.1 #4 to #6). */
export interface VaultInput {
  readonly hdfs?: HdfsVaultInput;
  readonly objectStore?: ObjectStoreInput;
}

export interface RamUserInput {
  readonly userId?: string;
  readonly ak?: Sealed;
  readonly sk?: Sealed;
}

export interface CreateInstance {
  readonly kind: 'CreateInstance';
  readonly instanceId?: string;
  readonly name?: string;
  readonly userId?: string;
  readonly sseEnabled?: boolean;
  readonly vault?: VaultInput;
  readonly objectStore?: ObjectStoreInput;
  readonly ramUser?: RamUserInput;
  /**
   * A GUID: an HDFS prefix gets `_` and this appended, so that no two instances share a directory. Absent when
   * that is switched off.
   */
  readonly hdfsPrefixSuffix?: string;
  readonly at: number;
}

export interface DropInstance {
  readonly kind: 'DropInstance';
  readonly instanceId?: string;
  readonly at: number;
}

export interface SetInstanceStatus {
  readonly kind: 'SetInstanceStatus';
  readonly instanceId?: string;
  /** The number of the wanted operation in the upstream enum (section 5.4); 0 when missing or unknown. */
  readonly op: number;
  readonly at: number;
}

export interface EnableInstanceSse {
  readonly kind: 'EnableInstanceSse';
  readonly instanceId?: string;
  readonly at: number;
}

export interface DisableInstanceSse {
  readonly kind: 'DisableInstanceSse';
  readonly instanceId?: string;
  readonly at: number;
}

export interface RenameInstance {
  readonly kind: 'RenameInstance';
  readonly instanceId?: string;
  readonly name?: string;
  readonly at: number;
}

export type InstanceCommand =
  | CreateInstance
  | DropInstance
  | SetInstanceStatus
  | EnableInstanceSse
  | DisableInstanceSse
  | RenameInstance;
