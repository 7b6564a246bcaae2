import type { Logger } from 'pino';
import type { Configuration } from '#configuration/configuration.js';
import { loadOrCreateMasterKey } from '#events/secrets/master-key-file.js';
import { MasterKey } from '#events/secrets/master-key.js';
import { openDataFolder, type DataFolder } from '../data-folder/data-folder.js';
import { readOrCreateSecret } from '../data-folder/secret-file.js';
import { assemble, type Assembly } from './assembly.js';
import { openApi } from './open-api.js';
import { openEmbeddedDatabase, openExistingDatabase } from './open-database.js';
import { openLedger } from './open-events.js';
import { hearOfApplied, openProjector, openReadModels } from './open-reads.js';

export interface RunningLakeledger {
  /** One for each port, in the order in which they were asked for. */
  readonly urls: readonly string[];
  readonly dataFolder: string;
  readonly connectionString: string;
  /** Finishes the requests in flight, then stops everything in the opposite order of its start. Safe to repeat. */
  stop(): Promise<void>;
}

/**
 * All of Lakeledger in one process, each part on top of the one before it: data folder, PostgreSQL, ledger, read models,
 * projector, api. Rejects with nothing left running.
 */
export const startLakeledger = (configuration: Configuration, logger: Logger): Promise<RunningLakeledger> =>
  assemble(configuration, logger, async (assembly) => {
    const folder = await openFolder(assembly);
    const masterKey = await masterKeyOf(configuration, folder);
    const connectionString = await openDatabase(assembly, folder);
    const ledger = await openLedger(assembly, connectionString);
    const readModels = await openReadModels(assembly, connectionString);
    const applied = configuration.projector
      ? openProjector(assembly, ledger, readModels, connectionString)
      : await hearOfApplied(assembly, readModels, connectionString);
    const { urls } = await openApi(assembly, { openLedger: ledger, readModels, applied, masterKey, connectionString });
    return { urls, dataFolder: folder.path, connectionString };
  });

async function openFolder({ configuration, shutdown }: Assembly): Promise<DataFolder> {
  const folder = await openDataFolder(configuration.dataDir);
  shutdown.add('data folder', () => folder.release());
  if (configuration.adminToken === undefined) await readOrCreateSecret(folder.file('admin.token'));
  return folder;
}

const openDatabase = (assembly: Assembly, folder: DataFolder): Promise<string> => {
  const { databaseUrl } = assembly.configuration;
  return databaseUrl === undefined ? openEmbeddedDatabase(assembly, folder) : openExistingDatabase(assembly, databaseUrl);
};

const masterKeyOf = async ({ masterKey }: Configuration, folder: DataFolder): Promise<MasterKey> =>
  masterKey === undefined ? loadOrCreateMasterKey(folder.file('master.key')) : MasterKey.parse(masterKey);
