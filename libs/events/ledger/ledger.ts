import type { ClaimChange, HeldClaim } from '#domain/decider.js';

/** A category of streams that is read in order (design, "Words"). */
export const LOGS = ['instances', 'transactions', 'tables', 'statements'] as const;
export type LogName = (typeof LOGS)[number];

/** One ordered slice of a log. Positions in it are dense: 1, 2, 3 … */
export interface ShardRef {
  readonly log: LogName;
  readonly shard: number;
}

/** `name` is unique over all logs, e.g. `instance/prod`. */
export interface StreamRef {
  readonly log: LogName;
  readonly name: string;
}

/** Who did what, from where and why; stored with every event, never holds a secret. */
export interface EventMetadata {
  readonly requestId?: string;
  readonly principal?: string;
  readonly remoteAddress?: string;
  readonly operation?: string;
  /** Id of the event that a reactor answered with this one. */
  readonly causation?: string;
}

/** An event as the append takes it: `data` is its JSON text, exactly as it will be read back. */
export interface NewEvent {
  /** UUIDv7. An append that is sent again with the same first id is recognised, not doubled. */
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: string;
}

export interface RecordedEvent {
  readonly log: LogName;
  readonly shard: number;
  readonly position: number;
  readonly stream: string;
  /** Number of the event in its stream: 1, 2, 3 … */
  readonly version: number;
  readonly id: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** When it was appended; never goes back within a shard. */
  readonly time: Date;
  /** JSON text, byte for byte as appended. */
  readonly data: string;
  readonly metadata: EventMetadata;
}

/** The first answer to an idempotency key, and what it was the answer to. */
export interface IdempotentAnswer {
  readonly key: string;
  /** Hash of the request; the same key with another hash is refused by the caller. */
  readonly requestHash: string;
  /** JSON text. */
  readonly answer: string;
}

/** A data key that comes into being with its instance, wrapped by the master key. */
export interface NewDataKey {
  readonly keyId: string;
  /** The stream whose secrets it seals. */
  readonly owner: string;
  readonly wrapped: Buffer;
}

export interface Append {
  readonly stream: StreamRef;
  /** 0 for a stream that must not exist yet. */
  readonly expectedVersion: number;
  /** May be empty when only an idempotent answer is to be kept. */
  readonly events: readonly NewEvent[];
  readonly metadata: EventMetadata;
  readonly claims?: readonly ClaimChange[];
  readonly idempotency?: IdempotentAnswer;
  readonly dataKey?: NewDataKey;
}

export type AppendOutcome =
  /** `position` and `version` are those of the last event (0 and the expected version when there was none). */
  | { readonly kind: 'appended'; readonly shard: number; readonly position: number; readonly version: number }
  | { readonly kind: 'conflict'; readonly version: number }
  | { readonly kind: 'claimed'; readonly held: readonly HeldClaim[] }
  | { readonly kind: 'replayed'; readonly requestHash: string; readonly answer: string }
  /** The queue of this shard is full; nothing was stored. */
  | { readonly kind: 'busy' };

export interface StreamHead {
  readonly shard: number;
  /** 0 when the stream has no event. */
  readonly version: number;
  readonly position: number;
}

export interface Ledger {
  append(append: Append): Promise<AppendOutcome>;
  /** Events of one stream with a version above `afterVersion`, in order. */
  readStream(stream: StreamRef, afterVersion: number): Promise<readonly RecordedEvent[]>;
  /** At most `limit` events of one shard with a position above `after`, in order, without a gap. */
  readShard(shard: ShardRef, after: number, limit: number): Promise<readonly RecordedEvent[]>;
  streamHead(stream: StreamRef): Promise<StreamHead>;
  shardHead(shard: ShardRef): Promise<number>;
  /** Undefined when the key was never used, or was purged. */
  findAnswer(idempotencyKey: string): Promise<Omit<IdempotentAnswer, 'key'> | undefined>;
  shardOf(stream: StreamRef): ShardRef;
  shards(log: LogName): readonly ShardRef[];
}

/** The ledger cannot be reached; whether the append was stored is settled by sending it again. */
export class LedgerUnavailable extends Error {
  override readonly name = 'LedgerUnavailable';
}
