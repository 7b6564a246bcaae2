import { mkdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '#configuration/configuration-error.js';
import { lockFolder, type FolderLock } from './folder-lock.js';

/** The folder that one server owns: embedded PostgreSQL, generated secrets, logs. */
export interface DataFolder {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** The folder itself, under whatever path: the device and the inode. */
  readonly id: string;
  file(name: string): string;
  release(): Promise<void>;
}

/** Makes the folder if need be, readable by its owner alone, and holds its lock until `release`. */
export async function openDataFolder(path: string): Promise<DataFolder> {
  const real = await ensureFolder(path);
  const { dev, ino } = await stat(real);
  const id = `${String(dev)}-${String(ino)}`;
  const lock = await takeLock(real, id);
  return { path: real, id, file: (name) => join(real, name), release: () => lock.release() };
}

async function ensureFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    return await realpath(path);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(`The data folder ${path} cannot be used (${reason}): choose another with --data-dir.`, { cause });
  }
}

async function takeLock(path: string, id: string): Promise<FolderLock> {
  const attempt = await lockFolder(id);
  if (attempt.kind === 'locked') return attempt.lock;
  const holder = attempt.holder === undefined ? 'Another server' : `Another server (process ${String(attempt.holder)})`;
  throw new ConfigurationError(`${holder} is running on the data folder ${path}: stop it, or choose another with --data-dir.`);
}
