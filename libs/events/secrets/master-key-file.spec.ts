import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadOrCreateMasterKey } from './master-key-file.js';
import { MasterKey, UnusableMasterKey } from './master-key.js';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'master-key-'));
  path = join(folder, 'master.key');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const fingerprintOf = async (): Promise<string> => (await loadOrCreateMasterKey(path)).fingerprint();

describe('the master key file', () => {
  it('is made once, for its owner alone, with nothing left beside it', async () => {
    const first = await fingerprintOf();
    expect(await fingerprintOf()).toBe(first);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['master.key']);
  });

  it('holds one key for all who start at the same moment', async () => {
    const fingerprints = await Promise.all(Array.from({ length: 20 }, fingerprintOf));
    expect(new Set(fingerprints).size).toBe(1);
    expect(await readdir(folder)).toEqual(['master.key']);
  });

  it('takes a key that was put there by hand', async () => {
    const hex = 'ab'.repeat(32);
    await writeFile(path, hex, { mode: 0o600 });
    expect(await fingerprintOf()).toBe(MasterKey.parse(hex).fingerprint());
  });

  it.each([0o640, 0o604, 0o620, 0o644])(
    'is refused while others can get at it (mode %o), and says what to do',
    async (mode) => {
      await loadOrCreateMasterKey(path);
      await chmod(path, mode);
      const refused = loadOrCreateMasterKey(path);
      await expect(refused).rejects.toThrow(UnusableMasterKey);
      await expect(refused).rejects.toThrow(`chmod 600 ${path}`);
    },
  );

  it('is refused when it holds no key; it is neither shown nor replaced', async () => {
    await writeFile(path, 'hunter2', { mode: 0o600 });
    const refused = loadOrCreateMasterKey(path);
    await expect(refused).rejects.toThrow(`the master key file ${path} must be 32 bytes`);
    await expect(refused).rejects.not.toThrow('hunter2');
    expect(await readFile(path, 'utf8')).toBe('hunter2');
  });

  it('fails as the file system does when its folder is missing', async () => {
    await expect(loadOrCreateMasterKey(join(folder, 'none', 'master.key'))).rejects.toThrow('ENOENT');
  });
});
