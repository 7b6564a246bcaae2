import { createHash } from 'node:crypto';
import type { CommandContext } from '#events/runner/runner.types.js';

export type IdempotencyOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'given'; readonly idempotency: NonNullable<CommandContext['idempotency']> }
  | { readonly kind: 'unusable' };

const LONGEST_KEY = 255;
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * The `Idempotency-Key` header of a changing call. The key is the client's within this contract; the request that it
 * stands for is the op, with or without `v1/`, and the body, byte for byte. Node hands out a header as Latin-1, so its
 * length is its number of bytes.
 */
export function idempotencyOf(header: string | undefined, op: string, body: Buffer): IdempotencyOutcome {
  if (header === undefined) return { kind: 'none' };
  if (header === '' || header.length > LONGEST_KEY || CONTROL.test(header)) return { kind: 'unusable' };
  const requestHash = createHash('sha256').update(op).update('\0').update(body).digest('base64url');
  return { kind: 'given', idempotency: { key: `meta-service/${header}`, requestHash } };
}
