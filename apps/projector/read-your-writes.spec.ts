import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InstanceCommand } from '#domain/instance/instance.commands.js';
import { instanceAggregate } from '#events/catalogue/instance.aggregate.js';
import { PostgresLogSource } from '#events/log-source/postgres-log-source.js';
import { DeciderRunner } from '#events/runner/decider-runner.js';
import { PostgresSnapshots } from '#events/runner/snapshots.js';
import type { AppliedPositions } from '#read-models/fence/applied-positions.js';
import { Fence } from '#read-models/fence/fence.js';
import type { FenceObserver } from '#read-models/fence/fence-observer.js';
import { PostgresAppliedPositions } from '#read-models/fence/postgres-applied-positions.js';
import { InstanceReader } from '#read-models/instances/instance-reader.js';
import { ReadModels } from '#read-models/read-models.js';
import { NOBODY, ONE_SHARD, openTestLedger, type TestLedger } from '#test/support/ledger.js';
import { startProjector, type Projector } from './projector.js';

const NEVER_MS = 60_000;
const AT_ONCE_MS = 1;

let opened: TestLedger;
let pool: pg.Pool;
let runner: DeciderRunner;
let readModels: ReadModels;
let projector: Projector;
let waited: number;
let folded: string[];

beforeEach(async () => {
  opened = await openTestLedger({ ...ONE_SHARD, instances: 2 });
  const { ledger, connectionString } = opened;
  pool = new pg.Pool({ connectionString, max: 2 });
  runner = new DeciderRunner({ ledger, snapshots: new PostgresSnapshots(pool) });
  readModels = await ReadModels.open({ connectionString });
  const source = new PostgresLogSource(ledger, ledger.signals);
  projector = startProjector({ readModels, connectionString, source, shards: ledger.shards('instances') });
  [waited, folded] = [0, []];
});

afterEach(async () => {
  await projector.stop();
  await readModels.close();
  await pool.end();
  await opened.close();
});

const observer: FenceObserver = {
  waited: () => void (waited += 1),
  folded: (cause) => void folded.push(cause),
};

const reader = (timeoutMs: number, applied: AppliedPositions = projector): InstanceReader =>
  new InstanceReader(readModels, new Fence({ ledger: opened.ledger, applied, timeoutMs, observer }), runner);

const run = (instanceId: string, command: InstanceCommand): Promise<unknown> =>
  runner.execute(instanceAggregate, instanceId, command, { metadata: NOBODY });

const create = (instanceId: string): Promise<unknown> => run(instanceId, { kind: 'CreateInstance', instanceId, at: 1 });
const rename = (instanceId: string, name: string): Promise<unknown> =>
  run(instanceId, { kind: 'RenameInstance', instanceId, name, at: 2 });

describe('a read after an acknowledged write', () => {
  it('sees it, from the read model, on every shard', async () => {
    const find = reader(NEVER_MS);
    for (let i = 0; i < 100; i++) {
      await create(`i${i}`);
      expect((await find.find(`i${i}`))?.instanceId).toBe(`i${i}`);
      await rename(`i${i}`, `name ${i}`);
      expect((await find.find(`i${i}`))?.name).toBe(`name ${i}`);
    }
    expect(folded).toEqual([]);
  });

  it('waits while the projector is paused, and answers once it goes on', async () => {
    await projector.pause();
    await create('i');
    const found = reader(NEVER_MS).find('i');
    projector.resume();
    expect((await found)?.instanceId).toBe('i');
  });

  it('is woken by the projector of another process', async () => {
    const { connectionString } = opened;
    const applied = new PostgresAppliedPositions({ connectionString, projection: 'instances_v1' });
    await applied.start();
    await projector.pause();
    await create('i');
    const found = reader(NEVER_MS, applied).find('i');
    projector.resume();
    expect((await found)?.instanceId).toBe('i');
    await applied.close();
  });

  it('is woken although the connection that listens broke meanwhile', async () => {
    let lost: () => void = () => undefined;
    const brokenOnce = new Promise<void>((resolve) => (lost = resolve));
    const applied = new PostgresAppliedPositions({
      connectionString: opened.connectionString, projection: 'instances_v1', onConnectionLost: () => lost(),
    });
    await applied.start();
    await projector.pause();
    await create('i');
    const found = reader(NEVER_MS, applied).find('i');
    await pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'lakeledger fence' and datname = current_database()`);
    await brokenOnce;
    projector.resume();
    expect((await found)?.instanceId).toBe('i');
    await applied.close();
  });

  it('folds the stream when the projector is too late', async () => {
    await projector.pause();
    await create('i');
    await rename('i', 'late');
    expect((await reader(AT_ONCE_MS).find('i'))?.name).toBe('late');
    expect(folded).toEqual(['late']);
  });

  it('folds the stream when the table is missing', async () => {
    await create('i');
    await pool.query('alter table instances_v1.nodes rename to gone');
    expect((await reader(NEVER_MS).find('i'))?.instanceId).toBe('i');
    expect(folded).toEqual(['failed']);
  });

  it('finds no instance that was never created, from the read model', async () => {
    await create('other');
    expect(await reader(NEVER_MS).find('absent')).toBeUndefined();
    expect(folded).toEqual([]);
  });

  it('still sees a deleted instance', async () => {
    await create('i');
    await run('i', { kind: 'DropInstance', instanceId: 'i', at: 2 });
    expect(await reader(NEVER_MS).find('i')).toMatchObject({ status: 'DELETED', mtime: 2 });
  });

  it('is never stale with 32 clients and a projector that stops and goes', async () => {
    const find = reader(20);
    const client = async (n: number): Promise<number> => {
      let stale = 0;
      for (let i = 0; i < 20; i++) {
        await create(`c${n}-${i}`);
        if ((await find.find(`c${n}-${i}`)) === undefined) stale += 1;
        if (n === 0 && i % 2 === 0) await projector.pause();
        else if (n === 0) projector.resume();
      }
      return stale;
    };
    const stale = await Promise.all(Array.from({ length: 32 }, (_, n) => client(n)));
    expect(stale.reduce((sum, each) => sum + each, 0)).toBe(0);
    projector.resume();
  });
});
