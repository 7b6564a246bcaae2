import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import type { NewDataKey } from '../ledger/ledger.js';
import { rethrow } from '../ledger/postgres-errors.js';
import type { DataKey } from './data-key.js';
import { UnusableMasterKey, type MasterKey } from './master-key.js';

const UNWRAPPED_KEYS = 10_000;
const CHECK = 'master_key_check';

/** The data keys of all streams, as the ledger keeps them: wrapped, beside the events that they seal parts of. */
export class KeyRing {
  /** Saves the unwrapping, never the look-up: a key that any process forgot is gone for this one too, at once. */
  readonly #unwrapped = new LRUCache<string, DataKey>({ max: UNWRAPPED_KEYS });
  readonly #pool: Pool;
  readonly #masterKey: MasterKey;

  constructor(pool: Pool, masterKey: MasterKey) {
    this.#pool = pool;
    this.#masterKey = masterKey;
  }

  /**
   * At start: is this the master key that the ledger's keys are wrapped with? The first one ever to ask is.
   *
   * @throws {UnusableMasterKey}
   */
  async verify(): Promise<void> {
    const fingerprint = this.#masterKey.fingerprint();
    await this.#pool.query('insert into ledger.settings (name, value) values ($1, $2) on conflict (name) do nothing', [
      CHECK,
      fingerprint,
    ]);
    const { rows } = await this.#pool.query<{ value: string }>('select value from ledger.settings where name = $1', [
      CHECK,
    ]);
    if (rows[0]?.value !== fingerprint) {
      throw new UnusableMasterKey(
        'this is not the master key that the secrets of this ledger are sealed with; ' +
          'set MASTER_KEY to that key, or put the master key file of that data folder back in its place',
      );
    }
  }

  /** See {@link MasterKey.generateDataKey}; the new key counts once the append has stored it. */
  generateDataKey(owner: string): { readonly dataKey: DataKey; readonly newDataKey: NewDataKey } {
    return this.#masterKey.generateDataKey(owner);
  }

  /**
   * Undefined when the owner has no key, or no longer: its secrets are then unreadable for good.
   *
   * @throws {LedgerUnavailable}
   */
  async find(owner: string): Promise<DataKey | undefined> {
    const query = this.#pool.query<{ key_id: string; wrapped: Buffer }>({
      name: 'find_data_key',
      text: 'select key_id, wrapped from ledger.data_keys where owner = $1 order by created_at desc, key_id limit 1',
      values: [owner],
    });
    const { rows } = await query.catch(rethrow);
    const row = rows[0];
    return row && this.#unwrap({ keyId: row.key_id, owner, wrapped: row.wrapped });
  }

  /**
   * The one call that makes an owner's secrets unreadable for good; its events still fold. A copy of the wrapped key
   * in a backup or in PostgreSQL's own log lives as long as that does, and opens with the master key only.
   */
  async forget(owner: string): Promise<'forgotten' | 'unknown'> {
    const { rows } = await this.#pool.query<{ key_id: string }>(
      'delete from ledger.data_keys where owner = $1 returning key_id',
      [owner],
    );
    for (const { key_id } of rows) this.#unwrapped.delete(cacheKey(key_id, owner));
    return rows.length > 0 ? 'forgotten' : 'unknown';
  }

  #unwrap(stored: NewDataKey): DataKey {
    const key = cacheKey(stored.keyId, stored.owner);
    const cached = this.#unwrapped.get(key);
    if (cached !== undefined) return cached;
    const dataKey = this.#masterKey.unwrap(stored);
    this.#unwrapped.set(key, dataKey);
    return dataKey;
  }
}

/** With the owner: a row that was moved to another owner is unwrapped anew, and that fails. */
const cacheKey = (keyId: string, owner: string): string => `${keyId} ${owner}`;
