import { exitWith } from '#cli/exit.js';
import { assemble } from '#cli/start/assembly.js';
import { openExistingDatabase } from '#cli/start/open-database.js';
import { openLedger } from '#cli/start/open-events.js';
import { openProjector, openReadModels } from '#cli/start/open-reads.js';
import { stopSignal } from '#cli/start/stop-signal.js';
import { ConfigurationError } from '#configuration/configuration-error.js';
import { readConfiguration } from '#configuration/configuration.js';
import { createLogger } from '#configuration/logger.js';

/** One projector of a cluster. A second one is harmless: the checkpoint lets one batch of the two through. */
async function main(): Promise<void> {
  const toldToStop = stopSignal();
  const configuration = readConfiguration({}, process.env);
  const { databaseUrl } = configuration;
  if (databaseUrl === undefined) throw new ConfigurationError('DATABASE_URL must be set: a projector has no PostgreSQL of its own.');
  const logger = createLogger(configuration.logLevel);
  const projector = await assemble(configuration, logger, async (assembly) => {
    const connectionString = await openExistingDatabase(assembly, databaseUrl);
    const ledger = await openLedger(assembly, connectionString);
    const readModels = await openReadModels(assembly, connectionString);
    openProjector(assembly, ledger, readModels, connectionString);
    return {};
  });
  process.stdout.write('ready\n');
  await toldToStop;
  await projector.stop();
}

await main().then(() => exitWith(undefined), exitWith);
