import { constants } from 'node:os';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** Ctrl-C under `npm start` comes twice: from the terminal to the whole group, and passed on by npm. */
const SAME_REQUEST_MS = 1_000;

/**
 * Resolves at the first request to stop; a second one ends the process where it stands, which loses nothing that was
 * acknowledged: the next start takes over what it left.
 */
export function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let askedAt: number | undefined;
    for (const signal of SIGNALS) {
      process.on(signal, () => {
        askedAt ??= performance.now();
        if (performance.now() - askedAt > SAME_REQUEST_MS) process.exit(128 + constants.signals[signal]);
        resolve(signal);
      });
    }
  });
}
