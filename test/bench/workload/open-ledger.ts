import { migrateLedger } from '#events/ledger/migrate-ledger.js';
import { PostgresLedger } from '#events/ledger/postgres-ledger.js';
import type { Bench } from '../bench.js';

export const ONE_SHARD_EACH = { instances: 1, transactions: 1, tables: 1, statements: 1 };

/** A database with an empty ledger, as the embedded mode makes it. */
export async function createLedger({ postgres, cleanup }: Bench): Promise<string> {
  const connectionString = await postgres.createDatabase(cleanup);
  await migrateLedger(connectionString, ONE_SHARD_EACH);
  return connectionString;
}

export async function openLedger(connectionString: string, { cleanup }: Bench): Promise<PostgresLedger> {
  const ledger = await PostgresLedger.open({ connectionString });
  cleanup.add(() => ledger.close());
  return ledger;
}
