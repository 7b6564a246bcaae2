import pg from 'pg';
import { down, up } from '#api/health/health.js';
import { ConfigurationError } from '#configuration/configuration-error.js';
import type { DataFolder } from '../data-folder/data-folder.js';
import { startEmbeddedPostgres } from '../embedded-postgres/embedded-postgres.js';
import type { Assembly } from './assembly.js';

const OLDEST_SERVER = 150_000;

/** The embedded PostgreSQL of the data folder, kept running until the process stops. Gives its connection string. */
export async function openEmbeddedDatabase(assembly: Assembly, folder: DataFolder): Promise<string> {
  const { logger, shutdown, checks } = assembly;
  const postgres = await startEmbeddedPostgres(folder, logger);
  shutdown.add('PostgreSQL', () => postgres.stop());
  checks.push({
    component: 'postgres',
    required: true,
    check: () => (postgres.isRunning() ? up : down('ended by itself and is being started again')),
  });
  return postgres.connectionString;
}

/** An existing PostgreSQL, refused when it cannot be reached or is too old. Gives its connection string. */
export async function openExistingDatabase(assembly: Assembly, databaseUrl: string): Promise<string> {
  const version = await serverVersion(databaseUrl);
  if (version < OLDEST_SERVER) {
    throw new ConfigurationError(`DATABASE_URL leads to a PostgreSQL ${Math.floor(version / 10_000)}: it must be 15 or later.`);
  }
  assembly.checks.push({ component: 'postgres', required: true, check: async () => ((await serverVersion(databaseUrl)) > 0 ? up : down('gives no version')) });
  return databaseUrl;
}

async function serverVersion(connectionString: string): Promise<number> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000, application_name: 'lakeledger health' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(`select current_setting('server_version_num')::int as version`);
    return rows[0]?.version ?? 0;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(`DATABASE_URL leads to no PostgreSQL that answers (${reason}).`, { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
}
