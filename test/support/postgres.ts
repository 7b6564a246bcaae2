import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  readonly connectionString: string;
  drop(): Promise<void>;
}

async function administer(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** An empty database on the run's PostgreSQL. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer((client) => client.query(`create database ${name}`));
  const url = new URL(inject('postgresUrl'));
  url.pathname = `/${name}`;
  return { connectionString: url.href, drop: () => administer((client) => dropWhenLeft(client, name)) };
}

/**
 * A pool has ended before the server has noticed that its sessions have; cutting one off then would be an error that
 * nobody listens for any more. So the sessions get a second to leave, and only what is left after it is cut off.
 */
async function dropWhenLeft(client: pg.Client, name: string): Promise<void> {
  for (let look = 0; look < 50; look += 1) {
    const { rowCount } = await client.query('select from pg_stat_activity, pg_sleep(0.02) where datname = $1', [name]);
    if (rowCount === 0) break;
  }
  await client.query(`drop database ${name} with (force)`);
}
