import * as z from 'zod';

/** Schemas of the instance's events, per version. A schema that was ever written is never edited: it is revised. */

const seconds = z.int().nonnegative();
const sealed = z.string();
const at = { instanceId: z.string(), at: seconds };

const objectStoreV1 = z.strictObject({
  id: z.string(),
  ctime: seconds,
  mtime: seconds,
  ak: sealed,
  sk: sealed,
  bucket: z.string(),
  prefix: z.string().exactOptional(),
  endpoint: z.string(),
  externalEndpoint: z.string(),
  region: z.string(),
  provider: z.string().exactOptional(),
  userId: z.string().exactOptional(),
  usePathStyle: z.boolean().exactOptional(),
});

const hdfsVaultV1 = z.strictObject({
  fsName: z.string(),
  user: z.string().exactOptional(),
  kerberosPrincipal: z.string().exactOptional(),
  kerberosKeytab: sealed.exactOptional(),
  confs: z.array(z.strictObject({ key: z.string(), value: z.string() })).readonly(),
  prefix: z.string(),
});

const storageVaultV1 = z.strictObject({
  id: z.string(),
  name: z.string(),
  storage: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('hdfs'), hdfs: hdfsVaultV1 }),
    z.strictObject({ kind: z.literal('object'), objectStore: objectStoreV1 }),
  ]),
});

const clusterNodeV1 = z.strictObject({
  nodeId: z.int(),
  cloudUniqueId: z.string().exactOptional(),
  name: z.string().exactOptional(),
  ip: z.string().exactOptional(),
  host: z.string().exactOptional(),
  heartbeatPort: z.int().exactOptional(),
  editLogPort: z.int().exactOptional(),
  nodeType: z.enum(['UNKNOWN', 'FE_MASTER', 'FE_OBSERVER', 'FE_FOLLOWER']).exactOptional(),
  status: z.string().exactOptional(),
  ctime: seconds,
  mtime: seconds,
});

const clusterV1 = z.strictObject({
  clusterId: z.string(),
  clusterName: z.string(),
  type: z.enum(['SQL', 'COMPUTE', 'VIRTUAL']),
  status: z.enum(['UNKNOWN', 'NORMAL', 'SUSPENDED', 'TO_RESUME', 'MANUAL_SHUTDOWN']).exactOptional(),
  mysqlUserNames: z.array(z.string()).readonly(),
  ctime: seconds,
  mtime: seconds,
  nodes: z.array(clusterNodeV1).readonly(),
});

export const instanceCreatedV1 = z.strictObject({
  ...at,
  name: z.string().exactOptional(),
  userId: z.string().exactOptional(),
  sseEnabled: z.boolean(),
  enableStorageVault: z.boolean(),
  objectStore: objectStoreV1.exactOptional(),
  vault: storageVaultV1.exactOptional(),
  ramUser: z.strictObject({ userId: z.string(), ak: sealed, sk: sealed }).exactOptional(),
});

export const instanceDroppedV1 = z.strictObject({ ...at });

export const instanceStatusChangedV1 = z.strictObject({ ...at, status: z.enum(['NORMAL', 'OVERDUE']) });

export const instanceSseChangedV1 = z.strictObject({ ...at, sseEnabled: z.boolean() });

export const instanceRenamedV1 = z.strictObject({ ...at, name: z.string() });

export const clusterAddedV1 = z.strictObject({ ...at, cluster: clusterV1 });

export const clusterDroppedV1 = z.strictObject({ ...at, clusterId: z.string() });
