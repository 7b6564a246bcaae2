import type { Field, MessageDescriptor, MessageOf } from './message-descriptor.js';
import { quote } from './quote.js';

/**
 * The message as pretty JSON, indented by four spaces a level (contract, section 2.1); `depth` is the level at which
 * its own braces stand. Fields come in the order of their numbers; those not given and empty lists are left out.
 */
export function writeMessage<D extends MessageDescriptor>(descriptor: D, message: MessageOf<D>, depth: number): string {
  return object(descriptor, message, PRETTY, depth);
}

/** The message as it stands inside an error text (section 2.4): no blanks, and secrets masked (D-32). */
export function writeCompactMessage<D extends MessageDescriptor>(descriptor: D, message: MessageOf<D>): string {
  return object(descriptor, message, COMPACT, 0);
}

type Scalar = string | number | bigint | boolean;
type Value = Scalar | Members | ReadonlyMap<string, string> | readonly Value[];
interface Members {
  readonly [name: string]: Value | undefined;
}

interface Layout {
  readonly colon: string;
  readonly masksSecrets: boolean;
  newLine(depth: number): string;
}

const PRETTY: Layout = { colon: ': ', masksSecrets: false, newLine: (depth) => `\n${'    '.repeat(depth)}` };
const COMPACT: Layout = { colon: ':', masksSecrets: true, newLine: () => '' };

const MASK = '******';

function object(descriptor: MessageDescriptor, message: Members, layout: Layout, depth: number): string {
  const members: string[] = [];
  for (const field of descriptor.fields) {
    const value = message[field.name];
    if (value === undefined || isEmptyCollection(value)) continue;
    members.push(`"${field.name}"${layout.colon}${member(field, value, layout, depth + 1)}`);
  }
  return bracketed('{', members, '}', layout, depth);
}

const isEmptyCollection = (value: Value): boolean =>
  (Array.isArray(value) && value.length === 0) || (value instanceof Map && value.size === 0);

function member(field: Field, value: Value, layout: Layout, depth: number): string {
  if (!isList(value)) return single(field, value, layout, depth);
  const elements = value.map((element) => single(field, element, layout, depth + 1));
  return bracketed('[', elements, ']', layout, depth);
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);

function single(field: Field, value: Value, layout: Layout, depth: number): string {
  if (typeof value === 'string') return quote(field.secret && layout.masksSecrets && value !== '' ? MASK : value);
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return field.message === undefined
    ? map(value as ReadonlyMap<string, string>, layout, depth)
    : object(field.message, value as Members, layout, depth);
}

function map(entries: ReadonlyMap<string, string>, layout: Layout, depth: number): string {
  const members = [...entries].map(([key, value]) => `${quote(key)}${layout.colon}${quote(value)}`);
  return bracketed('{', members, '}', layout, depth);
}

function bracketed(open: string, items: readonly string[], close: string, layout: Layout, depth: number): string {
  if (items.length === 0) return `${open}${close}`;
  const inner = layout.newLine(depth + 1);
  return `${open}${inner}${items.join(`,${inner}`)}${layout.newLine(depth)}${close}`;
}
