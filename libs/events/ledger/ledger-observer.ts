import type { ShardRef } from './ledger.js';

/** What the ledger tells about its work; the applications turn it into metrics. Durations in seconds. */
export interface LedgerObserver {
  batchAppended(shard: ShardRef, appends: number, seconds: number): void;
  conflicted(shard: ShardRef): void;
  refusedBusy(shard: ShardRef): void;
  /** A batch whose answer was lost goes out again. */
  appendRetried(shard: ShardRef, error: unknown): void;
  /** A connection that nobody was using broke. */
  connectionLost(error: unknown): void;
}

export const silentLedgerObserver: LedgerObserver = {
  batchAppended: () => undefined,
  conflicted: () => undefined,
  refusedBusy: () => undefined,
  appendRetried: () => undefined,
  connectionLost: () => undefined,
};
