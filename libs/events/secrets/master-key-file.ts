import { link, open, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MasterKey, UnusableMasterKey } from './master-key.js';
import { randomSlice } from './random-pool.js';

/** Bits that let anyone but the owner at the file. */
const OTHERS = 0o077;

/**
 * The master key in the file `path`, made up and stored (mode 0600) when there is none. Processes that start at the
 * same moment come away with one key.
 *
 * @throws {UnusableMasterKey} when others may read the file, or it holds no key.
 */
export async function loadOrCreateMasterKey(path: string): Promise<MasterKey> {
  const existing = await loadMasterKey(path);
  if (existing !== undefined) return existing;
  await createMasterKey(path);
  const created = await loadMasterKey(path);
  if (created === undefined)
    throw new UnusableMasterKey(`the master key file ${path} vanished while it was being made`);
  return created;
}

async function loadMasterKey(path: string): Promise<MasterKey | undefined> {
  const file = await openIfThere(path);
  if (file === undefined) return undefined;
  try {
    const { mode } = await file.stat();
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
      throw new UnusableMasterKey(
        `others may read or change the master key file ${path} (mode ${(mode & 0o777).toString(8)}); ` +
          `run: chmod 600 ${path}`,
      );
    }
    return MasterKey.parse(await file.readFile('utf8'), `the master key file ${path}`);
  } finally {
    await file.close();
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * The file appears whole, under its name, or not at all, and never takes the place of another: a link does both,
 * where a rename would overwrite the key of a process that came first. On disk before a secret depends on it.
 */
async function createMasterKey(path: string): Promise<void> {
  const draft = `${path}.${randomSlice(6).toString('hex')}`;
  try {
    await writeDurably(draft, MasterKey.random().toFileText());
    await link(draft, path).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(dirname(path));
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A new name is durable once its folder is; Windows has no such call, and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
