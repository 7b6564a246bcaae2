import { chown, constants, open, type FileHandle } from 'node:fs/promises';
import type { SystemAccount } from './system-account.js';

/** How PostgreSQL's programs name the cluster's folder, and the descriptors they must inherit for that name to work. */
export interface ClusterAccess {
  readonly path: string;
  /** Descriptors from number 3 on. */
  readonly inherited: readonly number[];
  close(): Promise<void>;
}

/**
 * An account that cannot enter a parent folder (a clone below `/root`, a `mktemp -d`) still reaches the folder through a
 * descriptor that we opened for it. So root hands one over on Linux, always, instead of loosening anybody's permissions.
 */
export async function openCluster(folder: string, account: SystemAccount | undefined): Promise<ClusterAccess> {
  if (!account || process.platform !== 'linux') {
    return { path: folder, inherited: [], close: () => Promise.resolve() };
  }
  await chown(folder, account.uid, account.gid);
  const handle: FileHandle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  return { path: '/proc/self/fd/3', inherited: [handle.fd], close: () => handle.close() };
}
