import { commandLineOf } from './command-line.js';
import { readPidFile, removePidFile } from './postmaster-pid-file.js';
import { pollForEnd, stopPostmaster, type ServerPlan } from './postmaster.js';

/** A server that outlived the process which started it and can be used as it is. */
export interface Orphan {
  readonly pid: number;
  readonly port: number;
}

/**
 * Looks for a server that a killed process left on this cluster. One with today's program and settings is returned to
 * be adopted; one with others is stopped cleanly. The caller holds the data folder's lock, so no living process owns it.
 */
export async function findOrphan(plan: ServerPlan, identity: string): Promise<Orphan | undefined> {
  const file = await readPidFile(plan.cluster);
  if (!file) return undefined;
  const commandLine = await commandLineOf(file.pid);
  if (!isServerOf(commandLine, identity)) {
    await removePidFile(plan.cluster);
    return undefined;
  }
  const { pid, port } = file;
  const wanted = [plan.binaries.postgres, ...plan.settings].every((argument) => commandLine.includes(argument));
  if (wanted && port !== undefined && file.status !== 'stopping') return { pid, port };
  await stopPostmaster({ pid, exited: pollForEnd(pid) });
  return undefined;
}

/** Whoever has the pid now may be a stranger that got the number after the server ended. */
const isServerOf = (commandLine: string | undefined, identity: string): commandLine is string =>
  commandLine?.includes(`cluster_name=${identity}`) ?? false;
