import type { Configuration } from '#configuration/configuration.js';
import { createLogger } from '#configuration/logger.js';
import { startLakeledger } from './lakeledger.js';
import { stopSignal } from './stop-signal.js';
import { welcome } from './welcome.js';

/** Runs everything in this process until it is told to stop. */
export async function start(configuration: Configuration): Promise<void> {
  // From the first moment: a stop that comes while the parts start takes effect once they are there to be stopped.
  const toldToStop = stopSignal();
  const logger = createLogger(configuration.logLevel);
  const running = await startLakeledger(configuration, logger);
  console.log(welcome(running, configuration));
  const signal = await toldToStop;
  logger.info({ signal }, 'stopping');
  await running.stop();
}
