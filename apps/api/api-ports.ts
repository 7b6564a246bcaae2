import type { KeyRing } from '#events/secrets/key-ring.js';

/** What the api is given by the process that runs it, as injection tokens; the types stand in `api.module.ts`. */
export const API_CONFIGURATION = Symbol('ApiConfiguration');
export const API_LOGGER = Symbol('Logger');
export const API_OBSERVER = Symbol('ApiObserver');
export const CLOCK = Symbol('Clock');
export const COMMAND_RUNNER = Symbol('CommandRunner');
export const DATA_KEYS = Symbol('DataKeys');
export const FIND_CLAIM = Symbol('FindClaim');
export const INSTANCE_READER = Symbol('InstanceReader');

export interface Clock {
  unixSeconds(): number;
}

/** Makes the data key of a new instance, and finds that of an existing one. */
export type DataKeys = Pick<KeyRing, 'generateDataKey' | 'find'>;

/** The stream that holds a claim, e.g. `instance/prod` for a node's `cloud_unique_id`. */
export type FindClaim = (kind: string, key: string) => Promise<string | undefined>;
