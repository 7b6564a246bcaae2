import { ConfigurationError } from '#configuration/configuration-error.js';
import type { Configuration } from '#configuration/configuration.js';
import { createLogger } from '#configuration/logger.js';
import { rebuildInstances } from '#projector/rebuild-instances.js';
import { openDataFolder } from '../data-folder/data-folder.js';
import { assemble, type Assembly } from '../start/assembly.js';
import { openEmbeddedDatabase, openExistingDatabase } from '../start/open-database.js';
import { openLedger } from '../start/open-events.js';
import { openReadModels } from '../start/open-reads.js';

const REPORT_EVERY_MS = 1_000;

/** Empties the read model of instances and fills it from the ledger. Beside a running server with `--database-url` only. */
export async function rebuildInstancesCommand(configuration: Configuration): Promise<void> {
  const startedAt = performance.now();
  const rebuilt = await assemble(configuration, createLogger(configuration.logLevel), async (assembly) => {
    const connectionString = await openDatabase(assembly);
    const { ledger, source } = await openLedger(assembly, connectionString);
    const readModels = await openReadModels(assembly, connectionString);
    const events = await rebuildInstances({ readModels, connectionString, ledger, source, onProgress: reporter() });
    return { events };
  });
  await rebuilt.stop();
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(`rebuilt the read model of instances from ${rebuilt.events} events in ${seconds.toFixed(1)} s`);
}

async function openDatabase(assembly: Assembly): Promise<string> {
  const { databaseUrl, dataDir } = assembly.configuration;
  if (databaseUrl !== undefined) return openExistingDatabase(assembly, databaseUrl);
  const folder = await openDataFolder(dataDir).catch((error: unknown) => {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(`${error.message} Only a ledger behind --database-url can be rebuilt while it is served.`, { cause: error });
  });
  assembly.shutdown.add('data folder', () => folder.release());
  return openEmbeddedDatabase(assembly, folder);
}

function reporter(): (progress: { readonly applied: number; readonly total: number }) => void {
  let reportedAt = 0;
  return ({ applied, total }) => {
    const now = performance.now();
    if (now - reportedAt < REPORT_EVERY_MS) return;
    reportedAt = now;
    console.log(`${applied} of ${total} events`);
  };
}
