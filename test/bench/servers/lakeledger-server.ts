import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Cleanup } from '../cleanup.js';

const PROGRAM = fileURLToPath(new URL('../../../apps/cli/main.js', import.meta.url));
/** What package.json gives to Node for every process of Lakeledger. */
const NODE_ARGUMENTS = ['--max-semi-space-size=32'];
const KIB_A_MB = 1_000_000 / 1_024;
/** Of `/proc/<pid>/stat`, after the name: user and system time, in ticks that Linux tells programs as 100 a second. */
const USER_TIME = 11;
const SYSTEM_TIME = 12;
const TICKS_A_SECOND = 100;

export interface LakeledgerOptions {
  readonly dataDir: string;
  /** Without it the server starts the PostgreSQL of its data folder. */
  readonly databaseUrl?: string;
  /** Arguments to Node itself. */
  readonly nodeArguments?: readonly string[];
}

/** A server as a user starts it: `lakeledger start`, in a process of its own. */
export class LakeledgerServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    /** From the start of the process to the line that says that it is ready. */
    readonly readyAfterMs: number,
  ) {}

  static async start(options: LakeledgerOptions, cleanup: Cleanup): Promise<LakeledgerServer> {
    const { dataDir, databaseUrl, nodeArguments = [] } = options;
    const startedAt = performance.now();
    const node = [...NODE_ARGUMENTS, ...nodeArguments];
    const child = spawn(process.execPath, [...node, PROGRAM, 'start', '--port', '0', '--data-dir', dataDir], {
      env: { ...process.env, LOG_LEVEL: 'warn', ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }) },
      stdio: ['ignore', 'pipe', 'inherit'],
      // Ctrl-C reaches the benchmark alone: a second signal would make the server leave its PostgreSQL behind.
      detached: true,
    });
    const stop = (): Promise<void> => stopProcess(child);
    cleanup.add(stop);
    for await (const line of createInterface({ input: child.stdout })) {
      const port = /^ready http:\/\/.*:(\d+)$/.exec(line)?.[1];
      if (port !== undefined) return new LakeledgerServer(child, Number(port), performance.now() - startedAt);
    }
    throw new Error('lakeledger start ended before it was ready');
  }

  /** Resident memory, in MB (10^6 bytes). */
  async residentMb(): Promise<number> {
    const status = await readFile(`/proc/${String(this.child.pid)}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / KIB_A_MB;
  }

  /** What the process has taken of the processors so far, in seconds. */
  async cpuSeconds(): Promise<number> {
    const stat = await readFile(`/proc/${String(this.child.pid)}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) / TICKS_A_SECOND;
  }

  stop(): Promise<void> {
    return stopProcess(this.child);
  }
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
