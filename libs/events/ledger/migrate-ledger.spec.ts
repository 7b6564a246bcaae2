import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { ONE_SHARD } from '#test/support/ledger.js';
import { createTestDatabase } from '#test/support/postgres.js';
import { migrateLedger, SchemaTooNew, ShardCountChanged } from './migrate-ledger.js';

describe('the migrations of the ledger', () => {
  it('run once, however many processes start together', async () => {
    const { connectionString, drop } = await createTestDatabase();
    await Promise.all(Array.from({ length: 6 }, () => migrateLedger(connectionString, { ...ONE_SHARD, instances: 4 })));
    const client = new pg.Client({ connectionString });
    await client.connect();
    const { rows } = await client.query("select count(*)::int as n from ledger.shards where log = 'instances'");
    expect(rows).toEqual([{ n: 4 }]);
    await client.end();
    await drop();
  });

  it('refuse a shard count other than the one that the ledger was created with', async () => {
    const { connectionString, drop } = await createTestDatabase();
    await migrateLedger(connectionString, ONE_SHARD);
    await expect(migrateLedger(connectionString, { ...ONE_SHARD, tables: 2 })).rejects.toThrow(ShardCountChanged);
    await migrateLedger(connectionString, ONE_SHARD);
    await drop();
  });

  it('refuse a schema that is newer than this program', async () => {
    const { connectionString, drop } = await createTestDatabase();
    await migrateLedger(connectionString, ONE_SHARD);
    const client = new pg.Client({ connectionString });
    await client.connect();
    await client.query("insert into ledger.migrations (number, name) values (9000, '9000-from-the-future.sql')");
    await client.end();
    await expect(migrateLedger(connectionString, ONE_SHARD)).rejects.toThrow(SchemaTooNew);
    await expect(migrateLedger(connectionString, ONE_SHARD)).rejects.toThrow(/9000-from-the-future/);
    await drop();
  });
});
