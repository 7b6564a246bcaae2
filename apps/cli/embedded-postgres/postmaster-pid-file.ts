import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../data-folder/error-code.js';

/** What PostgreSQL writes into `postmaster.pid` in its data folder, line by line, as its start proceeds. */
export interface PostmasterPidFile {
  readonly pid: number;
  /** Absent in the first moments of a start. */
  readonly port?: number;
  readonly status: 'starting' | 'ready' | 'stopping';
}

const PORT_LINE = 3;
const STATUS_LINE = 7;

export async function readPidFile(cluster: string): Promise<PostmasterPidFile | undefined> {
  const text = await readFile(pidFile(cluster), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  });
  return parsePidFile(text);
}

/** Undefined for a file that names no process: PostgreSQL has only just created it. */
export function parsePidFile(text: string): PostmasterPidFile | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  const port = Number(lines[PORT_LINE]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  const status = lines[STATUS_LINE];
  return {
    pid,
    ...(port > 0 ? { port } : {}),
    status: status === 'ready' || status === 'stopping' ? status : 'starting',
  };
}

/**
 * PostgreSQL replaces a pid file whose process is gone, but takes any process of the same number for its own: a zombie
 * that no init reaps, or a stranger. For the caller that knows better. Shared memory still guards the cluster's files.
 */
export const removePidFile = (cluster: string): Promise<void> => rm(pidFile(cluster), { force: true });

const pidFile = (cluster: string): string => join(cluster, 'postmaster.pid');
