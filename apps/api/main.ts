import { exitWith } from '#cli/exit.js';
import { assemble } from '#cli/start/assembly.js';
import { openApi } from '#cli/start/open-api.js';
import { openExistingDatabase } from '#cli/start/open-database.js';
import { openLedger } from '#cli/start/open-events.js';
import { hearOfApplied, openReadModels } from '#cli/start/open-reads.js';
import { stopSignal } from '#cli/start/stop-signal.js';
import { ConfigurationError } from '#configuration/configuration-error.js';
import { readConfiguration } from '#configuration/configuration.js';
import { createLogger } from '#configuration/logger.js';
import { MasterKey } from '#events/secrets/master-key.js';

/** One api of a cluster: any number of them share a database and a master key; projectors run elsewhere. */
async function main(): Promise<void> {
  const toldToStop = stopSignal();
  const configuration = readConfiguration({}, process.env);
  const { databaseUrl, masterKey } = configuration;
  if (databaseUrl === undefined) throw new ConfigurationError('DATABASE_URL must be set: an api has no PostgreSQL of its own.');
  if (masterKey === undefined) throw new ConfigurationError('MASTER_KEY must be set: every api of a database needs the same.');
  const logger = createLogger(configuration.logLevel);
  const api = await assemble(configuration, logger, async (assembly) => {
    const connectionString = await openExistingDatabase(assembly, databaseUrl);
    const ledger = await openLedger(assembly, connectionString);
    const readModels = await openReadModels(assembly, connectionString);
    const applied = await hearOfApplied(assembly, readModels, connectionString);
    return openApi(assembly, { openLedger: ledger, readModels, applied, masterKey: MasterKey.parse(masterKey), connectionString });
  });
  process.stdout.write(`ready ${api.urls.join(' ')}\n`);
  await toldToStop;
  await api.stop();
}

await main().then(() => exitWith(undefined), exitWith);
