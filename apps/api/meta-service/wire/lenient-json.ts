import { DOUBLE_QUOTE, isDigit, JsonLexer, MINUS, SINGLE_QUOTE } from './json-lexer.js';

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'true' | 'false' | 'null';

/** Protobuf's limit; it also bounds the recursion of everything that reads. */
const MAX_DEPTH = 100;

const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Reads the JSON that the Meta Service accepts (contract, sections 2.2 and 18), value by value, as the caller asks for
 * it: no tree is built, so members that nobody wants cost a scan and nothing else. Beyond JSON it takes trailing
 * commas, bare names, single quotes and raw control characters in strings. Every method throws `MalformedBody`.
 */
export class LenientJson {
  private readonly lexer: JsonLexer;
  private depth = 0;
  /** Right after an opening bracket, where no comma is due. */
  private opened = false;

  constructor(body: Buffer) {
    this.lexer = new JsonLexer(body);
  }

  /** What the next value is; takes nothing but the blanks before it. */
  kind(): JsonKind {
    const { lexer } = this;
    const code = lexer.next();
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) return 'string';
    if (code === OPEN_BRACE) return 'object';
    if (code === OPEN_BRACKET) return 'array';
    if (isDigit(code) || code === MINUS) return 'number';
    if (lexer.startsWith('true')) return 'true';
    if (lexer.startsWith('false')) return 'false';
    if (lexer.startsWith('null')) return 'null';
    return lexer.fail('Expected a value.');
  }

  enterObject(): void {
    this.enter();
  }

  /** The name of the next member, whose value comes next; `undefined` once the object is closed. */
  nextName(): string | undefined {
    const { lexer } = this;
    if (this.closes(CLOSE_BRACE, 'Expected , or } after key:value pair.')) return undefined;
    const code = lexer.next();
    const name = code === DOUBLE_QUOTE || code === SINGLE_QUOTE ? lexer.string() : lexer.bareName();
    if (name === '') lexer.fail('Expected a non-empty object key.');
    if (lexer.next() !== COLON) lexer.fail('Expected : between key:value pair.');
    lexer.advance(1);
    return name;
  }

  /** As `nextName`, for a name that is kept: the key of a map. */
  nextKey(): string | undefined {
    const name = this.nextName();
    return name === undefined ? undefined : this.lexer.kept(name);
  }

  enterArray(): void {
    this.enter();
  }

  /** Whether another element comes next; `false` once the array is closed. */
  nextElement(): boolean {
    return !this.closes(CLOSE_BRACKET, 'Expected , or ] after array value.');
  }

  string(): string {
    return this.lexer.kept(this.lexer.string());
  }

  /** The number as it was written, for the caller to convert without loss. */
  number(): string {
    return this.lexer.number();
  }

  /** Passes over a value of any kind, which must be well formed all the same. */
  skip(): void {
    const kind = this.kind();
    switch (kind) {
      case 'object':
        this.enterObject();
        while (this.nextName() !== undefined) this.skip();
        return;
      case 'array':
        this.enterArray();
        while (this.nextElement()) this.skip();
        return;
      case 'string':
        this.lexer.string();
        return;
      case 'number':
        this.lexer.number();
        return;
      case 'true':
      case 'false':
      case 'null':
        this.lexer.advance(kind.length);
        return;
    }
  }

  /** Nothing but blanks may follow the document. */
  end(): void {
    this.lexer.next();
    if (!this.lexer.atEnd) this.lexer.fail('Parsing terminated before end of input.');
  }

  private enter(): void {
    if (++this.depth > MAX_DEPTH) this.lexer.fail('Message too deep. Max recursion depth reached.');
    this.lexer.advance(1);
    this.opened = true;
  }

  /** Takes the closing bracket, or else the comma that must stand before the next member or element. */
  private closes(bracket: number, expected: string): boolean {
    let code = this.lexer.next();
    if (code !== bracket && !this.opened) {
      if (code !== COMMA) this.lexer.fail(expected);
      this.lexer.advance(1);
      code = this.lexer.next();
    }
    this.opened = false;
    if (code !== bracket) return false;
    this.lexer.advance(1);
    this.depth--;
    return true;
  }
}
