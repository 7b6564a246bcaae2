import fc from 'fast-check';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InstanceEvent } from '#domain/instance/instance.events.js';
import { UnknownEvent } from '#events/catalogue/event-codec.js';
import { decodeNotice, type AppliedNotice } from '#read-models/checkpoints/applied-channel.js';
import { compareReadModels } from '#read-models/compare-read-models.js';
import { InstanceRow } from '#read-models/instances/instance.entity.js';
import { ReadModels } from '#read-models/read-models.js';
import { instanceHistory } from '#test/support/instance-histories.js';
import { MemoryLog } from '#test/support/memory-log.js';
import { createTestDatabase, type TestDatabase } from '#test/support/postgres.js';
import { GapInLog } from './dense-positions.js';
import { startProjector, type Projector, type ProjectorOptions } from './projector.js';
import { silentProjectorObserver } from './projector-observer.js';
import { rebuildInstances } from './rebuild-instances.js';
import { ProjectionDiverged } from './row-batch/coalesce.js';

const created = (instanceId: string): InstanceEvent => ({
  type: 'InstanceCreated',
  data: { instanceId, sseEnabled: false, enableStorageVault: true, at: 1 },
});

const manyCreated = (count: number, prefix = 'i'): InstanceEvent[] =>
  Array.from({ length: count }, (_, i) => created(`${prefix}${i}`));

let database: TestDatabase;
let readModels: ReadModels;
let log: MemoryLog;
let projectors: Projector[];

beforeEach(async () => {
  database = await createTestDatabase();
  readModels = await ReadModels.open({ connectionString: database.connectionString });
  log = new MemoryLog();
  projectors = [];
});

afterEach(async () => {
  await Promise.all(projectors.map((projector) => projector.stop()));
  await readModels.close();
  await database.drop();
});

function follow(more: Partial<ProjectorOptions> = {}): Projector {
  const { connectionString } = database;
  const projector = startProjector({ readModels, connectionString, source: log, shards: [log.shard], ...more });
  projectors.push(projector);
  return projector;
}

const instanceIds = async (): Promise<string[]> =>
  (await readModels.dataSource.getRepository(InstanceRow).find({ order: { instanceId: 'asc' } }))
    .map(({ instanceId }) => instanceId);

const sql = (text: string): Promise<unknown> => readModels.dataSource.query(text);

