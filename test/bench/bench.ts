import type { Cleanup } from './cleanup.js';
import type { PostgresServer } from './servers/postgres-server.js';
import type { Sizes } from './sizes.js';

/** What every figure is given. */
export interface Bench {
  readonly sizes: Sizes;
  /** One for the whole run: a subject and its peer share it. */
  readonly postgres: PostgresServer;
  /** Runs when the figure ends. */
  readonly cleanup: Cleanup;
  /** Arguments to Node for the servers that are started, e.g. for a profile. */
  readonly nodeArguments: readonly string[];
  /** Tells people how far it is. */
  tell(progress: string): void;
}
