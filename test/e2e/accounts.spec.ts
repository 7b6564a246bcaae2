import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServerFolder, startServer, type ServerFolder } from '#test/support/server-process.js';

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** A clone below `/root` cannot be entered by anybody else. */
const canRunAsNobody = (): boolean => {
  if (!isRoot) return false;
  try {
    execFileSync(process.execPath, ['--version'], { uid: NOBODY, gid: NOBODY, cwd: process.cwd() });
    execFileSync('/bin/ls', [join(process.cwd(), 'dist')], { uid: NOBODY, gid: NOBODY, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

let folder: ServerFolder;

beforeEach(async () => {
  folder = await createServerFolder();
});

afterEach(() => folder.remove());

describe('the embedded PostgreSQL', () => {
  it.runIf(isRoot)('is not run by root, and needs no permission that root did not have', async () => {
    const server = await startServer({ dataDir: folder.path });
    expect((await stat(join(folder.path, 'postgres'))).uid).not.toBe(0);
    expect((await stat(dirname(folder.path))).mode & 0o777).toBe(0o700);
    await server.kill('SIGTERM');
  });

  it.runIf(canRunAsNobody())('is run by an ordinary user as that user', async () => {
    await chown(dirname(folder.path), NOBODY, NOBODY);
    const server = await startServer({ dataDir: folder.path, uid: NOBODY, gid: NOBODY });
    expect((await stat(join(folder.path, 'postgres'))).uid).toBe(NOBODY);
    expect((await server.kill('SIGTERM')).code).toBe(0);
  });

  it('serves from a data folder that was there before, open to others, and keeps its secrets closed', async () => {
    await mkdir(folder.path);
    await chmod(folder.path, 0o755);
    const server = await startServer({ dataDir: folder.path });
    for (const secret of ['admin.token', 'master.key', 'postgres.password']) {
      expect((await stat(join(folder.path, secret))).mode & 0o777).toBe(0o600);
    }
    await server.kill('SIGTERM');
  });
});
