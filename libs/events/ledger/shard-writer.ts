import type pg from 'pg';
import {
  APPEND_EVENTS,
  appendedEvents,
  appendEventsParameters,
  readAppendOutcomes,
  type AppendEventsRow,
} from './append-batch.js';
import { AppendQueue, type AppendQueueLimits } from './append-queue.js';
import { HeldConnection } from './held-connection.js';
import { LedgerUnavailable, type Append, type AppendOutcome, type RecordedEvent, type ShardRef } from './ledger.js';
import type { LedgerObserver } from './ledger-observer.js';
import { isTransient, isUnreachable } from './postgres-errors.js';

const RETRY_PAUSE_MS = 50;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export interface ShardWriterOptions {
  readonly shard: ShardRef;
  /** The number under which ledger.events keeps the shard. */
  readonly shardId: number;
  readonly pool: pg.Pool;
  readonly limits: AppendQueueLimits;
  readonly observer: LedgerObserver;
  /** What one call has appended, in order, before anybody is answered. May be nothing. */
  onAppended(events: readonly RecordedEvent[]): void;
}

/** Appends to one shard: a queue that groups them, and a connection of its own that takes one group at a time. */
export class ShardWriter {
  readonly #queue: AppendQueue;
  readonly #connection: HeldConnection;

  constructor(private readonly options: ShardWriterOptions) {
    const { shard, pool, limits, observer } = options;
    this.#connection = new HeldConnection(pool, (error) => observer.connectionLost(error));
    this.#queue = new AppendQueue((appends) => this.#send(appends), limits, () => observer.refusedBusy(shard));
  }

  get queueLength(): number {
    return this.#queue.length;
  }

  append(append: Append): Promise<AppendOutcome> {
    return this.#queue.push(append);
  }

  /** Gives the connection back to its pool. */
  release(): void {
    this.#connection.release();
  }

  /**
   * Sends a batch until it is settled. When the answer is lost, nobody knows whether it was stored; sending it again is
   * safe, because events that are already there are recognised by their ids.
   */
  async #send(appends: readonly Append[]): Promise<readonly AppendOutcome[]> {
    const { shard, shardId, limits, observer } = this.options;
    const values = appendEventsParameters(shardId, appends);
    const giveUpAt = performance.now() + limits.retryForMs;
    for (;;) {
      const startedAt = performance.now();
      try {
        const { rows } = await this.#connection.query<AppendEventsRow>({ ...APPEND_EVENTS, values });
        observer.batchAppended(shard, appends.length, (performance.now() - startedAt) / 1_000);
        return this.#settled(appends, rows[0]);
      } catch (error) {
        if (!isTransient(error) && !isUnreachable(error)) throw error;
        if (performance.now() >= giveUpAt) {
          throw new LedgerUnavailable('the ledger cannot be reached', { cause: error });
        }
        observer.appendRetried(shard, error);
        await pause(RETRY_PAUSE_MS);
      }
    }
  }

  #settled(appends: readonly Append[], row: AppendEventsRow | undefined): readonly AppendOutcome[] {
    if (!row) throw new Error('append_events answered without a row');
    const { shard, observer } = this.options;
    const outcomes = readAppendOutcomes(shard.shard, appends, row);
    for (const { kind } of outcomes) if (kind === 'conflict') observer.conflicted(shard);
    this.options.onAppended(appendedEvents(shard, appends, row));
    return outcomes;
  }
}
