import pg from 'pg';
import { APPLIED_CHANNEL, encodeNotice } from '#read-models/checkpoints/applied-channel.js';
import { ProjectionDiverged } from './row-batch/coalesce.js';
import type { BatchStatement } from './row-batch/batch-statements.js';

export interface ProjectionStoreOptions {
  readonly connectionString: string;
  /** Name of the projection in the table of checkpoints. */
  readonly projection: string;
  /** Batches written at the same time: one a shard. */
  readonly connections: number;
}

/** A batch's statements, and the move of the checkpoint that goes with them. */
export interface CheckpointMove {
  readonly shard: number;
  readonly from: number;
  readonly to: number;
}

/** `fenced`: another projector moved the checkpoint first; nothing was changed. */
export type ApplyOutcome = 'applied' | 'fenced';

const SESSION_SETTINGS = [
  // Rows and checkpoint are lost together, if PostgreSQL crashes, and are projected again: no fsync is owed.
  'synchronous_commit=off',
  // Rows are found by key alone. A plan that was kept from when a table was small must not scan it once it is large.
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
];

/** Where a projection's rows and checkpoints are written. Connections are made anew when they break. */
export class ProjectionStore {
  readonly #pool: pg.Pool;
  readonly #names = new Map<string, string>();
  readonly #lostListeners = new Set<() => void>();
  #closed: Promise<void> | undefined;

  constructor(private readonly options: ProjectionStoreOptions) {
    this.#pool = new pg.Pool({
      connectionString: options.connectionString,
      application_name: 'lakeledger projector',
      max: options.connections,
      idleTimeoutMillis: 0,
      // One round trip for the whole batch up to its commit.
      pipeline: true,
      options: SESSION_SETTINGS.map((setting) => `-c ${setting}`).join(' '),
    });
    this.#pool.on('error', () => this.#lostListeners.forEach((listener) => listener()));
    // In use, a broken connection also fails its queries, which is where that is dealt with.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Calls `listener` when a connection breaks while idle. Returns how to stop. */
  onConnectionLost(listener: () => void): () => void {
    this.#lostListeners.add(listener);
    return () => this.#lostListeners.delete(listener);
  }

  /** 0 for a projection that begins. */
  async checkpoint(shard: number): Promise<number> {
    const key = [this.options.projection, shard];
    const found = await this.#pool.query<{ position: string }>(
      'select position from projection.checkpoints where projection = $1 and shard = $2', key);
    if (found.rows[0] !== undefined) return Number(found.rows[0].position);
    await this.#pool.query(
      `insert into projection.checkpoints (projection, shard, position) values ($1, $2, 0)
       on conflict do nothing`, key);
    return this.checkpoint(shard);
  }

  /**
   * Writes the rows of a batch and moves the checkpoint, in one transaction.
   *
   * The move comes first: its row lock makes a second projector wait here, and then find that the position it came
   * from is gone. So no two of them ever write the same batch, not even for a moment.
   *
   * @throws ProjectionDiverged when a statement changed another number of rows than the batch says.
   */
  async apply(move: CheckpointMove, statements: readonly BatchStatement[]): Promise<ApplyOutcome> {
    const client = await this.#pool.connect();
    try {
      const [, moved, ...written] = await settleAll([
        client.query('begin'),
        client.query(this.#moveCheckpoint(move)),
        ...statements.map(({ text, values }) => client.query({ name: this.#nameOf(text), text, values: [...values] })),
      ]);
      if (rowsChanged(moved) !== 1) {
        // The statements behind it were on their way already; whatever became of them goes too.
        await client.query('rollback');
        client.release();
        return 'fenced';
      }
      statements.forEach((statement, i) => assertRows(statement, rowsChanged(written[i])));
      await client.query('commit');
      client.release();
      return 'applied';
    } catch (error) {
      // Closing the connection rolls back, in whatever state it is.
      client.release(true);
      throw error;
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#pool.end();
    return this.#closed;
  }

  #moveCheckpoint({ shard, from, to }: CheckpointMove): pg.QueryConfig {
    const { projection } = this.options;
    return {
      name: 'move-checkpoint',
      text: `with moved as (
          update projection.checkpoints set position = $4
          where projection = $1 and shard = $2 and position = $3 returning 1)
        select pg_notify('${APPLIED_CHANNEL}', $5) from moved`,
      values: [projection, shard, from, to, encodeNotice({ projection, shard, position: to })],
    };
  }

  /** Prepared once per connection; there are few shapes of statement. */
  #nameOf(text: string): string {
    const name = this.#names.get(text) ?? `batch-${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}

type Settled = PromiseSettledResult<pg.QueryResult>;

/** Pipelined statements run on when one before them fails, so each outcome is looked at by itself. */
const settleAll = (queries: readonly Promise<pg.QueryResult>[]): Promise<Settled[]> => Promise.allSettled(queries);

function rowsChanged(settled: Settled | undefined): number {
  if (settled?.status === 'rejected') throw settled.reason;
  return settled?.value.rowCount ?? 0;
}

function assertRows({ text, rows }: BatchStatement, changed: number): void {
  if (rows !== undefined && rows !== changed) {
    throw new ProjectionDiverged(`${changed} rows changed instead of ${rows}: ${text}`);
  }
}
