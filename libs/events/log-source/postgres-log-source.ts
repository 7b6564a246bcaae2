import type { Ledger, RecordedEvent, ShardRef } from '../ledger/ledger.js';
import type { ShardSignals } from '../ledger/shard-signals.js';
import type { LogSource } from './log-source.js';

/** How often a shard is looked at although nobody said that it has grown, in ms: a lost wake-up costs no more. */
const POLL_MS = 1_000;

/** The log read from the ledger itself: NOTIFY or this process's own appends wake its readers, a slow poll backs it up. */
export class PostgresLogSource implements LogSource {
  constructor(
    private readonly ledger: Pick<Ledger, 'readShard'>,
    private readonly signals: ShardSignals,
  ) {}

  read(shard: ShardRef, after: number, limit: number): Promise<readonly RecordedEvent[]> {
    return this.ledger.readShard(shard, after, limit);
  }

  onAdvance(shard: ShardRef, wake: () => void): () => void {
    const unsubscribe = this.signals.subscribe(shard, wake);
    const poll = setInterval(wake, POLL_MS);
    poll.unref();
    return () => {
      clearInterval(poll);
      unsubscribe();
    };
  }
}
