import type { InstanceRejection } from './instance.rejections.js';

/** A part of a command that passed its checks, in the shape it is stored in; or why it did not. */
export type Checked<T> =
  | { readonly kind: 'valid'; readonly value: T }
  | { readonly kind: 'invalid'; readonly rejection: InstanceRejection };

export const valid = <T>(value: T): Checked<T> => ({ kind: 'valid', value });

export const invalid = (rejection: InstanceRejection): Checked<never> => ({ kind: 'invalid', rejection });

/** A part that the client left out is valid as it is. */
export function ifGiven<I, T>(input: I | undefined, check: (given: I) => Checked<T>): Checked<T | undefined> {
  return input === undefined ? valid(undefined) : check(input);
}
