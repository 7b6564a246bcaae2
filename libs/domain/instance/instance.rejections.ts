/**
 * Why a command on an instance was refused: a stable code, and the data that the contract's text needs
 * (contract meta-service, sections 5.1 to 5.5 and 15). One table of the wire layer gives each its status and text.
 */
export type InstanceRejection =
  /** 5.1 #1: a RAM user without user id, ak or sk. */
  | { readonly code: 'RAM_USER_INCOMPLETE' }
  /** 5.1 #2 and #6: an object store, or a vault without storage, that lacks what it must have (D-11). */
  | { readonly code: 'OBJECT_STORE_INCOMPLETE' }
  /** 5.1 #3, 5.2 #1, 5.4 #2, 5.5, 15: no instance id, or an empty one. */
  | { readonly code: 'INSTANCE_ID_MISSING' }
  /** 5.1 #3a, D-15. */
  | { readonly code: 'INSTANCE_ID_MALFORMED'; readonly instanceId: string }
  /** 5.1 #4: `prefix` as the client sent it. */
  | { readonly code: 'HDFS_PREFIX_INVALID'; readonly prefix: string }
  /** 5.1 #5: `fsName` as the client sent it, `''` when it was missing. */
  | { readonly code: 'HDFS_FS_NAME_INVALID'; readonly fsName: string }
  /** 5.1 #7, D-12: in any status, DELETED too. */
  | { readonly code: 'INSTANCE_ALREADY_EXISTS'; readonly instanceId: string }
  /** 4.3, calls on an absent instance id. */
  | { readonly code: 'INSTANCE_NOT_FOUND'; readonly instanceId: string }
  /** 5.2 #3. */
  | { readonly code: 'INSTANCE_HAS_CLUSTERS' }
  /** 5.4 #1 and #1a, D-17: `op` is the upstream enum number, 0 when missing or unknown. */
  | { readonly code: 'STATUS_OPERATION_INVALID'; readonly op: number }
  /** 5.4 #4: no status leads out of DELETED. */
  | { readonly code: 'INSTANCE_DELETED'; readonly instanceId: string; readonly wanted: 'NORMAL' | 'OVERDUE' }
  /** 5.4 #5. */
  | { readonly code: 'INSTANCE_ALREADY_OVERDUE'; readonly instanceId: string }
  /** 5.4 #6. */
  | { readonly code: 'INSTANCE_ALREADY_NORMAL'; readonly instanceId: string }
  /** 5.5. */
  | { readonly code: 'SSE_ALREADY_ENABLED' }
  /** 15, disable_instance_sse. */
  | { readonly code: 'SSE_ALREADY_DISABLED' }
  /** 15, rename_instance: no name, or an empty one; told only of an instance that exists. */
  | { readonly code: 'INSTANCE_NAME_MISSING' };
