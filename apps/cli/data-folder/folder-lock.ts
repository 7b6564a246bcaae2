import { unlink } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errorCode } from './error-code.js';

export interface FolderLock {
  release(): Promise<void>;
}

export type LockAttempt =
  | { readonly kind: 'locked'; readonly lock: FolderLock }
  /** `holder` is the pid of the process that has it, where that could be learnt. */
  | { readonly kind: 'held'; readonly holder: number | undefined };

/** Size of `sockaddr_un.sun_path` on Linux; a name of this length means the same to every version of Node. */
const SOCKET_NAME_BYTES = 108;

/**
 * A listening socket is the lock: binding is atomic, and the kernel frees it with the process however that ends
 * (docs/decisions/0011-data-folder-lock-is-a-socket.md). `folderId` names the folder itself, whatever path led to it.
 */
export async function lockFolder(folderId: string): Promise<LockAttempt> {
  const address = lockAddress(folderId);
  const server = await listen(address);
  if (server) return { kind: 'locked', lock: { release: () => close(server) } };
  const holder = await askHolder(address);
  if (holder.kind === 'alive') return { kind: 'held', holder: holder.pid };
  // Only a socket that is a file outlives its process.
  await unlink(address);
  const second = await listen(address);
  return second ? { kind: 'locked', lock: { release: () => close(second) } } : { kind: 'held', holder: undefined };
}

function lockAddress(folderId: string): string {
  const name = `lakeledger-${folderId}`;
  if (process.platform === 'linux') return `\0${name.padEnd(SOCKET_NAME_BYTES - 1, '-')}`;
  return join(tmpdir(), `${name}.lock`);
}

/** Undefined when somebody else has the address. */
function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((visitor) => {
      visitor.on('error', () => visitor.destroy());
      visitor.end(String(process.pid));
    });
    server.once('error', (error) => {
      if (errorCode(error) === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}

type Holder = { readonly kind: 'alive'; readonly pid: number | undefined } | { readonly kind: 'gone' };

/** A holder that is frozen accepts no visitor's question, but it holds the lock all the same. */
const ANSWER_WITHIN_MS = 1_000;

function askHolder(address: string): Promise<Holder> {
  return new Promise((resolve) => {
    const visitor: Socket = connect(address);
    let answer = '';
    const settle = (holder: Holder): void => {
      visitor.destroy();
      resolve(holder);
    };
    visitor.setTimeout(ANSWER_WITHIN_MS, () => settle({ kind: 'alive', pid: undefined }));
    visitor.on('data', (chunk) => (answer += chunk.toString()));
    visitor.on('end', () => settle({ kind: 'alive', pid: Number(answer) || undefined }));
    visitor.on('error', (error) => {
      const stale = errorCode(error) === 'ECONNREFUSED' && !address.startsWith('\0');
      settle(stale ? { kind: 'gone' } : { kind: 'alive', pid: undefined });
    });
  });
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => server.close(() => resolve()));
