import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { stopPostmaster, type Postmaster } from './postmaster.js';

export interface Supervisor {
  isRunning(): boolean;
  stop(): Promise<void>;
}

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;

/** Starts the server again whenever it ends by itself, without giving up: later tries are 5 s apart. */
export function supervise(first: Postmaster, restart: () => Promise<Postmaster>, logger: Logger): Supervisor {
  const stopping = new AbortController();
  const isStopping = (): boolean => stopping.signal.aborted;
  let current: Postmaster | undefined = first;

  const keepRunning = async (): Promise<void> => {
    while (current && !isStopping()) {
      await current.exited;
      current = undefined;
      if (isStopping()) return;
      logger.error('PostgreSQL ended by itself and is started again');
      current = await restartUntilUp();
    }
  };

  const restartUntilUp = async (): Promise<Postmaster | undefined> => {
    for (let wait = FIRST_DELAY_MS; !isStopping(); wait = Math.min(2 * wait, LONGEST_DELAY_MS)) {
      try {
        return await restart();
      } catch (error) {
        logger.error({ err: error }, 'PostgreSQL could not be started again');
        await delay(wait, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
    return undefined;
  };

  const loop = keepRunning();
  return {
    isRunning: () => current !== undefined,
    stop: async () => {
      stopping.abort();
      if (current) await stopPostmaster(current);
      await loop;
      // A restart that was under way when the stop came has brought one up after all.
      if (current) await stopPostmaster(current);
    },
  };
}
