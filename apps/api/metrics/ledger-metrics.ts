import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { LedgerObserver } from '#events/ledger/ledger-observer.js';
import type { ShardRef } from '#events/ledger/ledger.js';

const SHARD = ['log', 'shard'] as const;

const labels = ({ log, shard }: ShardRef): { log: string; shard: string } => ({ log, shard: String(shard) });

/** What the ledger does, by shard. */
export function ledgerMetrics(registry: Registry): LedgerObserver {
  const registers = [registry];
  const batchSize = new Histogram({
    name: 'lakeledger_append_batch_size',
    help: 'Appends that went to the database together',
    labelNames: SHARD,
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000],
    registers,
  });
  const duration = new Histogram({
    name: 'lakeledger_append_seconds',
    help: 'Duration of one batch of appends, commit included',
    labelNames: SHARD,
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers,
  });
  const count = (name: string, help: string): Counter<'log' | 'shard'> =>
    new Counter({ name, help, labelNames: SHARD, registers });
  const conflicts = count('lakeledger_append_conflicts_total', 'Appends whose expected version was not the current one');
  const busy = count('lakeledger_append_busy_total', 'Appends refused because the queue of their shard was full');
  const retries = count('lakeledger_append_retries_total', 'Batches sent again because their answer was lost');
  const lost = new Counter({ name: 'lakeledger_connections_lost_total', help: 'Idle connections to PostgreSQL that broke', registers });
  return {
    batchAppended: (shard, appends, seconds) => {
      batchSize.observe(labels(shard), appends);
      duration.observe(labels(shard), seconds);
    },
    conflicted: (shard) => conflicts.inc(labels(shard)),
    refusedBusy: (shard) => busy.inc(labels(shard)),
    appendRetried: (shard) => retries.inc(labels(shard)),
    connectionLost: () => lost.inc(),
  };
}

/** The parts of a ledger that are looked at when somebody asks, not reported as they change. */
export interface LedgerGauges {
  readonly queueLength: number;
  readonly connections: { readonly total: number; readonly idle: number; readonly waiting: number };
}

export function exposeLedgerGauges(registry: Registry, ledger: LedgerGauges): void {
  const registers = [registry];
  new Gauge({
    name: 'lakeledger_append_queue_length',
    help: 'Appends waiting in this process',
    registers,
    collect() {
      this.set(ledger.queueLength);
    },
  });
  new Gauge({
    name: 'lakeledger_pool_connections',
    help: 'Connections to PostgreSQL that the ledger holds (in use, idle), and callers waiting for one',
    labelNames: ['state'] as const,
    registers,
    collect() {
      const { total, idle, waiting } = ledger.connections;
      this.set({ state: 'in_use' }, total - idle);
      this.set({ state: 'idle' }, idle);
      this.set({ state: 'waiting' }, waiting);
    },
  });
}