const breakConnections = (): Promise<unknown> =>
  sql(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lakeledger projector'
        and datname = current_database()`);

const inHalt = (projector: Projector): Promise<unknown> =>
  projector.whenApplied(log.shard, Number.MAX_SAFE_INTEGER).catch((error: unknown) => error);

async function expectSameAsRebuilt(): Promise<void> {
  const cold = await ReadModels.open({ connectionString: database.connectionString, schema: 'cold' });
  const ledger = { shards: () => [log.shard], shardHead: () => Promise.resolve(log.head) };
  await rebuildInstances({ readModels: cold, connectionString: database.connectionString, source: log, ledger });
  expect(await compareReadModels(readModels, cold)).toEqual([]);
  await cold.close();
}

describe('the projector', () => {
  it('goes on from its checkpoint after a restart', async () => {
    const first = follow();
    log.append(created('a'));
    await first.whenApplied(log.shard, 1);
    await first.stop();
    log.append(created('b'));
    await follow().whenApplied(log.shard, 2);
    expect(await instanceIds()).toEqual(['a', 'b']);
  });

  it('is woken by the log', async () => {
    const projector = follow();
    await projector.whenApplied(log.shard, 0);
    log.append(created('a'));
    await projector.whenApplied(log.shard, 1);
    expect(await instanceIds()).toEqual(['a']);
  });

  it('announces a checkpoint in the transaction that moves it', async () => {
    const listener = new pg.Client({ connectionString: database.connectionString });
    await listener.connect();
    await listener.query('listen lakeledger_projection');
    const notice = new Promise<AppliedNotice>((resolve) =>
      listener.once('notification', ({ payload = '' }) => resolve(decodeNotice(payload))));
    log.append(created('a'), created('b'));
    follow();
    expect(await notice).toEqual({ projection: 'instances_v1', shard: 0, position: 2 });
    expect(await instanceIds()).toEqual(['a', 'b']);
    await listener.end();
  });

  it('applies nothing while it is paused, and everything after', async () => {
    const projector = follow();
    await projector.whenApplied(log.shard, 0);
    await projector.pause();
    log.append(created('a'));
    expect(await instanceIds()).toEqual([]);
    projector.resume();
    await projector.whenApplied(log.shard, 1);
    expect(await instanceIds()).toEqual(['a']);
  });

  it('tells its observer of every batch', async () => {
    let events = 0;
    const observer = { ...silentProjectorObserver, batchApplied: (count: number) => void (events += count) };
    log.append(...manyCreated(25));
    await follow({ observer, batchSize: 10 }).whenApplied(log.shard, 25);
    expect(events).toBe(25);
  });
});

describe('two projectors of one log', () => {
  it('together apply every event once', async () => {
    const two = [follow({ batchSize: 7 }), follow({ batchSize: 3 })];
    const [history] = fc.sample(instanceHistory, { numRuns: 1, seed: 3 });
    log.append(...(history?.events ?? []));
    for (const event of manyCreated(500, 'extra')) {
      log.append(event);
      if (log.head % 50 === 0) await Promise.race(two.map((each) => each.whenApplied(log.shard, log.head)));
    }
    await Promise.all(two.map((each) => each.whenApplied(log.shard, log.head)));
    expect(two.map((each) => each.status().get(0)?.kind)).toEqual(['running', 'running']);
    await expectSameAsRebuilt();
  });
});

describe('a projector whose connection breaks', () => {
  it('neither loses nor doubles an event', async () => {
    let failures = 0;
    const observer = { ...silentProjectorObserver, failed: () => void (failures += 1) };
    const projector = follow({ batchSize: 5, observer });
    for (let round = 0; round < 10; round++) {
      log.append(...manyCreated(60, `r${round}-`));
      await projector.whenApplied(log.shard, log.head - 50);
      await breakConnections();
    }
    await projector.whenApplied(log.shard, log.head);
    expect(failures).toBeGreaterThan(0);
    expect((await instanceIds()).length).toBe(600);
    await expectSameAsRebuilt();
  });

  it('applies again what a crash of PostgreSQL took back, also when nothing new comes', async () => {
    const projector = follow();
    log.append(...manyCreated(5));
    await projector.whenApplied(log.shard, 5);
    await sql(`truncate instances_v1.instances`);
    await sql(`update projection.checkpoints set position = 0`);
    const again = new Promise<void>((resolve) => {
      const stop = projector.onApplied(log.shard, (position) => {
        if (position !== 5) return;
        stop();
        resolve();
      });
    });
    await breakConnections();
    await again;
    expect((await instanceIds()).length).toBe(5);
  });
});

describe('a projector that must not go on', () => {
  it('halts at a gap in the log, with what came before it applied', async () => {
    log.append(...manyCreated(4));
    log.events.splice(2, 1);
    const projector = follow({ batchSize: 2 });
    expect(await inHalt(projector)).toBeInstanceOf(GapInLog);
    expect(projector.status().get(0)).toMatchObject({ kind: 'halted', applied: 2 });
  });

  it('halts at an event that it does not know, with what came before it applied', async () => {
    log.append(...manyCreated(4));
    log.events.splice(2, 1, { ...log.events[2]!, type: 'InstanceTeleported' });
    const projector = follow();
    expect(await inHalt(projector)).toBeInstanceOf(UnknownEvent);
    expect(await instanceIds()).toEqual(['i0', 'i1']);
  });

  it('halts when the rows contradict the events', async () => {
    log.append({ type: 'InstanceDropped', data: { instanceId: 'never-created', at: 1 } });
    expect(await inHalt(follow())).toBeInstanceOf(ProjectionDiverged);
  });

  it('goes on by itself once a missing table is back', async () => {
    await sql('alter table instances_v1.instances rename to gone');
    const failed = new Promise<Error>((resolve) => {
      log.append(created('a'));
      follow({ observer: { ...silentProjectorObserver, failed: resolve } });
    });
    expect((await failed).message).toContain('does not exist');
    await sql('alter table instances_v1.gone rename to instances');
    await projectors[0]?.whenApplied(log.shard, 1);
    expect(await instanceIds()).toEqual(['a']);
  });
});
