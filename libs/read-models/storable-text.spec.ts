import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromStorableText, toStorableText } from './storable-text.js';

describe('text that PostgreSQL can store', () => {
  const anyText = fc.string({ unit: fc.constantFrom('\0', '\uffff', '0', '1', 'a') });

  it('holds no U+0000 and gives back any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const stored = toStorableText(text);
        expect(stored).not.toContain('\0');
        expect(fromStorableText(stored)).toBe(text);
      }),
    );
  });

  it('leaves ordinary text as it is', () => {
    expect(toStorableText('instance é漢😀')).toBe('instance é漢😀');
  });
});
