/**
 * PostgreSQL's `text` cannot hold U+0000, which a client may well send (`"name": "a\u0000b"`), and a projection
 * must not stop at it. The noncharacter U+FFFF, never part of an interchanged text, escapes it and itself.
 */
const NUL = '\0';
const ESCAPE = '\uffff';
const ESCAPED_NUL = `${ESCAPE}0`;
const ESCAPED_ESCAPE = `${ESCAPE}1`;

export function toStorableText(text: string): string {
  if (!text.includes(NUL) && !text.includes(ESCAPE)) return text;
  return text.replaceAll(ESCAPE, ESCAPED_ESCAPE).replaceAll(NUL, ESCAPED_NUL);
}

export function fromStorableText(stored: string): string {
  if (!stored.includes(ESCAPE)) return stored;
  return stored.replaceAll(ESCAPED_NUL, NUL).replaceAll(ESCAPED_ESCAPE, ESCAPE);
}
