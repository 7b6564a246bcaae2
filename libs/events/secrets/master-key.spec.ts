import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { MasterKey, UnusableMasterKey } from './master-key.js';

describe('a master key from configuration', () => {
  const bytes = Buffer.from('fb'.repeat(32), 'hex');

  it.each([
    ['hex', bytes.toString('hex')],
    ['upper-case hex', bytes.toString('hex').toUpperCase()],
    ['base64', bytes.toString('base64')],
    ['base64 without padding', bytes.toString('base64').slice(0, -1)],
    ['base64url', bytes.toString('base64url')],
    ['base64 with a line end', `${bytes.toString('base64')}\n`],
  ])('is read as %s', (_, text) => {
    expect(MasterKey.parse(text).fingerprint()).toBe(new MasterKey(bytes).fingerprint());
  });

  it.each(['', 'hunter2', 'ab'.repeat(31), 'ab'.repeat(33), `${'ab'.repeat(31)}zz`])(
    'is refused with a sentence that does not show it: %o',
    (text) => {
      const parse = () => MasterKey.parse(text, 'MASTER_KEY');
      expect(parse).toThrow(UnusableMasterKey);
      expect(parse).toThrow(`MASTER_KEY must be 32 bytes as 64 hex digits or as base64, not ${text.length} characters`);
      if (text !== '') expect(parse).not.toThrow(text);
    },
  );

  it('must have 32 bytes', () => {
    expect(() => new MasterKey(randomBytes(16))).toThrow(UnusableMasterKey);
  });

  it('does not change when its source is wiped', () => {
    const source = randomBytes(32);
    const masterKey = new MasterKey(source);
    const before = masterKey.fingerprint();
    source.fill(0);
    expect(masterKey.fingerprint()).toBe(before);
  });

  it('is never printed', () => {
    const text = randomBytes(32).toString('hex');
    const masterKey = MasterKey.parse(text);
    expect(inspect({ masterKey }, { depth: 9, showHidden: true })).toBe('{ masterKey: [master key] }');
    expect(JSON.stringify({ masterKey })).toBe('{"masterKey":"[master key]"}');
    expect(masterKey.fingerprint()).not.toContain(text);
  });
});

describe('a data key', () => {
  const masterKey = MasterKey.random();

  it('comes back from its wrapping', () => {
    const { dataKey, newDataKey } = masterKey.generateDataKey('instance/prod');
    expect(newDataKey).toMatchObject({ keyId: dataKey.keyId, owner: 'instance/prod' });
    expect(masterKey.unwrap(newDataKey).unseal(dataKey.seal('hunter2'))).toBe('hunter2');
  });

  it('is new each time, with an id that fits into a sealed text', () => {
    const ids = Array.from({ length: 1_000 }, () => masterKey.generateDataKey('instance/prod').newDataKey.keyId);
    expect(new Set(ids).size).toBe(1_000);
    expect(ids.every((id) => /^[\w-]{16}$/.test(id))).toBe(true);
  });

  it('does not open under another master key, and the error says which key of whom', () => {
    const { newDataKey } = masterKey.generateDataKey('instance/prod');
    const unwrap = () => MasterKey.random().unwrap(newDataKey);
    expect(unwrap).toThrow(UnusableMasterKey);
    expect(unwrap).toThrow(`data key ${newDataKey.keyId} of instance/prod`);
  });

  it('does not open when it was moved to another owner, renamed, altered or cut', () => {
    const { newDataKey } = masterKey.generateDataKey('instance/prod');
    const altered = Buffer.from(newDataKey.wrapped);
    altered[20] = (altered[20] ?? 0) ^ 1;
    for (const stored of [
      { ...newDataKey, owner: 'instance/test' },
      { ...newDataKey, keyId: 'another' },
      { ...newDataKey, wrapped: altered },
      { ...newDataKey, wrapped: newDataKey.wrapped.subarray(0, 20) },
    ]) {
      expect(() => masterKey.unwrap(stored)).toThrow(UnusableMasterKey);
    }
  });
});
