import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { lockFolder, type FolderLock } from './folder-lock.js';

const lock = async (id: string): Promise<FolderLock> => {
  const attempt = await lockFolder(id);
  if (attempt.kind === 'held') throw new Error(`held by ${attempt.holder}`);
  return attempt.lock;
};

describe('the lock of a data folder', () => {
  it('is held by one, and names the process that has it', async () => {
    const folder = randomUUID();
    const first = await lock(folder);
    expect(await lockFolder(folder)).toEqual({ kind: 'held', holder: process.pid });
    await first.release();
  });

  it('goes to exactly one of many that ask at once', async () => {
    const folder = randomUUID();
    const attempts = await Promise.all(Array.from({ length: 20 }, () => lockFolder(folder)));
    const locked = attempts.filter((attempt) => attempt.kind === 'locked');
    expect(locked).toHaveLength(1);
    await Promise.all(locked.map((attempt) => attempt.lock.release()));
  });

  it('can be taken again once it is released', async () => {
    const folder = randomUUID();
    await (await lock(folder)).release();
    await (await lock(folder)).release();
  });

  it('of one folder leaves the others alone', async () => {
    const [one, other] = await Promise.all([lock(randomUUID()), lock(randomUUID())]);
    await Promise.all([one.release(), other.release()]);
  });
});
