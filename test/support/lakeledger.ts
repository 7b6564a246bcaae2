import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { MetaServiceClient } from '#api/meta-service/meta-service-client.testing.js';
import { startLakeledger } from '#cli/start/lakeledger.js';
import { readConfiguration } from '#configuration/configuration.js';
import type { Environment } from '#configuration/setting.js';
import { createTestDatabase, type TestDatabase } from './postgres.js';

const TOKEN = 'greedisgood9999';

export interface TestLakeledger {
  readonly url: string;
  readonly connectionString: string;
  readonly metaService: MetaServiceClient;
  stop(): Promise<void>;
}

/**
 * All of Lakeledger in this process, on a free port, with a data folder of its own, and with a database of its own
 * unless `DATABASE_URL` names that of another.
 */
export async function startTestLakeledger(environment: Environment = {}): Promise<TestLakeledger> {
  const database = await databaseOf(environment);
  const { connectionString } = database;
  const folder = await mkdtemp(join(tmpdir(), 'lakeledger-test-'));
  const configuration = readConfiguration(
    {},
    { PORT: '0', DATA_DIR: folder, DATABASE_URL: connectionString, META_SERVICE_TOKEN: TOKEN, ...environment },
  );
  const running = await startLakeledger(configuration, pino({ level: 'silent' }));
  const [url = ''] = running.urls;
  return {
    url,
    connectionString,
    metaService: new MetaServiceClient(url, TOKEN),
    stop: async () => {
      await running.stop();
      await database.drop();
      await rm(folder, { recursive: true });
    },
  };
}

async function databaseOf({ DATABASE_URL: shared }: Environment): Promise<TestDatabase> {
  return shared === undefined ? createTestDatabase() : { connectionString: shared, drop: async () => undefined };
}
