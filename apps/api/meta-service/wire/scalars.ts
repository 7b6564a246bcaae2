import type { EnumDescriptor, Field } from './message-descriptor.js';
import type { JsonKind } from './lenient-json.js';

/** A value that counts as if it had not been sent. */
export const NOT_GIVEN = Symbol('not given');

export type Scalar = string | number | bigint | boolean;

/** Leading zeros and a plus are allowed in text; 19 digits hold every int64, more are out of range anyway. */
const INTEGER = /^([+-]?)(?:0*([1-9]\d{0,18})|0+)$/;

const RANGES = {
  int32: { min: -(2n ** 31n), max: 2n ** 31n - 1n },
  int64: { min: -(2n ** 63n), max: 2n ** 63n - 1n },
} as const;

const BOOLS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 't', 'yes', 'y', '1'].map((text) => [text, true] as const),
  ...['false', 'f', 'no', 'n', '0'].map((text) => [text, false] as const),
]);

/**
 * A JSON scalar as a value of the field's type (contract, sections 2.2 and 18); `token` is the text of a string without
 * its quotes, of a number or word as written. `undefined` when it does not fit the type.
 */
export function toScalar(field: Field, kind: JsonKind, token: string): Scalar | typeof NOT_GIVEN | undefined {
  switch (field.kind) {
    case 'string':
      return kind === 'string' ? token : undefined;
    case 'bool':
      return kind === 'number' ? undefined : BOOLS.get(token.toLowerCase());
    case 'int64':
      return toInteger(kind, token, 'int64');
    case 'int32': {
      const value = toInteger(kind, token, 'int32');
      return value === undefined ? undefined : Number(value);
    }
    case 'enum':
      return field.enum === undefined ? undefined : toEnumName(field.enum, kind, token);
    case 'message':
    case 'map':
      return undefined;
  }
}

/** Unknown names and numbers count as not given: the field may be of a newer version. */
function toEnumName(descriptor: EnumDescriptor, kind: JsonKind, token: string): string | typeof NOT_GIVEN | undefined {
  const name = kind === 'string' ? descriptor.names.get(token) : undefined;
  if (name !== undefined) return name;
  const number = toInteger(kind, token, 'int64');
  if (number === undefined) return kind === 'string' ? NOT_GIVEN : undefined;
  return descriptor.namesByNumber.get(Number(number)) ?? NOT_GIVEN;
}

function toInteger(kind: JsonKind, token: string, type: keyof typeof RANGES): bigint | undefined {
  const value = kind === 'number' ? integerOfNumber(token) : kind === 'string' ? integerOfText(token) : undefined;
  const { min, max } = RANGES[type];
  return value !== undefined && value >= min && value <= max ? value : undefined;
}

/** `9050.0` and `9.05e3` are integers. Only those forms go through a double; plain digits stay exact. */
function integerOfNumber(token: string): bigint | undefined {
  const exact = integerOfText(token);
  if (exact !== undefined) return exact;
  const value = Number(token);
  return Number.isInteger(value) ? BigInt(value) : undefined;
}

function integerOfText(text: string): bigint | undefined {
  const match = INTEGER.exec(text);
  return match === null ? undefined : BigInt(`${match[1]}${match[2] ?? '0'}`);
}
