import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The account that PostgreSQL runs under; undefined for our own. */
export interface SystemAccount {
  readonly uid: number;
  readonly gid: number;
}

const ACCOUNT = 'postgres';

/** PostgreSQL refuses to run as root, so root lends it the account that packages of it use, made when it is missing. */
export async function postgresAccount(): Promise<SystemAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  return (await findAccount()) ?? (await createAccount());
}

async function findAccount(): Promise<SystemAccount | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', ACCOUNT]), run('id', ['-g', ACCOUNT])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

async function createAccount(): Promise<SystemAccount> {
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', ACCOUNT]);
  } catch (cause) {
    throw new Error(`PostgreSQL does not run as root, and the account "${ACCOUNT}" to run it under could not be made.`, { cause });
  }
  const account = await findAccount();
  if (!account) throw new Error(`The account "${ACCOUNT}" was made, but cannot be found.`);
  return account;
}
