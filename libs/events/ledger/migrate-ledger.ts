import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { LOGS, type LogName } from './ledger.js';

/** Shards per log; fixed when the ledger is created. */
export type ShardCounts = Readonly<Record<LogName, number>>;

/** The database was made by a newer Lakeledger; running older code on it could lose what it does not know. */
export class SchemaTooNew extends Error {
  override readonly name = 'SchemaTooNew';
}

export class ShardCountChanged extends Error {
  override readonly name = 'ShardCountChanged';
}

interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

const MIGRATIONS_FOLDER = new URL('./migrations/', import.meta.url);
/** Any fixed number that nothing else in the database locks. */
const MIGRATION_LOCK = 7_310_405_011;

function knownMigrations(): readonly Migration[] {
  return readdirSync(MIGRATIONS_FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({
      number: Number.parseInt(file, 10),
      name: file,
      sql: readFileSync(new URL(file, MIGRATIONS_FOLDER), 'utf8'),
    }));
}

async function applyMissing(client: pg.Client): Promise<void> {
  await client.query('create schema if not exists ledger');
  await client.query(`create table if not exists ledger.migrations (
    number integer primary key, name text not null, applied_at timestamptz not null default now())`);
  const migrations = knownMigrations();
  const { rows } = await client.query<{ number: number; name: string }>('select number, name from ledger.migrations');
  const applied = new Set(rows.map((row) => row.number));
  const unknown = rows.filter((row) => !migrations.some((migration) => migration.number === row.number));
  if (unknown.length > 0) {
    throw new SchemaTooNew(
      `the ledger's schema is newer than this program: it has ${unknown.map((row) => row.name).join(', ')}`,
    );
  }
  for (const migration of migrations.filter(({ number }) => !applied.has(number))) {
    await client.query('begin');
    try {
      await client.query(migration.sql);
      await client.query('insert into ledger.migrations (number, name) values ($1, $2)', [
        migration.number,
        migration.name,
      ]);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  }
}

async function fixShards(client: pg.Client, counts: ShardCounts): Promise<void> {
  for (const log of LOGS) {
    const { rows } = await client.query<{ n: number }>(
      'select count(*)::int as n from ledger.shards where log = $1', [log]);
    const existing = rows[0]?.n ?? 0;
    if (existing === 0) {
      await client.query(
        'insert into ledger.shards (log, shard) select $1, s from generate_series(0, $2::int - 1) s',
        [log, counts[log]],
      );
    } else if (existing !== counts[log]) {
      throw new ShardCountChanged(
        `the log "${log}" was created with ${existing} shard(s) and cannot be opened with ${counts[log]}: ` +
          'a stream would change its shard',
      );
    }
  }
}

/**
 * Brings the ledger's schema up to this program's, once under a lock however many processes start together.
 *
 * @throws SchemaTooNew, ShardCountChanged
 */
export async function migrateLedger(connectionString: string, counts: ShardCounts): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await applyMissing(client);
    await fixShards(client, counts);
  } finally {
    // Ends the session, and with it the lock.
    await client.end();
  }
}
