import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPidFile } from '#cli/embedded-postgres/postmaster-pid-file.js';
import { SUPERUSER } from '#cli/embedded-postgres/initialise-cluster.js';

/** The way into the embedded PostgreSQL of a data folder, beside the server that runs on it. */
export async function embeddedDatabaseOf(dataFolder: string): Promise<string> {
  const pidFile = await readPidFile(join(dataFolder, 'postgres'));
  if (pidFile?.port === undefined) throw new Error(`no PostgreSQL runs on ${dataFolder}`);
  const url = new URL(`postgresql://127.0.0.1:${pidFile.port}/lakeledger`);
  url.username = SUPERUSER;
  url.password = (await readFile(join(dataFolder, 'postgres.password'), 'utf8')).trim();
  return url.href;
}
