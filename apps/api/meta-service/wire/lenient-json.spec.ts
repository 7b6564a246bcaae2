import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LenientJson } from './lenient-json.js';
import { MalformedBody } from './malformed-body.js';

/** The whole document as plain values, the way `JSON.parse` gives it. */
function parse(text: string): unknown {
  const json = new LenientJson(Buffer.from(text));
  const value = parseValue(json);
  json.end();
  return value;
}

function parseValue(json: LenientJson): unknown {
  const kind = json.kind();
  if (kind === 'string') return json.string();
  if (kind === 'number') return Number(json.number());
  if (kind === 'array') {
    const elements: unknown[] = [];
    json.enterArray();
    while (json.nextElement()) elements.push(parseValue(json));
    return elements;
  }
  if (kind === 'object') {
    const members: [string, unknown][] = [];
    json.enterObject();
    for (let name = json.nextName(); name !== undefined; name = json.nextName()) members.push([name, parseValue(json)]);
    return Object.fromEntries(members);
  }
  json.skip();
  return { true: true, false: false, null: null }[kind];
}

const skip = (text: string): void => {
  const json = new LenientJson(Buffer.from(text));
  json.skip();
  json.end();
};

describe('on plain JSON', () => {
  const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  const plainJson = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(null, true, false),
      fc.integer(),
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary-ascii' }),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.dictionary(names, tie('value'), { maxKeys: 5 }),
    ),
  })).value;

  it('agrees with JSON.parse', () => {
    fc.assert(
      fc.property(plainJson, fc.constantFrom(0, 1, 4), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parse(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('refuses every document that is cut off', () => {
    fc.assert(
      fc.property(fc.dictionary(names, plainJson, { maxKeys: 3 }), fc.nat(), (value, at) => {
        const text = Buffer.from(JSON.stringify(value));
        expect(() => parse(text.subarray(0, at % text.length).toString())).toThrow(MalformedBody);
      }),
      { numRuns: 2_000 },
    );
  });

  it('passes over a value exactly where it reads one', () => {
    fc.assert(fc.property(plainJson, (value) => skip(JSON.stringify(value))), { numRuns: 2_000 });
  });
});

describe('strings', () => {
  it.each([
    ['escapes', String.raw`"\" \\ \/ \b \f \n \r \t \v \'"`, '" \\ / \b \f \n \r \t \v \''],
    ['an escape without a meaning', String.raw`"\q\é\😀"`, 'qé😀'],
    ['unicode escapes', String.raw`"\u0041\u00e9\uD83D\ude00\u0000"`, 'Aé😀\0'],
    ['other quotes inside', `'a"b'`, 'a"b'],
  ])('understands %s', (_, text, value) => {
    expect(parse(text)).toBe(value);
  });

  it.each([
    ['no closing quote', '"abc', 'Unexpected end of string. Closing quote expected in string.'],
    ['the other quote at the end', `"abc'`, 'Unexpected end of string. Closing quote expected in string.'],
    ['an escaped closing quote', String.raw`"abc\"`, 'Unexpected end of string. Closing quote expected in string.'],
    ['a backslash at the end', '"abc\\', 'Unexpected end of string. Closing quote expected in string.'],
    ['a short unicode escape', String.raw`"\u12"`, 'Invalid escape sequence.'],
    ['a unicode escape with a sign', String.raw`"\u+123"`, 'Invalid escape sequence.'],
  ])('refuses %s', (_, text, detail) => {
    expect(() => parse(text)).toThrow(new MalformedBody(detail));
  });
});

describe('numbers', () => {
  it('are given as they were written', () => {
    const json = new LenientJson(Buffer.from('-12345678901234567890.50E+1 '));
    expect(json.kind()).toBe('number');
    expect(json.number()).toBe('-12345678901234567890.50E+1');
  });

  it.each([
    ...['-', '1.', '.5', '+5', '1e', '1e+', '-.5', '1 2', '1-2'],
    ...['01', '-01', '00', '0x10', 'NaN', 'Infinity', '1e999'],
  ])('refuses %s', (text) => {
    expect(() => parse(text)).toThrow(MalformedBody);
  });
});

describe('words and names', () => {
  it.each(['tru', 'True', 'nul', 'falsey', 'undefined', 'truefalse', ':', '}', ']', ','])(
    'refuses the value %s',
    (text) => {
      expect(() => parse(text)).toThrow(MalformedBody);
    },
  );

  it.each(['{true:1}', '{null:1}', '{1a:1}', '{a-b:1}', '{é:1}', '{a}', '{"a"}', '{"a":}', '{"a" 1}', '{[]:1}'])(
    'refuses the member %s',
    (text) => {
      expect(() => parse(text)).toThrow(MalformedBody);
    },
  );

  it('takes a bare name that only begins with a reserved word', () => {
    expect(parse('{nullable:1,true_:2,$:3}')).toEqual({ nullable: 1, true_: 2, $: 3 });
  });
});

describe('nesting', () => {
  it.each([
    ['objects', '{"a":', '1', '}'],
    ['arrays', '[', '', ']'],
  ])('of %s is read down to the hundredth level and refused below it', (_, open, inner, close) => {
    const nested = (levels: number): string => open.repeat(levels) + inner + close.repeat(levels);
    expect(() => skip(nested(100))).not.toThrow();
    expect(() => skip(nested(101))).toThrow(new MalformedBody('Message too deep. Max recursion depth reached.'));
    expect(() => skip(open.repeat(1_000_000))).toThrow(MalformedBody);
  });

  it('counts the levels that are open, not all that were opened', () => {
    expect(() => skip(`[${'[],'.repeat(1_000)}]`)).not.toThrow();
  });
});
