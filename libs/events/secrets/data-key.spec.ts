import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DATA_KEY_BYTES, DataKey, UnreadableSecret } from './data-key.js';

const dataKey = new DataKey('key-1', randomBytes(DATA_KEY_BYTES));
const secret = fc.string({ unit: 'grapheme', minLength: 1 });

/** A byte of the sealed part, and the bit in it that is turned. */
const anyBit = fc.tuple(fc.nat(), fc.nat({ max: 7 }));

function turnBit(sealed: string, [byte, bit]: readonly [number, number]): string {
  const at = sealed.lastIndexOf('.') + 1;
  const bytes = Buffer.from(sealed.slice(at), 'base64url');
  const index = byte % bytes.length;
  bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
  return sealed.slice(0, at) + bytes.toString('base64url');
}

describe('sealing', () => {
  it('gives every secret back', () => {
    fc.assert(
      fc.property(secret, (clear) => {
        expect(dataKey.unseal(dataKey.seal(clear))).toBe(clear);
      }),
    );
  });

  it('writes format, key id and base64url, and nothing that reads like the secret', () => {
    const sealed = dataKey.seal('AKIDhunter2');
    expect(sealed).toMatch(/^s1\.key-1\.[\w-]+$/);
    expect(sealed).not.toContain('hunter2');
    expect(Buffer.from(sealed.split('.')[2] ?? '', 'base64url').includes('hunter2')).toBe(false);
  });

  it("leaves '' as it is: that nothing was given is no secret", () => {
    expect(dataKey.seal('')).toBe('');
    expect(dataKey.unseal('')).toBe('');
  });

  it('seals equal secrets to equal texts, and different ones to different texts', () => {
    fc.assert(
      fc.property(secret, secret, (one, other) => {
        expect(dataKey.seal(one) === dataKey.seal(other)).toBe(one === other);
      }),
    );
  });

  it('shows no equality across keys', () => {
    const otherKey = new DataKey('key-1', randomBytes(DATA_KEY_BYTES));
    fc.assert(
      fc.property(secret, (clear) => {
        expect(otherKey.seal(clear)).not.toBe(dataKey.seal(clear));
      }),
    );
  });

  it('asks for a whole key', () => {
    expect(() => new DataKey('key-1', randomBytes(32))).toThrow(RangeError);
  });
});

describe('unsealing', () => {
  it('notices every turned bit', () => {
    fc.assert(
      fc.property(secret, anyBit, (clear, bit) => {
        expect(() => dataKey.unseal(turnBit(dataKey.seal(clear), bit))).toThrow(UnreadableSecret);
      }),
    );
  });

  it('refuses another spelling of the same bytes', () => {
    const sealed = dataKey.seal('hunter2');
    expect(() => dataKey.unseal(`${sealed}=`)).toThrow(UnreadableSecret);
    expect(() => dataKey.unseal(`${sealed}\n`)).toThrow(UnreadableSecret);
  });

  it.each(['hunter2', 's1.key-1', 's1.key-1.', 's1.key-1.AAAA', 's2.key-1.AAAA', 's1..'])('refuses %o', (text) => {
    expect(() => dataKey.unseal(text)).toThrow(UnreadableSecret);
  });

  it('refuses what another key sealed, of another id or of the same', () => {
    const bytes = randomBytes(DATA_KEY_BYTES);
    expect(() => dataKey.unseal(new DataKey('key-2', bytes).seal('hunter2'))).toThrow(UnreadableSecret);
    expect(() => dataKey.unseal(new DataKey('key-1', bytes).seal('hunter2'))).toThrow(UnreadableSecret);
  });

  it('refuses a text whose key id was replaced: the id is sealed in', () => {
    const bytes = randomBytes(DATA_KEY_BYTES);
    const sealed = new DataKey('key-2', bytes).seal('hunter2').replace('key-2', 'key-3');
    expect(() => new DataKey('key-3', bytes).unseal(sealed)).toThrow(UnreadableSecret);
  });

  it('says nothing in its errors of what was sealed, or of the text', () => {
    expect(() => dataKey.unseal('s1.key-1.hunter2')).toThrow(/^altered since it was sealed by data key key-1$/);
    expect(() => dataKey.unseal('hunter2')).toThrow(/^not sealed by data key key-1$/);
  });
});

it('a data key is never printed', () => {
  const bytes = randomBytes(DATA_KEY_BYTES);
  const printed = [
    inspect(new DataKey('key-1', bytes), { depth: 9, showHidden: true }),
    JSON.stringify(new DataKey('key-1', bytes)),
  ];
  expect(printed).toEqual(['[data key key-1]', '"[data key key-1]"']);
});
