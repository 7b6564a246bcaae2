import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#test/support/postgres.js';
import { migrateLedger } from '../ledger/migrate-ledger.js';
import { KeyRing } from './key-ring.js';
import { MasterKey, UnusableMasterKey } from './master-key.js';

let database: TestDatabase;
let pool: pg.Pool;
let masterKey: MasterKey;
let keyRing: KeyRing;

beforeAll(async () => {
  database = await createTestDatabase();
  await migrateLedger(database.connectionString, { instances: 1, transactions: 1, tables: 1, statements: 1 });
  pool = new pg.Pool({ connectionString: database.connectionString, max: 4 });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

beforeEach(async () => {
  await pool.query('delete from ledger.data_keys');
  await pool.query("delete from ledger.settings where name = 'master_key_check'");
  masterKey = MasterKey.random();
  keyRing = new KeyRing(pool, masterKey);
});

/** As the append does it, together with the owner's first event. */
async function storeDataKeyOf(owner: string) {
  const { dataKey, newDataKey } = keyRing.generateDataKey(owner);
  await pool.query('insert into ledger.data_keys (key_id, owner, wrapped) values ($1, $2, $3)', [
    newDataKey.keyId,
    owner,
    newDataKey.wrapped,
  ]);
  return dataKey;
}

describe('finding a data key', () => {
  it('opens what its owner sealed, in any process that has the master key', async () => {
    const sealed = (await storeDataKeyOf('instance/prod')).seal('hunter2');
    expect((await keyRing.find('instance/prod'))?.unseal(sealed)).toBe('hunter2');
    expect((await new KeyRing(pool, masterKey).find('instance/prod'))?.unseal(sealed)).toBe('hunter2');
  });

  it('unwraps once: the same key comes back', async () => {
    await storeDataKeyOf('instance/prod');
    expect(await keyRing.find('instance/prod')).toBe(await keyRing.find('instance/prod'));
  });

  it('finds each owner its own, and none for an owner without', async () => {
    const keys = { prod: await storeDataKeyOf('instance/prod'), test: await storeDataKeyOf('instance/test') };
    expect((await keyRing.find('instance/prod'))?.keyId).toBe(keys.prod.keyId);
    expect((await keyRing.find('instance/test'))?.keyId).toBe(keys.test.keyId);
    expect(await keyRing.find('instance/none')).toBeUndefined();
  });

  it('stores nothing in clear', async () => {
    await storeDataKeyOf('instance/prod');
    const { rows } = await pool.query<{ wrapped: Buffer }>('select wrapped from ledger.data_keys');
    // nonce, key, tag
    expect(rows.map(({ wrapped }) => wrapped.length)).toEqual([12 + 64 + 16]);
  });

  it('refuses a key that was moved to another owner, even one it has unwrapped before', async () => {
    await storeDataKeyOf('instance/prod');
    await keyRing.find('instance/prod');
    await pool.query("update ledger.data_keys set owner = 'instance/test'");
    await expect(keyRing.find('instance/test')).rejects.toThrow(UnusableMasterKey);
  });
});

describe('forgetting', () => {
  it('makes the secrets of one owner unreadable, and of no other', async () => {
    await storeDataKeyOf('instance/prod');
    await storeDataKeyOf('instance/test');
    expect(await keyRing.forget('instance/prod')).toBe('forgotten');
    expect(await keyRing.find('instance/prod')).toBeUndefined();
    expect(await keyRing.find('instance/test')).toBeDefined();
  });

  it('is seen at once by a process that has the key unwrapped', async () => {
    await storeDataKeyOf('instance/prod');
    const elsewhere = new KeyRing(pool, masterKey);
    expect(await elsewhere.find('instance/prod')).toBeDefined();
    await keyRing.forget('instance/prod');
    expect(await elsewhere.find('instance/prod')).toBeUndefined();
  });

  it('lets no later key open what the forgotten one sealed', async () => {
    const sealed = (await storeDataKeyOf('instance/prod')).seal('hunter2');
    await keyRing.forget('instance/prod');
    await storeDataKeyOf('instance/prod');
    const later = await keyRing.find('instance/prod');
    expect(() => later?.unseal(sealed)).toThrow('not sealed by data key');
  });

  it('says when there is nothing to forget', async () => {
    expect(await keyRing.forget('instance/none')).toBe('unknown');
    await storeDataKeyOf('instance/prod');
    await keyRing.forget('instance/prod');
    expect(await keyRing.forget('instance/prod')).toBe('unknown');
  });
});

describe('the check of the master key at start', () => {
  it('takes the first one, and the same one ever after', async () => {
    await keyRing.verify();
    await keyRing.verify();
    await new KeyRing(pool, masterKey).verify();
  });

  it('refuses another one, and says what to do', async () => {
    await keyRing.verify();
    const refused = new KeyRing(pool, MasterKey.random()).verify();
    await expect(refused).rejects.toThrow(UnusableMasterKey);
    await expect(refused).rejects.toThrow('set MASTER_KEY to that key');
  });

  it('lets one of two keys win when two processes start a new ledger', async () => {
    const rings = [keyRing, new KeyRing(pool, MasterKey.random())];
    const results = await Promise.allSettled(rings.map((ring) => ring.verify()));
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('notices another master key before the first check too, when there are data keys', async () => {
    await storeDataKeyOf('instance/prod');
    await expect(new KeyRing(pool, MasterKey.random()).find('instance/prod')).rejects.toThrow(UnusableMasterKey);
  });
});
