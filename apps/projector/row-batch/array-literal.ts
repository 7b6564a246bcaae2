import type { StoredValue } from '#read-models/table-shape.js';

/**
 * The text form of a PostgreSQL array. `pg` has its own, but runs two replacements over every element, where most need
 * no escape at all: there are two dozen elements an event.
 */
export function arrayLiteral(values: readonly StoredValue[]): string {
  let literal = '{';
  for (const value of values) literal += literal === '{' ? element(value) : `,${element(value)}`;
  return `${literal}}`;
}

function element(value: StoredValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return quoted(value);
  // An array of arrays would be unnested to the bottom: the inner one travels as text, and is cast in SQL.
  return typeof value === 'object' ? quoted(arrayLiteral(value)) : String(value);
}

function quoted(text: string): string {
  return /["\\]/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;
}
