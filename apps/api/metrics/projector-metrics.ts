import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Ledger, ShardRef } from '#events/ledger/ledger.js';

/** What the projector reports, by shape: the api does not know the projector. */
export interface ProjectorMetrics {
  batchApplied(events: number, seconds: number): void;
  failed(error: Error): void;
}

export function projectorMetrics(registry: Registry): ProjectorMetrics {
  const registers = [registry];
  const batchSize = new Histogram({
    name: 'lakeledger_projector_batch_size',
    help: 'Events that the projector applied together',
    buckets: [1, 4, 16, 64, 256, 1000, 4000],
    registers,
  });
  const duration = new Histogram({
    name: 'lakeledger_projector_batch_seconds',
    help: 'Duration of one batch of the projector, commit included',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers,
  });
  const failures = new Counter({ name: 'lakeledger_projector_failures_total', help: 'Batches that could not be applied', registers });
  return {
    batchApplied: (events, seconds) => {
      batchSize.observe(events);
      duration.observe(seconds);
    },
    failed: () => failures.inc(),
  };
}

/** A shard, and the last position of it that the read models show. */
export interface ShardProgress {
  readonly shard: ShardRef;
  readonly applied: number;
}

interface Lag {
  readonly events: number;
  readonly seconds: number;
}

/**
 * Measured when somebody looks, against the ledger itself: a projector that stands still reports nothing, and that is
 * when its lag matters. Without the ledger nobody knows: the last values stay, and the health of the ledger tells why.
 */
export function exposeProjectorLag(
  registry: Registry,
  ledger: Pick<Ledger, 'shardHead' | 'readShard'>,
  progress: () => readonly ShardProgress[],
): void {
  let measuring: Promise<Lag | undefined> | undefined;
  const measured = (): Promise<Lag | undefined> => {
    // Both gauges ask at once; one look answers them.
    measuring ??= lagOfAll(ledger, progress())
      .catch(() => undefined)
      .finally(() => (measuring = undefined));
    return measuring;
  };
  const expose = (name: string, help: string, read: (lag: Lag) => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const lag = await measured();
        if (lag) this.set(read(lag));
      },
    });
  };
  expose('lakeledger_projector_lag_events', 'Events that the read models do not show yet', ({ events }) => events);
  expose('lakeledger_projector_lag_seconds', 'Age of the oldest event that they do not show yet, or 0', ({ seconds }) => seconds);
}

async function lagOfAll(ledger: Pick<Ledger, 'shardHead' | 'readShard'>, shards: readonly ShardProgress[]): Promise<Lag> {
  const lags = await Promise.all(shards.map((shard) => lagOf(ledger, shard)));
  return {
    events: lags.reduce((sum, { events }) => sum + events, 0),
    seconds: Math.max(0, ...lags.map(({ seconds }) => seconds)),
  };
}

async function lagOf(ledger: Pick<Ledger, 'shardHead' | 'readShard'>, { shard, applied }: ShardProgress): Promise<Lag> {
  const events = Math.max(0, (await ledger.shardHead(shard)) - applied);
  if (events === 0) return { events: 0, seconds: 0 };
  const [oldest] = await ledger.readShard(shard, applied, 1);
  return { events, seconds: oldest ? (Date.now() - oldest.time.getTime()) / 1_000 : 0 };
}
