import { ifGiven, invalid, valid, type Checked } from './checked.js';
import type { CreateInstance } from './instance.commands.js';
import type { InstanceCreated } from './instance.events.js';
import { checkObjectStore, checkRamUser, checkVault, nextStorageId } from './instance.storage.js';

/**
 * What the id of an instance looks like (contract meta-service, D-15). The contract sets no length; an id
 * of a few thousand characters would not fit into an index of PostgreSQL.
 */
export const INSTANCE_ID = /^[0-9a-zA-Z_-]{1,256}$/;

/**
 * What the request alone decides about a new instance (contract meta-service, section 5.1 #1 to #6), in the
 * order of the table: the top-level storage is checked before the instance id, the vault after it.
 */
export function checkCreation(command: CreateInstance): Checked<InstanceCreated['data']> {
  const { instanceId, name, userId, hdfsPrefixSuffix, at } = command;

  const ramUser = ifGiven(command.ramUser, checkRamUser);
  if (ramUser.kind === 'invalid') return ramUser;

  const objectStore = ifGiven(command.objectStore, (given) => checkObjectStore(given, nextStorageId([]), at));
  if (objectStore.kind === 'invalid') return objectStore;

  if (!instanceId) return invalid({ code: 'INSTANCE_ID_MISSING' });
  if (!INSTANCE_ID.test(instanceId)) return invalid({ code: 'INSTANCE_ID_MALFORMED', instanceId });

  const taken = objectStore.value === undefined ? [] : [objectStore.value];
  const vault = ifGiven(command.vault, (given) => checkVault(given, nextStorageId(taken), at, hdfsPrefixSuffix));
  if (vault.kind === 'invalid') return vault;

  return valid({
    instanceId,
    ...(name !== undefined && { name }),
    ...(userId !== undefined && { userId }),
    sseEnabled: command.sseEnabled ?? false,
    enableStorageVault: objectStore.value === undefined,
    ...(objectStore.value !== undefined && { objectStore: objectStore.value }),
    ...(vault.value !== undefined && { vault: vault.value }),
    ...(ramUser.value !== undefined && { ramUser: ramUser.value }),
    at,
  });
}
