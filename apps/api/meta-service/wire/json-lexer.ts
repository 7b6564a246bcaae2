import { isUtf8 } from 'node:buffer';
import { MalformedBody } from './malformed-body.js';

/**
 * A slice of a string keeps the whole string alive. Values outlive their request, so in a body longer than this they
 * are copied out: 8 MiB of members that nobody knows must not stay behind one short name.
 */
const MAX_PINNED = 4096;

const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
export const DOUBLE_QUOTE = 0x22;
export const SINGLE_QUOTE = 0x27;
const PLUS = 0x2b;
export const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const BACKSLASH = 0x5c;
const LOWER_E = 0x65;
/** Added to the code of a letter, makes it lower case. */
const LOWER = 0x20;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

export const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;
const isNameStart = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code === 0x24;
const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * The words of the lenient JSON of contract sections 2.2 and 18: strings, bare names, numbers. Each method that takes
 * one stands at its first character. Every one throws `MalformedBody`.
 */
export class JsonLexer {
  private readonly text: string;
  private position = 0;

  constructor(body: Buffer) {
    if (!isUtf8(body)) throw new MalformedBody('Encountered non UTF-8 code points.');
    this.text = body.toString('utf8');
  }

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** Passes over blanks; the code of the character that is next, `NaN` at the end. */
  next(): number {
    let code = this.text.charCodeAt(this.position);
    while (code === SPACE || (code >= TAB && code <= CARRIAGE_RETURN)) code = this.text.charCodeAt(++this.position);
    return code;
  }

  startsWith(word: string): boolean {
    return this.text.startsWith(word, this.position);
  }

  advance(length: number): void {
    this.position += length;
  }

  /** The word as a value of its own, for those that are kept. */
  kept(word: string): string {
    return this.text.length > MAX_PINNED ? Buffer.from(word).toString() : word;
  }

  /** The number as it was written: it may not fit any number type. */
  number(): string {
    const start = this.position;
    if (this.text.charCodeAt(start) === MINUS) this.position++;
    const first = this.text.charCodeAt(this.position);
    const digits = this.skipDigits();
    if (first === ZERO && digits > 1) this.fail('Octal/hex numbers are not valid JSON values.');
    if (this.text.charCodeAt(this.position) === DOT) {
      this.position++;
      this.skipDigits();
    }
    if ((this.text.charCodeAt(this.position) | LOWER) === LOWER_E) {
      this.position++;
      const sign = this.text.charCodeAt(this.position);
      if (sign === PLUS || sign === MINUS) this.position++;
      this.skipDigits();
    }
    const value = this.text.slice(start, this.position);
    if (!Number.isFinite(Number(value))) this.fail('Number exceeds the range of double.');
    return value;
  }

  bareName(): string {
    const start = this.position;
    let code = this.text.charCodeAt(start);
    if (!isNameStart(code)) this.fail('Expected an object key or }.');
    while (isNameStart(code) || isDigit(code)) code = this.text.charCodeAt(++this.position);
    const name = this.text.slice(start, this.position);
    if (name === 'true' || name === 'false' || name === 'null') this.fail('Expected an object key or }.');
    return name;
  }

  fail(expectation: string): never {
    throw new MalformedBody(this.atEnd ? `Unexpected end of string. ${expectation}` : expectation);
  }

  /** In double or single quotes. */
  string(): string {
    const { text } = this;
    const quote = text.charCodeAt(this.position);
    const start = this.position + 1;
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === BACKSLASH) return this.escapedString(start, at, quote);
      if (code === quote) {
        this.position = at + 1;
        return text.slice(start, at);
      }
    }
    this.position = text.length;
    return this.fail('Closing quote expected in string.');
  }

  private escapedString(start: number, firstEscape: number, quote: number): string {
    const { text } = this;
    let value = '';
    let from = start;
    this.position = firstEscape;
    while (this.position < text.length) {
      const code = text.charCodeAt(this.position);
      if (code === quote) {
        return value + text.slice(from, this.position++);
      }
      if (code === BACKSLASH) {
        value += text.slice(from, this.position) + this.escape();
        from = this.position;
      } else {
        this.position++;
      }
    }
    return this.fail('Closing quote expected in string.');
  }

  /** An escape that means nothing stands for its own character. */
  private escape(): string {
    const letter = this.text.charAt(this.position + 1);
    if (letter === 'u') return this.unicodeEscape();
    this.position += 2;
    return ESCAPES.get(letter) ?? letter;
  }

  private unicodeEscape(): string {
    const unit = this.escapedUnit();
    if (isLowSurrogate(unit)) this.fail('Invalid unicode code point.');
    if (!isHighSurrogate(unit)) return String.fromCharCode(unit);
    if (!this.text.startsWith('\\u', this.position)) this.fail('Missing low surrogate.');
    const low = this.escapedUnit();
    if (!isLowSurrogate(low)) this.fail('Invalid low surrogate.');
    return String.fromCharCode(unit, low);
  }

  private escapedUnit(): number {
    const digits = this.text.slice(this.position + 2, this.position + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail('Invalid escape sequence.');
    this.position += 6;
    return Number.parseInt(digits, 16);
  }

  private skipDigits(): number {
    const start = this.position;
    while (isDigit(this.text.charCodeAt(this.position))) this.position++;
    if (this.position === start) this.fail('Unable to parse number.');
    return this.position - start;
  }
}
