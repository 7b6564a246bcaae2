import { hkdfSync } from 'node:crypto';
import { inspect } from 'node:util';
import type { NewDataKey } from '../ledger/ledger.js';
import { decrypt, encrypt, NONCE_BYTES } from './aes-gcm.js';
import { DataKey, DATA_KEY_BYTES } from './data-key.js';
import { randomSlice } from './random-pool.js';

export const MASTER_KEY_BYTES = 32;
const KEY_ID_BYTES = 12;

/** The master key cannot be used; the message says what to do, and never shows a key. */
export class UnusableMasterKey extends Error {
  override readonly name = 'UnusableMasterKey';
}

/** Wraps the data keys of all streams. Whoever has it and the database reads every secret, so it is never printed. */
export class MasterKey {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    if (bytes.length !== MASTER_KEY_BYTES) throw new UnusableMasterKey(`a master key has ${MASTER_KEY_BYTES} bytes`);
    this.#bytes = Buffer.from(bytes);
  }

  static random(): MasterKey {
    return new MasterKey(randomSlice(MASTER_KEY_BYTES));
  }

  /** 32 bytes as 64 hex digits, base64 or base64url; blanks around it do not count. `source` names it in errors. */
  static parse(text: string, source = 'MASTER_KEY'): MasterKey {
    const encoded = text.trim();
    if (/^[0-9a-f]{64}$/i.test(encoded)) return new MasterKey(Buffer.from(encoded, 'hex'));
    if (/^[\w+/-]{43}=?$/.test(encoded)) return new MasterKey(Buffer.from(encoded, 'base64'));
    throw new UnusableMasterKey(
      `${source} must be 32 bytes as 64 hex digits or as base64, ` +
        `not ${encoded.length} characters; "openssl rand -hex 32" makes a new one`,
    );
  }

  /** A new key for the secrets of `owner`, a stream; and the same wrapped, to be stored with the first event of it. */
  generateDataKey(owner: string): { readonly dataKey: DataKey; readonly newDataKey: NewDataKey } {
    const keyId = randomSlice(KEY_ID_BYTES).toString('base64url');
    const bytes = randomSlice(DATA_KEY_BYTES);
    const wrapped = encrypt(this.#bytes, randomSlice(NONCE_BYTES), bytes, wrapping(keyId, owner));
    return { dataKey: new DataKey(keyId, bytes), newDataKey: { keyId, owner, wrapped } };
  }

  /** @throws {UnusableMasterKey} when another master key wrapped it, or it was moved to another owner or altered. */
  unwrap({ keyId, owner, wrapped }: NewDataKey): DataKey {
    const bytes = decrypt(this.#bytes, wrapped, wrapping(keyId, owner));
    if (bytes === undefined) {
      throw new UnusableMasterKey(`data key ${keyId} of ${owner} was not wrapped by this master key, or was altered`);
    }
    return new DataKey(keyId, bytes);
  }

  /** Tells this master key from another without giving it away; may be stored in clear. */
  fingerprint(): string {
    return Buffer.from(hkdfSync('sha256', this.#bytes, '', 'lakeledger master key check', 16)).toString('base64url');
  }

  /** For the one place that keeps the key, a file of its owner's alone. */
  toFileText(): string {
    return `${this.#bytes.toString('base64')}\n`;
  }

  toJSON(): string {
    return '[master key]';
  }

  [inspect.custom](): string {
    return this.toJSON();
  }
}

/** A key id has no blank in it, so no two pairs have the same bytes. */
const wrapping = (keyId: string, owner: string): Buffer => Buffer.from(`${keyId} ${owner}`);
