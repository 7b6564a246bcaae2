import pg from 'pg';

export interface DatabaseAddress {
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

const DATABASE = 'lakeledger';

/** Creates our database in the cluster unless it is there, and says how to connect to it. */
export async function ensureDatabase(address: DatabaseAddress): Promise<string> {
  const client = new pg.Client({ connectionString: connectionString(address, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
  return connectionString(address, DATABASE);
}

function connectionString({ port, user, password }: DatabaseAddress, database: string): string {
  const url = new URL(`postgresql://127.0.0.1:${String(port)}/${database}`);
  url.username = user;
  url.password = password;
  return url.href;
}
