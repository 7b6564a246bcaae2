const DOUBLE_QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;

/** A JSON string: every control character as `\u00XX`, all else beyond ASCII as it is (contract, section 18). */
export function quote(text: string): string {
  let escaped = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= FIRST_PRINTABLE && code !== DOUBLE_QUOTE && code !== BACKSLASH) continue;
    escaped += text.slice(from, at) + escapeOf(code);
    from = at + 1;
  }
  return from === 0 ? `"${text}"` : `"${escaped}${text.slice(from)}"`;
}

const escapeOf = (code: number): string =>
  code < FIRST_PRINTABLE
    ? `\\u00${code.toString(16).toUpperCase().padStart(2, '0')}`
    : `\\${String.fromCharCode(code)}`;
