import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { ConfigurationError } from '#configuration/configuration-error.js';
import type { DataFolder } from '../data-folder/data-folder.js';
import { readOrCreateSecret } from '../data-folder/secret-file.js';
import { findBinaries } from './binaries.js';
import { ensureDatabase, type DatabaseAddress } from './database.js';
import { initialiseCluster, SUPERUSER } from './initialise-cluster.js';
import { findOrphan } from './orphan.js';
import { clusterIdentity, settingArguments } from './postgres-settings.js';
import { adoptPostmaster, spawnPostmaster, stopPostmaster, type Postmaster, type ServerPlan } from './postmaster.js';
import { supervise } from './supervise.js';
import { postgresAccount } from './system-account.js';

export interface EmbeddedPostgres {
  /** Holds the password: never log it. The same for as long as the process lives, across restarts of the server. */
  readonly connectionString: string;
  /** False from the moment the server is found dead until it accepts connections again. */
  isRunning(): boolean;
  /** A fast shutdown; resolves when the server has ended. */
  stop(): Promise<void>;
}

const START_TRIES = 5;
const FIRST_RETRY_MS = 100;

/** The PostgreSQL of one data folder: made at the first start, adopted if it outlived its process, kept running until `stop`. */
export async function startEmbeddedPostgres(folder: DataFolder, logger: Logger): Promise<EmbeddedPostgres> {
  const preparation = await prepare(folder);
  const postmaster = await firstStart(preparation, logger);
  const address: DatabaseAddress = { port: postmaster.port, user: SUPERUSER, password: preparation.password };
  const connectionString = await ensureDatabase(address).catch(async (error: unknown) => {
    await stopPostmaster(postmaster);
    throw error;
  });
  const supervisor = supervise(postmaster, () => adoptOrSpawn(preparation, logger, postmaster.port), logger);
  return { connectionString, isRunning: () => supervisor.isRunning(), stop: () => supervisor.stop() };
}

interface Preparation {
  readonly plan: ServerPlan;
  readonly identity: string;
  readonly password: string;
}

async function prepare(folder: DataFolder): Promise<Preparation> {
  const cluster = folder.file('postgres');
  const account = await postgresAccount();
  const binaries = await findBinaries(account);
  const passwordFile = folder.file('postgres.password');
  const isNew = !existsSync(cluster);
  if (!isNew && !existsSync(passwordFile)) {
    throw new ConfigurationError(`${passwordFile} is missing, and with it the way into ${cluster}: put it back from a backup.`);
  }
  const password = await readOrCreateSecret(passwordFile);
  await mkdir(folder.file('logs'), { recursive: true, mode: 0o700 });
  if (isNew) await initialiseCluster({ folder: cluster, password, binaries, account });
  const identity = clusterIdentity(folder.id);
  const startLog = folder.file('logs/postgres-start.log');
  return { plan: { cluster, binaries, account, settings: settingArguments(identity), startLog }, identity, password };
}

/** `port` is fixed once connections were told of it, else any free one. */
async function adoptOrSpawn({ plan, identity }: Preparation, logger: Logger, port?: number): Promise<Postmaster> {
  const orphan = await findOrphan(plan, identity);
  if (!orphan) return spawnPostmaster(plan, port ?? (await freePort()));
  logger.info(orphan, 'PostgreSQL outlived its last owner and is taken over');
  return adoptPostmaster(plan, orphan.pid, orphan.port);
}

/** The port may be taken between the look and the start, and workers of a killed server may need a moment to leave. */
async function firstStart(preparation: Preparation, logger: Logger): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await adoptOrSpawn(preparation, logger);
    } catch (error) {
      if (attempt === START_TRIES) throw error;
      logger.warn({ err: error, attempt }, 'PostgreSQL did not start, trying again');
      await delay(FIRST_RETRY_MS * 2 ** attempt);
    }
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
