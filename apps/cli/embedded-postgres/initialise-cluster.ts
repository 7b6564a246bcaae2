import { spawn } from 'node:child_process';
import { chown, mkdir, mkdtemp, open, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PostgresBinaries } from './binaries.js';
import { openCluster } from './cluster-access.js';
import type { SystemAccount } from './system-account.js';

export const SUPERUSER = 'lakeledger';

export interface NewCluster {
  readonly folder: string;
  readonly password: string;
  readonly binaries: PostgresBinaries;
  readonly account: SystemAccount | undefined;
}

/** Makes a cluster where there is none. It gets its name when it is whole, so a crash leaves all of it or only a draft. */
export async function initialiseCluster(cluster: NewCluster): Promise<void> {
  const draft = `${cluster.folder}.draft`;
  // A draft never served anybody: there is nothing in it to lose.
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await withPasswordFile(cluster, (passwordFile) => runInitdb(cluster, draft, passwordFile));
  await rename(draft, cluster.folder);
  await syncFolder(dirname(cluster.folder));
}

/** initdb reads the password as the account it runs under, which may not enter the data folder. */
async function withPasswordFile({ account, password }: NewCluster, use: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lakeledger-initdb-'));
  try {
    const file = join(folder, 'password');
    await writeFile(file, password, { mode: 0o600 });
    if (account) {
      await chown(file, account.uid, account.gid);
      await chown(folder, account.uid, account.gid);
    }
    await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runInitdb({ binaries, account }: NewCluster, draft: string, passwordFile: string): Promise<void> {
  const access = await openCluster(draft, account);
  const options = [
    `--pgdata=${access.path}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Byte order: the same on every machine, whatever its libc sorts like.
    '--locale=C',
    '--no-instructions',
  ];
  try {
    await new Promise<void>((resolve, reject) => {
      const initdb = spawn(binaries.initdb, options, { ...account, cwd: '/', stdio: ['ignore', 'ignore', 'pipe', ...access.inherited] });
      let complaint = '';
      initdb.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
      initdb.on('error', reject);
      initdb.on('close', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`PostgreSQL's initdb failed in ${draft}: ${complaint.trim()}`));
      });
    });
  } finally {
    await access.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
