import { isDeepStrictEqual } from 'node:util';
import { evolve } from '#domain/decider.js';
import type { InstanceState } from '#domain/instance/instance.state.js';
import { instanceDecider } from '#domain/instance/instance.decider.js';
import { decodeEvent } from '#events/catalogue/event-codec.js';
import type { RecordedEvent } from '#events/ledger/ledger.js';
import type { PostgresLedger } from '#events/ledger/postgres-ledger.js';
import { PostgresLogSource } from '#events/log-source/postgres-log-source.js';
import { rebuildInstances } from '#projector/rebuild-instances.js';
import { compareReadModels } from '#read-models/compare-read-models.js';
import { InstanceTables } from '#read-models/instances/instance-tables.js';
import { ReadModels } from '#read-models/read-models.js';
import { eventually } from '../eventually.js';

const COLD = 'instances_audited';
const LOOKS_AT_ONCE = 8;

/** What the live read model has and should not have, or has not and should, once its projector has caught up. */
export async function auditReadModel(
  connectionString: string,
  ledger: PostgresLedger,
  events: readonly RecordedEvent[],
): Promise<string[]> {
  const live = await ReadModels.open({ connectionString, poolSize: LOOKS_AT_ONCE });
  try {
    await untilCaughtUp(live, events);
    return [...(await differencesFromRebuild(connectionString, ledger, live)), ...(await differencesFromFold(live, events))];
  } finally {
    await live.close();
  }
}

function untilCaughtUp({ dataSource, schema }: ReadModels, events: readonly RecordedEvent[]): Promise<void> {
  return eventually('the projector reaches the head of the log', async () => {
    const [row] = await dataSource.query<{ applied: string | null }[]>(
      'select sum(position) as applied from projection.checkpoints where projection = $1', [schema]);
    return Number(row?.applied ?? 0) === events.length;
  });
}

async function differencesFromRebuild(connectionString: string, ledger: PostgresLedger, live: ReadModels): Promise<string[]> {
  await dropCold(live);
  const cold = await ReadModels.open({ connectionString, schema: COLD, poolSize: 2 });
  try {
    await rebuildInstances({ readModels: cold, connectionString, ledger, source: new PostgresLogSource(ledger, ledger.signals) });
    const differences = await compareReadModels(live, cold);
    return differences.map(({ table, side, row }) => `only ${side === 'left' ? 'live' : 'rebuilt'} in ${table}: ${row}`);
  } finally {
    await cold.close();
    await dropCold(live);
  }
}

async function dropCold({ dataSource }: ReadModels): Promise<void> {
  await dataSource.query(`drop schema if exists ${COLD} cascade`);
  await dataSource.query('delete from projection.checkpoints where projection = $1', [COLD]);
}

async function differencesFromFold(live: ReadModels, events: readonly RecordedEvent[]): Promise<string[]> {
  const tables = new InstanceTables(live);
  const states = foldStreams(events);
  const findings: string[] = [];
  const left = [...states];
  const lookOn = async (): Promise<void> => {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const [instanceId, { shard, state }] = next;
      const { value } = await tables.look(shard, instanceId);
      const folded = state.kind === 'existing' ? state.instance : undefined;
      if (!isDeepStrictEqual(value, folded)) findings.push(`${instanceId} is ${JSON.stringify(value)}, folded ${JSON.stringify(folded)}`);
    }
  };
  await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, lookOn));
  return findings;
}

interface Folded {
  readonly shard: number;
  readonly state: InstanceState;
}

function foldStreams(events: readonly RecordedEvent[]): Map<string, Folded> {
  const states = new Map<string, Folded>();
  for (const recorded of events) {
    const event = decodeEvent(recorded);
    const { instanceId } = event.data;
    const before = states.get(instanceId)?.state ?? instanceDecider.initial;
    states.set(instanceId, { shard: recorded.shard, state: evolve(instanceDecider, before, event) });
  }
  return states;
}
