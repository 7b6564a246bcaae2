import fc from 'fast-check';
import { evolve } from '#domain/decider.js';
import { instanceDecider } from '#domain/instance/instance.decider.js';
import type { Cluster, InstanceCreated, InstanceEvent, ObjectStore } from '#domain/instance/instance.events.js';
import type { Instance, InstanceState } from '#domain/instance/instance.state.js';

/** Histories of a few instances as the ledger could hold them: each begins with its creation, ids are told apart. */

const INSTANCE_IDS = ['prod', 'test', 'dev-1'];
const CLUSTER_IDS = ['c1', 'c2'];

/** With everything that text columns and array literals could stumble over. */
const text = fc.oneof(
  fc.constantFrom('', 'a', 'NULL', '{}', '{"a"}', 'a\\"b', "it's", 'a,b', '\0', '\uffff0', 'é漢😀', ' \n\t'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const seconds = fc.integer({ min: 1_700_000_000, max: 4_000_000_000 });
const optional = { noNullPrototype: true } as const;

const objectStore: fc.Arbitrary<ObjectStore> = fc.record(
  {
    id: fc.constant('1'), ctime: seconds, mtime: seconds, ak: text, sk: text, bucket: text, endpoint: text,
    externalEndpoint: text, region: text, prefix: text, provider: text, userId: text, usePathStyle: fc.boolean(),
  },
  {
    ...optional,
    requiredKeys: ['id', 'ctime', 'mtime', 'ak', 'sk', 'bucket', 'endpoint', 'externalEndpoint', 'region'],
  },
);

const vault = fc.record({
  id: fc.constant('2'),
  name: text,
  storage: fc.oneof(
    fc.record({ kind: fc.constant('object' as const), objectStore }, optional),
    fc.record({
      kind: fc.constant('hdfs' as const),
      hdfs: fc.record({
        fsName: text, user: text, prefix: text,
        confs: fc.array(fc.record({ key: text, value: text }, optional), { maxLength: 2 }),
      }, optional),
    }, optional),
  ),
}, optional);

const created: fc.Arbitrary<Omit<InstanceCreated['data'], 'instanceId'>> = fc.record(
  {
    name: text, userId: text, sseEnabled: fc.boolean(), enableStorageVault: fc.boolean(), objectStore, vault,
    ramUser: fc.record({ userId: text, ak: text, sk: text }, optional), at: seconds,
  },
  { ...optional, requiredKeys: ['sseEnabled', 'enableStorageVault', 'at'] },
);

const node = fc.record(
  {
    cloudUniqueId: text, name: text, ip: text, host: text, status: text, ctime: seconds, mtime: seconds,
    heartbeatPort: fc.integer({ min: 0, max: 65_535 }), editLogPort: fc.integer({ min: 0, max: 65_535 }),
    nodeType: fc.constantFrom('FE_MASTER' as const, 'UNKNOWN' as const),
  },
  { ...optional, requiredKeys: ['ctime', 'mtime'] },
);

const cluster: fc.Arbitrary<Omit<Cluster, 'clusterId'>> = fc.record(
  {
    clusterName: text, type: fc.constantFrom('SQL' as const, 'COMPUTE' as const),
    status: fc.constantFrom('NORMAL' as const, 'SUSPENDED' as const), mysqlUserNames: fc.array(text, { maxLength: 3 }),
    ctime: seconds, mtime: seconds,
    nodes: fc.array(node, { maxLength: 3 }).map((nodes) => nodes.map((each, i) => ({ nodeId: i + 1, ...each }))),
  },
  { ...optional, requiredKeys: ['clusterName', 'type', 'mysqlUserNames', 'ctime', 'mtime', 'nodes'] },
);

type Step = (instanceId: string, instance: Instance) => InstanceEvent | undefined;

const step: fc.Arbitrary<Step> = fc.oneof(
  seconds.map((at): Step => (instanceId) => ({ type: 'InstanceDropped', data: { instanceId, at } })),
  fc.tuple(fc.constantFrom('NORMAL' as const, 'OVERDUE' as const), seconds).map(
    ([status, at]): Step => (instanceId) => ({ type: 'InstanceStatusChanged', data: { instanceId, status, at } }),
  ),
  fc.tuple(fc.boolean(), seconds).map(
    ([sseEnabled, at]): Step => (instanceId) => ({ type: 'InstanceSseChanged', data: { instanceId, sseEnabled, at } }),
  ),
  fc.tuple(text, seconds).map(
    ([name, at]): Step => (instanceId) => ({ type: 'InstanceRenamed', data: { instanceId, name, at } }),
  ),
  // Adds the cluster, or drops it when it is there: both follow each other often, also within a batch.
  fc.tuple(fc.constantFrom(...CLUSTER_IDS), cluster, seconds).map(
    ([clusterId, rest, at]): Step => (instanceId, { clusters }) =>
      clusters.some((each) => each.clusterId === clusterId)
        ? { type: 'ClusterDropped', data: { instanceId, clusterId, at } }
        : { type: 'ClusterAdded', data: { instanceId, cluster: { clusterId, ...rest }, at } },
  ),
);

export interface InstanceHistory {
  /** In the order of the log, streams interleaved. */
  readonly events: readonly InstanceEvent[];
  /** The fold of each stream. */
  readonly states: ReadonlyMap<string, InstanceState>;
}

export const instanceHistory: fc.Arbitrary<InstanceHistory> = fc
  .array(fc.tuple(fc.constantFrom(...INSTANCE_IDS), created, step), { maxLength: 40 })
  .map((moves) => {
    const states = new Map<string, InstanceState>();
    const events: InstanceEvent[] = [];
    for (const [instanceId, creation, move] of moves) {
      const state = states.get(instanceId) ?? instanceDecider.initial;
      const event: InstanceEvent | undefined =
        state.kind === 'absent'
          ? { type: 'InstanceCreated', data: { instanceId, ...creation } }
          : move(instanceId, state.instance);
      if (event === undefined) continue;
      events.push(event);
      states.set(instanceId, evolve(instanceDecider, state, event));
    }
    return { events, states };
  });
