import { migrateLedger, type ShardCounts } from '#events/ledger/migrate-ledger.js';
import type { Append, EventMetadata } from '#events/ledger/ledger.js';
import { PostgresLedger, type PostgresLedgerOptions } from '#events/ledger/postgres-ledger.js';
import { uuidV7 } from '#events/uuid-v7.js';
import { createTestDatabase } from './postgres.js';

export const ONE_SHARD: ShardCounts = { instances: 1, transactions: 1, tables: 1, statements: 1 };
export const NOBODY: EventMetadata = { principal: 'test' };

export interface TestLedger {
  readonly ledger: PostgresLedger;
  readonly connectionString: string;
  close(): Promise<void>;
}

/** A ledger in a database of its own. */
export async function openTestLedger(
  shards: ShardCounts = ONE_SHARD,
  options: Partial<PostgresLedgerOptions> = {},
): Promise<TestLedger> {
  const { connectionString, drop } = await createTestDatabase();
  await migrateLedger(connectionString, shards);
  const ledger = await PostgresLedger.open({ connectionString, ...options });
  return {
    ledger,
    connectionString,
    close: async () => {
      await ledger.close();
      await drop();
    },
  };
}

/** `count` small events for a stream of the instances log. */
export function anAppend(name: string, expectedVersion: number, count = 1, more: Partial<Append> = {}): Append {
  return {
    stream: { log: 'instances', name },
    expectedVersion,
    events: Array.from({ length: count }, (_, index) => ({
      id: uuidV7(),
      type: 'Tested',
      schemaVersion: 1,
      data: JSON.stringify({ name, n: expectedVersion + index + 1 }),
    })),
    metadata: NOBODY,
    ...more,
  };
}
