import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { decrypt, encrypt, NONCE_BYTES } from './aes-gcm.js';

/** 32 bytes encrypt (AES-256-GCM), 32 make nonces (HMAC-SHA-256). */
export const DATA_KEY_BYTES = 64;
const ENCRYPTION_BYTES = 32;

/** What every sealed text begins with: format 1. */
const FORMAT = 's1';

/** A sealed text that this key cannot open: another key sealed it, or it is not as it was sealed. */
export class UnreadableSecret extends Error {
  override readonly name = 'UnreadableSecret';
}

/**
 * The key that seals the secrets of one stream, e.g. `instance/prod`.
 *
 * Sealed text: `s1.<key id>.<base64url of nonce, ciphertext, tag>`, with the key id as associated data. The nonce is
 * the HMAC of the secret, so sealing is deterministic, on purpose: equal secrets of one instance seal to equal
 * texts, and a decider compares them without opening any. That two secrets of an instance are equal, and how long
 * they are, is all that a sealed text shows; under another key the same secret looks different. A nonce repeats for
 * the same secret only, where it repeats the same ciphertext and so gives nothing away.
 */
export class DataKey {
  readonly #encryptionKey: Buffer;
  readonly #nonceKey: Buffer;
  readonly #associated: Buffer;
  readonly #prefix: string;

  constructor(
    readonly keyId: string,
    bytes: Buffer,
  ) {
    if (bytes.length !== DATA_KEY_BYTES) throw new RangeError(`a data key has ${DATA_KEY_BYTES} bytes`);
    this.#encryptionKey = bytes.subarray(0, ENCRYPTION_BYTES);
    this.#nonceKey = bytes.subarray(ENCRYPTION_BYTES);
    this.#associated = Buffer.from(keyId);
    this.#prefix = `${FORMAT}.${keyId}.`;
  }

  /** `''` seals to `''`: that nothing was given is no secret, and the decider must see it. */
  seal(secret: string): string {
    if (secret === '') return '';
    const clear = Buffer.from(secret);
    const nonce = createHmac('sha256', this.#nonceKey).update(clear).digest().subarray(0, NONCE_BYTES);
    return this.#prefix + encrypt(this.#encryptionKey, nonce, clear, this.#associated).toString('base64url');
  }

  /** @throws {UnreadableSecret} naming key ids, never the text itself. */
  unseal(sealed: string): string {
    if (sealed === '') return '';
    if (!sealed.startsWith(this.#prefix)) throw new UnreadableSecret(`not sealed by data key ${this.keyId}`);
    const text = sealed.slice(this.#prefix.length);
    const encrypted = Buffer.from(text, 'base64url');
    const clear = decrypt(this.#encryptionKey, encrypted, this.#associated);
    // Decoding is lenient; only one spelling is what was sealed, or equal secrets could come in unequal texts.
    if (clear === undefined || encrypted.toString('base64url') !== text) {
      throw new UnreadableSecret(`altered since it was sealed by data key ${this.keyId}`);
    }
    return clear.toString();
  }

  toJSON(): string {
    return `[data key ${this.keyId}]`;
  }

  [inspect.custom](): string {
    return this.toJSON();
  }
}
