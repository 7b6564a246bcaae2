import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#test/support/postgres.js';
import { CheckpointRow } from './checkpoints/checkpoint.entity.js';
import { ReadModels, ReadModelsTooNew } from './read-models.js';

describe('opening the read models', () => {
  let database: TestDatabase;
  let opened: ReadModels[];

  const open = async (schema?: string): Promise<ReadModels> => {
    const { connectionString } = database;
    const readModels = await ReadModels.open({ connectionString, poolSize: 3, ...(schema && { schema }) });
    opened.push(readModels);
    return readModels;
  };

  beforeEach(async () => {
    database = await createTestDatabase();
    opened = [];
  });

  afterEach(async () => {
    await Promise.all(opened.map((readModels) => readModels.close()));
    await database.drop();
  });

  it('migrates once, however many processes start together', async () => {
    await Promise.all([open(), open(), open(), open()]);
    const applied = await opened[0]?.dataSource.query('select name from instances_v1.migrations order by id');
    expect(applied).toEqual([{ name: 'CreateCheckpoints1790000000001' }, { name: 'CreateInstances1790000000002' }]);
  });

  it('puts two versions of a projection side by side', async () => {
    const [live, next] = await Promise.all([open(), open('instances_v2')]);
    expect(live.tables[0]?.name).toBe('"instances_v1"."instances"');
    expect(next.tables[0]?.name).toBe('"instances_v2"."instances"');
    expect(await next.dataSource.query('select count(*)::int as n from instances_v2.instances')).toEqual([{ n: 0 }]);
  });

  it('defines in its entities exactly the columns that the migrations create', async () => {
    const { dataSource, tables } = await open();
    for (const table of tables) {
      const columns = await dataSource.query<{ name: string; type: string }[]>(
        `select attname as name, format_type(atttypid, atttypmod) as type
           from pg_attribute where attrelid = $1::regclass and attnum > 0 order by attnum`,
        [table.name],
      );
      expect(columns).toEqual(table.columns.map(({ name, type }) => ({ name, type })));
    }
  });

  it('does not start on tables that a newer program made', async () => {
    const { dataSource } = await open();
    await dataSource.query(`insert into instances_v1.migrations (timestamp, name) values (1800000000000, 'AddStages')`);
    await expect(open()).rejects.toThrow(ReadModelsTooNew);
    await expect(open()).rejects.toThrow('newer than this program: they have AddStages');
  });

  it('refuses a schema name that is none', async () => {
    await expect(open('a"; drop schema x')).rejects.toThrow('is not a name for a schema');
  });

  it('reads positions as numbers', async () => {
    const checkpoints = (await open()).dataSource.getRepository(CheckpointRow);
    await checkpoints.insert({ projection: 'instances_v1', shard: 0, position: 2 ** 40 });
    expect(await checkpoints.find()).toEqual([{ projection: 'instances_v1', shard: 0, position: 2 ** 40 }]);
  });
});
