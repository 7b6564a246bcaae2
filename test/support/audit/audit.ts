import type { RecordedEvent, ShardRef } from '#events/ledger/ledger.js';
import { PostgresLedger } from '#events/ledger/postgres-ledger.js';
import { companionless } from './companions.js';
import { disorder } from './log-order.js';
import { auditReadModel } from './read-model.js';

export interface Audit {
  /** Of the log of instances, shard by shard. */
  readonly events: readonly RecordedEvent[];
  /** What should not be; empty when all is well. */
  readonly findings: readonly string[];
}

const PAGE = 5_000;

/**
 * Looks through everything that a database of Lakeledger holds about instances, beside a running server that nobody
 * changes meanwhile: order and density of the log, what must come together with events, and the live read model, which
 * must equal a cold rebuild row for row and the fold of every stream.
 */
export async function audit(connectionString: string): Promise<Audit> {
  const ledger = await PostgresLedger.open({ connectionString });
  try {
    const findings: string[] = [];
    const events: RecordedEvent[] = [];
    for (const shard of ledger.shards('instances')) {
      const slice = await readAll(ledger, shard);
      findings.push(...disorder(slice, await ledger.shardHead(shard)));
      events.push(...slice);
    }
    findings.push(...(await companionless(connectionString, events)));
    findings.push(...(await auditReadModel(connectionString, ledger, events)));
    return { events, findings };
  } finally {
    await ledger.close();
  }
}

async function readAll(ledger: PostgresLedger, shard: ShardRef): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await ledger.readShard(shard, events.length, PAGE);
    if (page.length === 0) return events;
    events.push(...page);
  }
}
