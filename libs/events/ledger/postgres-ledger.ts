import pg from 'pg';
import { DEFAULT_APPEND_LIMITS, type AppendQueueLimits } from './append-queue.js';
import type {
  Append,
  AppendOutcome,
  IdempotentAnswer,
  Ledger,
  LogName,
  RecordedEvent,
  ShardRef,
  StreamHead,
  StreamRef,
} from './ledger.js';
import { silentLedgerObserver, type LedgerObserver } from './ledger-observer.js';
import { rethrow } from './postgres-errors.js';
import { RecentEvents } from './recent-events.js';
import { READ_SHARD, READ_STREAM, recordedEvent, type EventRow } from './recorded-events.js';
import { ShardMap } from './shard-map.js';
import { ShardSignals } from './shard-signals.js';
import { ShardWriter } from './shard-writer.js';

export interface PostgresLedgerOptions {
  readonly connectionString: string;
  readonly limits?: Partial<AppendQueueLimits>;
  readonly observer?: LedgerObserver;
  /** Connections for reads; each shard that is written to has one more of its own. Default 8. */
  readonly readConnections?: number;
}

/** A query that hears nothing for this long is on a dead connection (half-open, frozen peer), in ms. */
export const SILENCE_MS = 10_000;

/**
 * The event store on PostgreSQL. Every append is one row-lock away from every other of its shard, inside one SQL
 * function; see migrations/0002-append-events.sql for what it settles and why positions are dense.
 */
export class PostgresLedger implements Ledger {
  readonly signals = new ShardSignals();
  readonly #writers = new Map<number, ShardWriter>();
  /** Kept for the shards that are read in this process. */
  readonly #recent = new Map<number, RecentEvents>();

  private constructor(
    private readonly writes: pg.Pool,
    private readonly reads: pg.Pool,
    private readonly shardMap: ShardMap,
    private readonly limits: AppendQueueLimits,
    private readonly observer: LedgerObserver,
  ) {}

  /** Opens a ledger that `migrateLedger` has prepared. */
  static async open(options: PostgresLedgerOptions): Promise<PostgresLedger> {
    const { connectionString, observer = silentLedgerObserver, readConnections = 8 } = options;
    const connection = { connectionString, keepAlive: true, query_timeout: SILENCE_MS, connectionTimeoutMillis: SILENCE_MS };
    const reads = new pg.Pool({ ...connection, max: readConnections, application_name: 'lakeledger read' });
    reads.on('error', (error) => observer.connectionLost(error));
    const shardMap = await ShardMap.read(reads);
    const writes = new pg.Pool({ ...connection, max: shardMap.size, application_name: 'lakeledger append' });
    writes.on('error', (error) => observer.connectionLost(error));
    const limits = { ...DEFAULT_APPEND_LIMITS, ...options.limits };
    return new PostgresLedger(writes, reads, shardMap, limits, observer);
  }

  /** Appends that were accepted for sending are settled first. */
  async close(): Promise<void> {
    for (const writer of this.#writers.values()) writer.release();
    await Promise.all([this.writes.end(), this.reads.end()]);
  }

  /** Appends waiting in this process, over all shards. */
  get queueLength(): number {
    return [...this.#writers.values()].reduce((sum, { queueLength }) => sum + queueLength, 0);
  }

  get connections(): { readonly total: number; readonly idle: number; readonly waiting: number } {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.reads;
    return { total: total + this.writes.totalCount, idle: idle + this.writes.idleCount, waiting };
  }

  shardOf(stream: StreamRef): ShardRef {
    return this.shardMap.shardOf(stream);
  }

  shards(log: LogName): readonly ShardRef[] {
    return this.shardMap.shards(log);
  }

  append(append: Append): Promise<AppendOutcome> {
    return this.#writerOf(this.shardOf(append.stream)).append(append);
  }

  async readStream(stream: StreamRef, afterVersion: number): Promise<readonly RecordedEvent[]> {
    const shard = this.shardOf(stream);
    const rows = await this.#read<EventRow>(READ_STREAM, [this.shardMap.idOf(shard), stream.name, afterVersion]);
    return rows.map((row) => recordedEvent(shard, row));
  }

  async readShard(shard: ShardRef, after: number, limit: number): Promise<readonly RecordedEvent[]> {
    const id = this.shardMap.idOf(shard);
    const recent = this.#recent.get(id);
    if (recent === undefined) this.#recent.set(id, new RecentEvents());
    const known = recent?.after(after, limit);
    if (known !== undefined) return known;
    const rows = await this.#read<EventRow>(READ_SHARD, [id, after, limit]);
    return rows.map((row) => recordedEvent(shard, row));
  }

  async streamHead(stream: StreamRef): Promise<StreamHead> {
    const shard = this.shardOf(stream);
    const [row] = await this.#read<[number, number]>(
      {
        name: 'stream_head',
        text: `select version::float8, position::float8 from ledger.events
                where shard_id = $1 and stream = $2 order by events.version desc limit 1`,
      },
      [this.shardMap.idOf(shard), stream.name],
    );
    return { shard: shard.shard, version: row?.[0] ?? 0, position: row?.[1] ?? 0 };
  }

  async shardHead(shard: ShardRef): Promise<number> {
    const [row] = await this.#read<[number]>(
      { name: 'shard_head', text: 'select head::float8 from ledger.shards where id = $1' },
      [this.shardMap.idOf(shard)],
    );
    return row?.[0] ?? 0;
  }

  async findAnswer(idempotencyKey: string): Promise<Omit<IdempotentAnswer, 'key'> | undefined> {
    const [row] = await this.#read<[string, string]>(
      {
        name: 'find_answer',
        text: 'select request_hash, answer::text from ledger.idempotency_keys where key = $1',
      },
      [idempotencyKey],
    );
    return row && { requestHash: row[0], answer: row[1] };
  }

  /** The stream that holds a claim. */
  async findClaim(kind: string, key: string): Promise<string | undefined> {
    const [row] = await this.#read<[string]>(
      { name: 'find_claim', text: 'select owner from ledger.claims where kind = $1 and key = $2' },
      [kind, key],
    );
    return row?.[0];
  }

  /** Forgets idempotency keys older than this; returns how many. */
  async purgeAnswers(olderThanMs: number): Promise<number> {
    const { rowCount } = await this.reads.query(
      `delete from ledger.idempotency_keys where created_at < now() - $1 * interval '1 millisecond'`,
      [olderThanMs],
    );
    return rowCount ?? 0;
  }

  #writerOf(shard: ShardRef): ShardWriter {
    const shardId = this.shardMap.idOf(shard);
    const known = this.#writers.get(shardId);
    if (known) return known;
    const { writes: pool, limits, observer } = this;
    const writer = new ShardWriter({
      shard,
      shardId,
      pool,
      limits,
      observer,
      onAppended: (events) => {
        if (events.length === 0) return;
        this.#recent.get(shardId)?.add(events);
        // Those who follow the log come after those who wait for their answers.
        setImmediate(() => this.signals.advanced(shard));
      },
    });
    this.#writers.set(shardId, writer);
    return writer;
  }

  async #read<Row extends unknown[]>(query: { name: string; text: string }, values: unknown[]): Promise<Row[]> {
    try {
      const { rows } = await this.reads.query<Row>({ ...query, values, rowMode: 'array' });
      return rows;
    } catch (error) {
      return rethrow(error);
    }
  }
}
