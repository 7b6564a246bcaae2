import { CommanderError } from 'commander';
import { ConfigurationError } from '#configuration/configuration-error.js';

/** The caller can mend it: another flag, variable or folder. */
const MISUSED = 2;
const FAILED = 1;

/**
 * Ends the process, with one sentence on stderr when something stood in the way. At once: what a failed start has left
 * open must not keep it alive.
 */
export function exitWith(error: unknown): never {
  if (error === undefined) process.exit(0);
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exit(error instanceof ConfigurationError || error instanceof CommanderError ? MISUSED : FAILED);
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message.replace(/^error: /, '');
  return error.cause instanceof Error && !message.includes(error.cause.message) ? `${message} (${error.cause.message})` : message;
}
