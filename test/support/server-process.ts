import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLineOf } from '#cli/embedded-postgres/command-line.js';

const PROGRAMS = new URL('../../dist/apps/', import.meta.url);

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A server as a process of its own, as `npm run build` left it. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  readonly stdout: string;
  readonly exited: Promise<Exit>;
  kill(signal: NodeJS.Signals): Promise<Exit>;
}

export interface ServerOptions {
  readonly dataDir: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly gid?: number;
}

/** Resolves when `lakeledger start` says that it is ready; rejects with what it said when it ends before. */
export const startServer = (options: ServerOptions): Promise<ServerProcess> => whenReady(launch('cli', startArguments(options), options));

/** One process of a cluster, configured by its environment. */
export const startClusterProcess = (app: 'api' | 'projector', env: Readonly<Record<string, string>>): Promise<ServerProcess> =>
  whenReady(launch(app, [], { env }));

/** Any command of the CLI, to its end; also a start that is expected to fail. */
export const runCommand = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Exit> =>
  launch('cli', args, { env }).exited;

export const runServer = (options: ServerOptions): Promise<Exit> => launch('cli', startArguments(options), options).exited;

const startArguments = ({ dataDir, args = [] }: ServerOptions): readonly string[] => [
  'start',
  '--port',
  '0',
  '--data-dir',
  dataDir,
  ...args,
];

async function whenReady({ child, exited, output }: Launched): Promise<ServerProcess> {
  const ready = new Promise<string>((resolve) => {
    child.stdout?.on('data', () => {
      const url = /^ready(?: (\S+))?.*\n/m.exec(output.stdout);
      if (url) resolve(url[1] ?? '');
    });
  });
  const first = await Promise.race([ready, exited]);
  if (typeof first !== 'string') throw new Error(`the server ended with ${first.code}: ${first.stderr}`);
  const kill = (signal: NodeJS.Signals): Promise<Exit> => {
    child.kill(signal);
    return exited;
  };
  return { url: first, pid: child.pid ?? 0, stdout: output.stdout, exited, kill };
}

interface Launched {
  readonly child: ChildProcess;
  readonly exited: Promise<Exit>;
  readonly output: { readonly stdout: string; readonly stderr: string };
}

function launch(app: string, args: readonly string[], { env = {}, uid, gid }: Omit<ServerOptions, 'dataDir'>): Launched {
  const output = { stdout: '', stderr: '' };
  const child = spawn(process.execPath, [fileURLToPath(new URL(`${app}/main.js`, PROGRAMS)), ...args], {
    env: { PATH: process.env['PATH'], ...env },
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  });
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, ...output }));
  });
  return { child, exited, output };
}

export interface ServerFolder {
  readonly path: string;
  /** The PostgreSQL that its pid file names; undefined when there is no file. */
  postmasterPid(): number | undefined;
  /** Ends a PostgreSQL that a test left behind, and removes the folder. */
  remove(): Promise<void>;
}

/** A data folder below a parent that only its owner can enter, as `mktemp -d` makes it. */
export async function createServerFolder(): Promise<ServerFolder> {
  const parent = await mkdtemp(join(tmpdir(), 'lakeledger-e2e-'));
  const path = join(parent, 'data');
  const postmasterPid = (): number | undefined => {
    const file = join(path, 'postgres/postmaster.pid');
    return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
  };
  const remove = async (): Promise<void> => {
    const pid = postmasterPid();
    if (pid !== undefined && (await isPostgres(pid))) {
      process.kill(pid, 'SIGQUIT');
      await untilEnded(pid);
    }
    await rm(parent, { recursive: true, force: true });
  };
  return { path, postmasterPid, remove };
}

export const isPostgres = async (pid: number): Promise<boolean> =>
  (await commandLineOf(pid))?.includes('cluster_name=lakeledger') ?? false;

/** Looks again on every turn of the event loop: whatever it waits for is on its way. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}

export const untilEnded = (pid: number): Promise<void> => until(async () => !(await isPostgres(pid)));
