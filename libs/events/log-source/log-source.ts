import type { RecordedEvent, ShardRef } from '../ledger/ledger.js';

/**
 * Yields a shard's events from a position on. Two implementations, one contract suite: PostgreSQL and Kafka;
 * positions are the same in both, so a checkpoint does not care which one it came from.
 */
export interface LogSource {
  /** At most `limit` events above `after`, in order, without a gap; empty when there are none yet. */
  read(shard: ShardRef, after: number, limit: number): Promise<readonly RecordedEvent[]>;
  /** Calls `wake` when the shard may hold more (coalesced; may come without cause). Returns how to stop. */
  onAdvance(shard: ShardRef, wake: () => void): () => void;
}
