import { rejected as rejectedDecision, type Decision } from '../decider.js';
import type { CreateInstance, HdfsVaultInput, ObjectStoreInput, RamUserInput } from './instance.commands.js';
import type { InstanceAggregate } from './instance.decider.js';
import type {
  Cluster,
  ClusterAdded,
  ClusterDropped,
  InstanceCreated,
  InstanceDropped,
  InstanceStatusChanged,
} from './instance.events.js';
import type { InstanceRejection } from './instance.rejections.js';

export const rejected = (rejection: InstanceRejection): Decision<InstanceAggregate> => rejectedDecision(rejection);

/** The sample requests of contract meta-service, section 5, and the events they lead to. */

export const objectStoreInput = {
  ak: 'sealed-ak',
  sk: 'sealed-sk',
  bucket: 'warehouse',
  endpoint: 'cos.example.com',
  externalEndpoint: 'public.cos.example.com',
  region: 'ap-north',
  provider: 'COS',
} satisfies ObjectStoreInput;

export const hdfsInput = {
  fsName: 'hdfs://namenode:8020',
  confs: [{ key: 'dfs.replication', value: '2' }],
  prefix: 'lake',
} satisfies HdfsVaultInput;

export const ramUserInput = { userId: 'ram', ak: 'sealed-ram-ak', sk: 'sealed-ram-sk' } satisfies RamUserInput;

export const createInstance = (members: Partial<CreateInstance> = {}): CreateInstance => ({
  kind: 'CreateInstance',
  instanceId: 'prod',
  at: 100,
  ...members,
});

export const instanceCreated = (members: Partial<InstanceCreated['data']> = {}): InstanceCreated => ({
  type: 'InstanceCreated',
  data: { instanceId: 'prod', sseEnabled: false, enableStorageVault: true, at: 100, ...members },
});

export const statusChanged = (status: 'NORMAL' | 'OVERDUE', at = 150): InstanceStatusChanged => ({
  type: 'InstanceStatusChanged',
  data: { instanceId: 'prod', status, at },
});

export const instanceDropped = (at = 180): InstanceDropped => ({
  type: 'InstanceDropped',
  data: { instanceId: 'prod', at },
});

export const cluster = (clusterId: string, type: Cluster['type'] = 'COMPUTE'): Cluster => ({
  clusterId,
  clusterName: `name_of_${clusterId}`,
  type,
  mysqlUserNames: [],
  ctime: 120,
  mtime: 120,
  nodes: [],
});

export const clusterAdded = (added: Cluster): ClusterAdded => ({
  type: 'ClusterAdded',
  data: { instanceId: 'prod', cluster: added, at: 120 },
});

export const clusterDropped = (clusterId: string): ClusterDropped => ({
  type: 'ClusterDropped',
  data: { instanceId: 'prod', clusterId, at: 130 },
});
