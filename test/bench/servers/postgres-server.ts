import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { openDataFolder } from '#cli/data-folder/data-folder.js';
import { startEmbeddedPostgres } from '#cli/embedded-postgres/embedded-postgres.js';
import { createLogger } from '#configuration/logger.js';
import type { Cleanup } from '../cleanup.js';

/** A PostgreSQL just as Lakeledger embeds it: the same binaries, the same settings, fsync on. */
export class PostgresServer {
  private constructor(private readonly connectionString: string) {}

  /** On a data folder that `lakeledger start --data-dir` can take over afterwards. */
  static async start(folder: string, cleanup: Cleanup): Promise<{ server: PostgresServer; stop: () => Promise<void> }> {
    const dataFolder = await openDataFolder(folder);
    const embedded = await startEmbeddedPostgres(dataFolder, createLogger('silent'));
    const stop = async (): Promise<void> => {
      await embedded.stop();
      await dataFolder.release();
    };
    const forget = cleanup.add(stop);
    return {
      server: new PostgresServer(embedded.connectionString),
      stop: () => {
        forget();
        return stop();
      },
    };
  }

  /** The database that Lakeledger itself would use on this server. */
  get ownDatabase(): string {
    return this.connectionString;
  }

  async createDatabase(cleanup: Cleanup): Promise<string> {
    const name = `bench_${randomBytes(6).toString('hex')}`;
    await this.execute(`create database ${name}`);
    cleanup.add(() => this.execute(`drop database ${name} with (force)`));
    const url = new URL(this.connectionString);
    url.pathname = `/${name}`;
    return url.href;
  }

  async version(): Promise<string> {
    const { rows } = await query<{ server_version: string }>(this.connectionString, 'show server_version');
    return rows[0]?.server_version ?? '';
  }

  /** Before a round, so that no round pays for what the one before it left to be written out. */
  async checkpoint(): Promise<void> {
    await this.execute('checkpoint');
  }

  private async execute(statement: string): Promise<void> {
    await query(this.connectionString, statement);
  }
}

/** One statement on a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(
  connectionString: string,
  statement: string,
  values: readonly unknown[] = [],
): Promise<pg.QueryResult<Row>> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await client.query<Row>(statement, [...values]);
  } finally {
    await client.end();
  }
}
