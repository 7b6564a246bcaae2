import type pg from 'pg';
import { isUnreachable } from './postgres-errors.js';

/**
 * One connection of a pool, kept from query to query: a query on it is written to the socket at once, where one on the
 * pool would wait for a turn of the event loop. A broken connection is given back, and the next query takes another.
 */
export class HeldConnection {
  #client: pg.PoolClient | undefined;

  constructor(
    private readonly pool: pg.Pool,
    private readonly onLost: (error: unknown) => void,
  ) {}

  query<Row extends pg.QueryResultRow>(query: pg.QueryConfig): Promise<pg.QueryResult<Row>> {
    const client = this.#client;
    return client ? this.#run(client, query) : this.#take().then((taken) => this.#run(taken, query));
  }

  /** Gives the connection back, so that the pool can end. */
  release(): void {
    this.#client?.removeAllListeners('error');
    this.#client?.release();
    this.#client = undefined;
  }

  async #take(): Promise<pg.PoolClient> {
    const client = await this.pool.connect();
    // While it is held the pool does not listen; unheard, the loss of an idle connection would end the process.
    client.on('error', (error) => {
      this.onLost(error);
      this.#drop(client);
    });
    this.#client = client;
    return client;
  }

  #run<Row extends pg.QueryResultRow>(client: pg.PoolClient, query: pg.QueryConfig): Promise<pg.QueryResult<Row>> {
    return client.query<Row>(query).catch((error: unknown) => {
      if (isUnreachable(error)) this.#drop(client);
      throw error;
    });
  }

  #drop(client: pg.PoolClient): void {
    if (client !== this.#client) return;
    this.#client = undefined;
    client.release(true);
  }
}
