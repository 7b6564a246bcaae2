import { invalid, valid, type Checked } from './checked.js';
import type { HdfsVaultInput, ObjectStoreInput, RamUserInput, VaultInput } from './instance.commands.js';
import type { HdfsVault, ObjectStore, RamUser, StorageVault } from './instance.events.js';

/** Every vault that comes with its instance has this name (contract meta-service, section 5.1). */
export const BUILT_IN_VAULT_NAME = 'built_in_storage_vault';

/** Object stores and vaults of an instance share one sequence of ids: "1", "2", … */
export function nextStorageId(taken: readonly { readonly id: string }[]): string {
  return String(taken.reduce((highest, { id }) => Math.max(highest, Number(id)), 0) + 1);
}

/** Section 5.1 #1. */
export function checkRamUser(input: RamUserInput): Checked<RamUser> {
  const { userId, ak, sk } = input;
  if (!userId || !ak || !sk) return invalid({ code: 'RAM_USER_INCOMPLETE' });
  return valid({ userId, ak, sk });
}

/** Section 5.1 #2; `externalEndpoint` may be missing here and is then stored as `''` (D-11, section 18). */
export function checkObjectStore(input: ObjectStoreInput, id: string, at: number): Checked<ObjectStore> {
  const { ak, sk, bucket, endpoint, region, provider, prefix, externalEndpoint, userId, usePathStyle } = input;
  if (!ak || !sk || !bucket || !endpoint || !region || !provider) return invalid({ code: 'OBJECT_STORE_INCOMPLETE' });
  return valid({
    id,
    ctime: at,
    mtime: at,
    ak,
    sk,
    bucket,
    ...(prefix !== undefined && { prefix: trimPrefix(prefix) }),
    endpoint,
    externalEndpoint: externalEndpoint ?? '',
    region,
    provider,
    ...(userId !== undefined && { userId }),
    ...(usePathStyle !== undefined && { usePathStyle }),
  });
}

/** Section 5.1 #4 to #6: `hdfs_info` wins, and without it there must be a whole object store. */
export function checkVault(
  input: VaultInput,
  id: string,
  at: number,
  hdfsPrefixSuffix: string | undefined,
): Checked<StorageVault> {
  if (input.hdfs !== undefined) {
    const hdfs = checkHdfs(input.hdfs, hdfsPrefixSuffix);
    if (hdfs.kind === 'invalid') return hdfs;
    return valid({ id, name: BUILT_IN_VAULT_NAME, storage: { kind: 'hdfs', hdfs: hdfs.value } });
  }
  const store = input.objectStore ?? {};
  if (!store.externalEndpoint) return invalid({ code: 'OBJECT_STORE_INCOMPLETE' });
  const objectStore = checkObjectStore(store, id, at);
  if (objectStore.kind === 'invalid') return objectStore;
  return valid({ id, name: BUILT_IN_VAULT_NAME, storage: { kind: 'object', objectStore: objectStore.value } });
}

/** Section 5.1 #4 and #5. */
function checkHdfs(input: HdfsVaultInput, prefixSuffix: string | undefined): Checked<HdfsVault> {
  const { fsName = '', user, kerberosPrincipal, kerberosKeytab, confs, prefix = '' } = input;
  if (prefix.includes('://')) return invalid({ code: 'HDFS_PREFIX_INVALID', prefix });
  const trimmedFsName = trimTrailingSlashes(fsName);
  if (trimmedFsName === '') return invalid({ code: 'HDFS_FS_NAME_INVALID', fsName });
  const trimmedPrefix = trimPrefix(prefix);
  return valid({
    fsName: trimmedFsName,
    ...(user !== undefined && { user }),
    ...(kerberosPrincipal !== undefined && { kerberosPrincipal }),
    ...(kerberosKeytab !== undefined && { kerberosKeytab }),
    confs,
    prefix: prefixSuffix === undefined ? trimmedPrefix : `${trimmedPrefix}_${prefixSuffix}`,
  });
}

/** Without `/`, space and tab at both ends. By index: a pattern anchored at the end is quadratic on long runs. */
export function trimPrefix(prefix: string): string {
  let start = 0;
  let end = prefix.length;
  while (start < end && isTrimmed(prefix[start])) start += 1;
  while (end > start && isTrimmed(prefix[end - 1])) end -= 1;
  return prefix.slice(start, end);
}

const isTrimmed = (character: string | undefined): boolean =>
  character === '/' || character === ' ' || character === '\t';

function trimTrailingSlashes(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === '/') end -= 1;
  return text.slice(0, end);
}
