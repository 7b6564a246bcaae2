import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A PostgreSQL that stands still, connections and all, as when its disk or its machine hangs. */
export interface FrozenPostgres {
  thaw(): void;
}

/** Stops the postmaster first, so that it starts nothing more, then everything that it has started. */
export async function freezePostgres(postmaster: number): Promise<FrozenPostgres> {
  process.kill(postmaster, 'SIGSTOP');
  const { stdout } = await run('pgrep', ['-P', String(postmaster)]);
  const children = stdout.split('\n').filter(Boolean).map(Number);
  for (const pid of children) process.kill(pid, 'SIGSTOP');
  // The postmaster last: until it goes on, no child is reaped and no number given to another process.
  return { thaw: () => [...children, postmaster].forEach((pid) => process.kill(pid, 'SIGCONT')) };
}
