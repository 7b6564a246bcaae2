import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Cleanup } from '../cleanup.js';
import type { Load, LoadReport } from './load.js';

const PROGRAM = fileURLToPath(new URL('load.process.js', import.meta.url));

/** Loads a server from a process of its own, so that what is timed never waits for the benchmark's own work. */
export async function runLoad(load: Load, cleanup: Cleanup): Promise<LoadReport> {
  const running = promisify(execFile)(process.execPath, [PROGRAM, JSON.stringify(load)]);
  const forget = cleanup.add(async () => void running.child.kill('SIGKILL'));
  try {
    return JSON.parse((await running).stdout) as LoadReport;
  } finally {
    forget();
  }
}
