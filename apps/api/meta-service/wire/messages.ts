import {
  bool,
  defineEnum,
  defineMessage,
  enumeration,
  int32,
  int64,
  message,
  repeated,
  required,
  secret,
  string,
  stringMap,
  type EnumName,
  type MessageOf,
} from './message-descriptor.js';

/** The shapes of contract section 2.4; field numbers are those of the protobuf messages behind the JSON. */

export const encryptionInfoMessage = defineMessage({
  encryption_method: string(1),
  key_id: int64(2),
});

export const ramUserMessage = defineMessage({
  user_id: string(1),
  ak: secret(2),
  sk: secret(3),
  external_id: string(4),
  encryption_info: message(6, encryptionInfoMessage),
});
export type RamUserMessage = MessageOf<typeof ramUserMessage>;

/** `UNKONWN` is spelled as clients know it. */
export const providerEnum = defineEnum({
  UNKONWN: -1,
  OSS: 0,
  S3: 1,
  COS: 2,
  OBS: 3,
  BOS: 4,
  GCP: 5,
  AZURE: 6,
  TOS: 7,
});
export type ProviderName = EnumName<typeof providerEnum>;

export const credProviderTypeEnum = defineEnum({ DEFAULT: 1, SIMPLE: 2, INSTANCE_PROFILE: 3 });

export const objectStoreInfoMessage = defineMessage({
  ctime: int64(1),
  mtime: int64(2),
  id: string(3),
  ak: secret(4),
  sk: secret(5),
  bucket: string(6),
  prefix: string(7),
  endpoint: string(8),
  region: string(9),
  provider: enumeration(10, providerEnum),
  external_endpoint: string(11),
  user_id: string(13),
  encryption_info: message(14, encryptionInfoMessage),
  sse_enabled: bool(15),
  use_path_style: bool(16),
  cred_provider_type: enumeration(17, credProviderTypeEnum),
  role_arn: string(18),
  external_id: string(19),
});
export type ObjectStoreInfoMessage = MessageOf<typeof objectStoreInfoMessage>;

/** Free-form settings of the HDFS client: a value can be a password. */
export const hdfsConfMessage = defineMessage({
  key: required(string(1)),
  value: required(secret(2)),
});

export const hdfsBuildConfMessage = defineMessage({
  fs_name: string(1),
  user: string(2),
  hdfs_kerberos_principal: string(3),
  hdfs_kerberos_keytab: secret(4),
  hdfs_confs: repeated(message(5, hdfsConfMessage)),
});

export const hdfsInfoMessage = defineMessage({
  build_conf: message(1, hdfsBuildConfMessage),
  prefix: string(2),
});
export type HdfsInfoMessage = MessageOf<typeof hdfsInfoMessage>;

export const pathFormatMessage = defineMessage({
  path_version: int64(1),
  shard_num: int64(2),
});

export const storageVaultMessage = defineMessage({
  id: string(1),
  name: string(2),
  hdfs_info: message(3, hdfsInfoMessage),
  obj_info: message(4, objectStoreInfoMessage),
  path_format: message(5, pathFormatMessage),
  alter_name: string(6),
});
export type StorageVaultMessage = MessageOf<typeof storageVaultMessage>;

export const stageTypeEnum = defineEnum({ INTERNAL: 0, EXTERNAL: 1 });
export const stageAccessTypeEnum = defineEnum({ UNKNOWN: 0, AKSK: 1, IAM: 2, BUCKET_ACL: 3 });

export const stageMessage = defineMessage({
  type: enumeration(1, stageTypeEnum),
  mysql_user_name: repeated(string(2)),
  name: string(3),
  obj_info: message(6, objectStoreInfoMessage),
  stage_id: string(7),
  properties: stringMap(8),
  mysql_user_id: repeated(string(9)),
  comment: string(10),
  create_time: int64(11),
  access_type: enumeration(12, stageAccessTypeEnum),
  role_name: string(13),
  arn: string(14),
  external_id: string(15),
});

export const nodeTypeEnum = defineEnum({ UNKNOWN: 0, FE_MASTER: 1, FE_OBSERVER: 2, FE_FOLLOWER: 3 });

export const nodeStatusEnum = defineEnum({
  NODE_STATUS_UNKNOWN: 0,
  NODE_STATUS_RUNNING: 1,
  NODE_STATUS_SHUTDOWN: 2,
  NODE_STATUS_DECOMMISSIONING: 3,
  NODE_STATUS_DECOMMISSIONED: 4,
});

export const nodeMessage = defineMessage({
  cloud_unique_id: string(1),
  name: string(2),
  ip: string(3),
  vpc_name: string(4),
  ctime: int64(5),
  mtime: int64(6),
  status: enumeration(7, nodeStatusEnum),
  heartbeat_port: int32(8),
  desc: string(9),
  edit_log_port: int32(10),
  node_type: enumeration(11, nodeTypeEnum),
  is_smooth_upgrade: bool(12),
  host: string(13),
  public_endpoint: string(14),
  private_endpoint: string(15),
});
export type NodeMessage = MessageOf<typeof nodeMessage>;

export const clusterTypeEnum = defineEnum({ SQL: 0, COMPUTE: 1, VIRTUAL: 2 });

/** `STOPPED` is what the clients' manual calls a suspended cluster; it is taken, never printed (D-08). */
export const clusterStatusEnum = defineEnum(
  { UNKNOWN: 0, NORMAL: 1, SUSPENDED: 2, TO_RESUME: 3, MANUAL_SHUTDOWN: 4 },
  { STOPPED: 'SUSPENDED' },
);

export const clusterPolicyTypeEnum = defineEnum({ ActiveStandby: 0 });

export const clusterPolicyMessage = defineMessage({
  type: enumeration(1, clusterPolicyTypeEnum),
  active_cluster_name: string(2),
  standby_cluster_names: repeated(string(3)),
  failover_failure_threshold: int64(4),
  unhealthy_node_threshold_percent: int64(5),
  cache_warmup_jobids: repeated(string(6)),
});

export const clusterMessage = defineMessage({
  cluster_id: string(1),
  cluster_name: string(2),
  type: enumeration(3, clusterTypeEnum),
  desc: string(4),
  nodes: repeated(message(5, nodeMessage)),
  mysql_user_name: repeated(string(6)),
  public_endpoint: string(7),
  private_endpoint: string(8),
  cluster_status: enumeration(9, clusterStatusEnum),
  ctime: int64(10),
  mtime: int64(11),
  cluster_names: repeated(string(12)),
  cluster_policy: message(13, clusterPolicyMessage),
  properties: stringMap(14),
});
export type ClusterMessage = MessageOf<typeof clusterMessage>;

export const instanceStatusEnum = defineEnum({ NORMAL: 0, DELETED: 1, OVERDUE: 2 });

export const instanceMessage = defineMessage({
  user_id: string(1),
  instance_id: string(2),
  name: string(3),
  lb_ip: repeated(string(4)),
  ctime: int64(5),
  mtime: int64(6),
  clusters: repeated(message(7, clusterMessage)),
  obj_info: repeated(message(8, objectStoreInfoMessage)),
  stages: repeated(message(9, stageMessage)),
  status: enumeration(10, instanceStatusEnum),
  ram_user: message(11, ramUserMessage),
  iam_user: message(12, ramUserMessage),
  sse_enabled: bool(13),
  resource_ids: repeated(string(100)),
  storage_vault_names: repeated(string(101)),
  default_storage_vault_id: string(102),
  default_storage_vault_name: string(103),
  enable_storage_vault: bool(104),
});
export type InstanceMessage = MessageOf<typeof instanceMessage>;
