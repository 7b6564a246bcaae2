import * as fc from 'fast-check';
import { decide, evolve } from '../decider.js';
import type { HdfsVaultInput, InstanceCommand, ObjectStoreInput } from './instance.commands.js';
import { instanceDecider } from './instance.decider.js';
import type { InstanceEvent } from './instance.events.js';
import type { InstanceState } from './instance.state.js';
import {
  cluster,
  clusterAdded,
  clusterDropped,
  hdfsInput,
  objectStoreInput,
  ramUserInput,
} from './instance.testing.js';

/** Values that meet each other often, and the awkward ones: empty, malformed, in need of trimming. */
const instanceId = fc.oneof({ weight: 8, arbitrary: fc.constant('prod') }, fc.constantFrom('a b', ''));
const text = fc.oneof(fc.constantFrom('', 'lake', '/lake/', 'hdfs://n:1/', '///', '://'), fc.string());
const sealed = fc.constantFrom('', 's1.key.AAAA', 's1.key.BBBB');
const at = fc.integer({ min: 0, max: 2 ** 33 });
const operation = fc.oneof(fc.constantFrom(6, 7), fc.integer({ min: -1, max: 9 }));

const anyObjectStore: fc.Arbitrary<ObjectStoreInput> = fc.record(
  {
    ak: sealed,
    sk: sealed,
    bucket: text,
    prefix: text,
    endpoint: text,
    externalEndpoint: text,
    region: text,
    provider: fc.constantFrom('S3', 'COS', 'AZURE'),
    userId: text,
    usePathStyle: fc.boolean(),
  },
  { requiredKeys: [] },
);
const anyHdfs: fc.Arbitrary<HdfsVaultInput> = fc.record(
  {
    fsName: text,
    user: text,
    kerberosPrincipal: text,
    kerberosKeytab: sealed,
    confs: fc.array(fc.record({ key: text, value: text }), { maxLength: 2 }),
    prefix: text,
  },
  { requiredKeys: ['confs'] },
);
const anyRamUser = fc.record({ userId: text, ak: sealed, sk: sealed }, { requiredKeys: [] });

/** Acceptable wherever the id is free: without these most histories would be empty. */
const wholeHdfs = fc.tuple(anyHdfs, fc.constantFrom('lake', '/lake/', '')).map(([given, prefix]) => ({
  ...given,
  ...hdfsInput,
  prefix,
}));
const wholeObjectStore = anyObjectStore.map((given) => ({ ...given, ...objectStoreInput }));
const acceptableCreation: fc.Arbitrary<InstanceCommand> = fc.record(
  {
    kind: fc.constant('CreateInstance' as const),
    instanceId: fc.constant('prod'),
    name: text,
    userId: text,
    sseEnabled: fc.boolean(),
    vault: fc.oneof(fc.record({ hdfs: wholeHdfs }), fc.record({ objectStore: wholeObjectStore })),
    objectStore: wholeObjectStore,
    ramUser: fc.constant(ramUserInput),
    hdfsPrefixSuffix: fc.uuid(),
    at,
  },
  { requiredKeys: ['kind', 'instanceId', 'at'] },
);

const anyCreation: fc.Arbitrary<InstanceCommand> = fc.record(
  {
    kind: fc.constant('CreateInstance' as const),
    instanceId,
    name: text,
    userId: text,
    sseEnabled: fc.boolean(),
    vault: fc.record({ hdfs: anyHdfs, objectStore: anyObjectStore }, { requiredKeys: [] }),
    objectStore: anyObjectStore,
    ramUser: anyRamUser,
    hdfsPrefixSuffix: fc.uuid(),
    at,
  },
  { requiredKeys: ['kind', 'at'] },
);

const onOne = <K extends InstanceCommand['kind']>(kind: K) =>
  fc.record({ kind: fc.constant(kind), instanceId, at }, { requiredKeys: ['kind', 'at'] });

export const anyInstanceCommand: fc.Arbitrary<InstanceCommand> = fc.oneof(
  acceptableCreation,
  anyCreation,
  onOne('DropInstance'),
  fc.tuple(onOne('SetInstanceStatus'), operation).map(([command, op]) => ({ ...command, op })),
  onOne('EnableInstanceSse'),
  onOne('DisableInstanceSse'),
  onOne('RenameInstance'),
  fc.tuple(onOne('RenameInstance'), text).map(([command, name]) => ({ ...command, name })),
);

const clusterId = fc.constantFrom('c1', 'c2');
const clusterEvent = fc.oneof(
  clusterId.map((id) => clusterAdded(cluster(id))),
  clusterId.map(clusterDropped),
);

const steps = fc.array(fc.oneof({ weight: 4, arbitrary: anyInstanceCommand }, clusterEvent), {
  maxLength: 30,
  size: 'max',
});

/** What commands on one instance led to, one after the other, with clusters coming and going while it lives. */
export const anyInstanceHistory: fc.Arbitrary<InstanceEvent[]> = fc
  .tuple(fc.oneof({ weight: 9, arbitrary: acceptableCreation }, anyInstanceCommand), steps)
  .map(([first, later]) => {
    const history: InstanceEvent[] = [];
    let state: InstanceState = instanceDecider.initial;
    for (const step of [first, ...later]) {
      const events = 'kind' in step ? eventsOf(step, state) : isAlive(state) ? [step] : [];
      state = events.reduce<InstanceState>((before, event) => evolve(instanceDecider, before, event), state);
      history.push(...events);
    }
    return history;
  });

function eventsOf(command: InstanceCommand, state: InstanceState): readonly InstanceEvent[] {
  const decision = decide(instanceDecider, command, state);
  return decision.kind === 'accepted' ? decision.events : [];
}

const isAlive = (state: InstanceState): boolean => state.kind === 'existing' && state.instance.status !== 'DELETED';
