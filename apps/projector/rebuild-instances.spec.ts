import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareReadModels } from '#read-models/compare-read-models.js';
import { InstanceTables } from '#read-models/instances/instance-tables.js';
import { ReadModels } from '#read-models/read-models.js';
import { instanceHistory, type InstanceHistory } from '#test/support/instance-histories.js';
import { MemoryLog } from '#test/support/memory-log.js';
import { createTestDatabase, type TestDatabase } from '#test/support/postgres.js';
import { startProjector, type Projector } from './projector.js';
import { rebuildInstances, type RebuildOptions, type RebuildProgress } from './rebuild-instances.js';

const ledgerOf = (log: MemoryLog): RebuildOptions['ledger'] => ({
  shards: () => [log.shard],
  shardHead: () => Promise.resolve(log.head),
});

describe('rebuilding the read model of instances', () => {
  let database: TestDatabase;
  let live: ReadModels;
  let cold: ReadModels;

  beforeEach(async () => {
    database = await createTestDatabase();
    const { connectionString } = database;
    live = await ReadModels.open({ connectionString, schema: 'instances_v1' });
    cold = await ReadModels.open({ connectionString, schema: 'instances_cold' });
  });

  afterEach(async () => {
    await Promise.all([live.close(), cold.close()]);
    await database.drop();
  });

  const follow = (log: MemoryLog): Projector =>
    startProjector({ readModels: live, connectionString: database.connectionString, source: log, shards: [log.shard] });

  const rebuild = (readModels: ReadModels, log: MemoryLog, more: Partial<RebuildOptions> = {}): Promise<number> => {
    const { connectionString } = database;
    return rebuildInstances({ readModels, connectionString, source: log, ledger: ledgerOf(log), ...more });
  };

  const empty = async (readModels: ReadModels): Promise<void> => {
    await readModels.dataSource.query(`truncate ${readModels.tables.map(({ name }) => name).join()}`);
    await readModels.dataSource.query('delete from projection.checkpoints where projection = $1', [readModels.schema]);
  };

  const expectFoldedRows = async (readModels: ReadModels, { states }: InstanceHistory): Promise<void> => {
    const tables = new InstanceTables(readModels);
    for (const [instanceId, state] of states) {
      const { value } = await tables.look(0, instanceId);
      expect(value).toEqual(state.kind === 'existing' ? state.instance : undefined);
    }
  };

  it('comes out as the live read model, row for row, and as the fold of every stream', async () => {
    await fc.assert(
      fc.asyncProperty(instanceHistory, fc.integer({ min: 1, max: 20 }), async (history, batchSize) => {
        await Promise.all([empty(live), empty(cold)]);
        const log = new MemoryLog();
        const projector = follow(log);
        for (const event of history.events) log.append(event);
        await projector.whenApplied(log.shard, log.head);
        await rebuild(cold, log, { batchSize });
        expect(await compareReadModels(live, cold)).toEqual([]);
        await expectFoldedRows(live, history);
        await projector.stop();
      }),
      { numRuns: 40 },
    );
  });

  it('comes out equal in place, while a live projector follows the same log', async () => {
    const [history] = fc.sample(instanceHistory, { numRuns: 1, seed: 7 });
    if (history === undefined) throw new Error('no history');
    const log = new MemoryLog();
    const projector = follow(log);
    log.append(...history.events);
    await projector.whenApplied(log.shard, log.head);
    await rebuild(live, log, { batchSize: 3 });
    await expectFoldedRows(live, history);
    expect(await rebuild(cold, log)).toBe(log.head);
    expect(await compareReadModels(live, cold)).toEqual([]);
    await projector.stop();
  });

  it('tells how far it is', async () => {
    const log = new MemoryLog();
    const data = { sseEnabled: false, enableStorageVault: true, at: 1 };
    for (const instanceId of ['a', 'b', 'c']) log.append({ type: 'InstanceCreated', data: { instanceId, ...data } });
    const told: RebuildProgress[] = [];
    await rebuild(live, log, { batchSize: 1, onProgress: (progress) => told.push(progress) });
    expect(told.map(({ applied }) => applied)).toEqual(expect.arrayContaining([1, 2, 3]));
    expect(told.at(-1)).toEqual({ applied: 3, total: 3 });
  });

  it('names the rows that two read models do not share', async () => {
    await live.dataSource.query(`insert into instances_v1.vaults values ('i', '1', 1, 'vault', '{}')`);
    expect(await compareReadModels(live, cold)).toEqual([
      { table: '"instances_v1"."vaults"', side: 'left', row: '(i,1,1,vault,{})' },
    ]);
  });
});
