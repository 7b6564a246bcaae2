import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '../data-folder/error-code.js';
import type { PostgresBinaries } from './binaries.js';
import { openCluster } from './cluster-access.js';
import { commandLineOf } from './command-line.js';
import { readPidFile } from './postmaster-pid-file.js';
import type { SystemAccount } from './system-account.js';

/** A running PostgreSQL server, whether this process started it or found it. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<void>;
}

/** All that one start of the server needs but the port. */
export interface ServerPlan {
  readonly cluster: string;
  readonly binaries: PostgresBinaries;
  readonly account: SystemAccount | undefined;
  readonly settings: readonly string[];
  /** Takes what the server says before its own log is open. */
  readonly startLog: string;
}

const POLL_MS = 20;
const FAST_SHUTDOWN_MS = 30_000;

/**
 * Starts the server and waits until it accepts connections, as long as it is alive: recovery after a crash may take its
 * time. In a session of its own, so that Ctrl-C in a terminal reaches us alone and we decide when it stops.
 */
export async function spawnPostmaster(plan: ServerPlan, port: number): Promise<Postmaster> {
  const access = await openCluster(plan.cluster, plan.account);
  const startLog = await open(plan.startLog, 'a', 0o600);
  try {
    const child = spawn(plan.binaries.postgres, ['-D', access.path, '-p', String(port), ...plan.settings], {
      ...plan.account,
      cwd: '/',
      detached: true,
      stdio: ['ignore', 'ignore', startLog.fd, ...access.inherited],
    });
    const exited = new Promise<void>((resolve, reject) => {
      child.once('exit', () => resolve());
      child.once('error', reject);
    });
    child.unref();
    if (child.pid === undefined) throw await exited.then(() => new Error('PostgreSQL did not start.'));
    const postmaster = { pid: child.pid, port, exited };
    await untilReady(plan, postmaster);
    return postmaster;
  } finally {
    await access.close();
    await startLog.close();
  }
}

/** Takes over a server that outlived the process that started it. Its end shows by looking, it is not our child. */
export async function adoptPostmaster(plan: ServerPlan, pid: number, port: number): Promise<Postmaster> {
  const postmaster = { pid, port, exited: pollForEnd(pid) };
  await untilReady(plan, postmaster);
  return postmaster;
}

/** Fast shutdown: transactions are rolled back, everything is checkpointed. Past 30 s, the way that recovers at the next start. */
export async function stopPostmaster(postmaster: Pick<Postmaster, 'pid' | 'exited'>): Promise<void> {
  signal(postmaster.pid, 'SIGINT');
  // A timer that is not unreferenced, unlike the child: it also keeps us here until the server has ended.
  const patience = setInterval(() => signal(postmaster.pid, 'SIGQUIT'), FAST_SHUTDOWN_MS);
  await postmaster.exited;
  clearInterval(patience);
}

/** Resolves when no process of this number lives any more. */
export async function pollForEnd(pid: number): Promise<void> {
  while ((await commandLineOf(pid)) !== undefined) await delay(POLL_MS * 5, undefined, { ref: false });
}

async function untilReady(plan: ServerPlan, postmaster: Postmaster): Promise<void> {
  const end = postmaster.exited.then(() => true);
  for (;;) {
    const file = await readPidFile(plan.cluster);
    if (file?.pid === postmaster.pid && file.status === 'ready') return;
    const ended = await Promise.race([end, delay(POLL_MS, false)]);
    if (ended) throw new Error(`PostgreSQL ended before it was ready: see ${plan.startLog} and ${plan.cluster}/log.`);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
