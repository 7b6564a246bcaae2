import { LenientJson, type JsonKind } from './lenient-json.js';
import { MalformedBody } from './malformed-body.js';
import type { Field, MessageDescriptor, MessageOf } from './message-descriptor.js';
import { NOT_GIVEN, toScalar, type Scalar } from './scalars.js';

export type ReadResult<D extends MessageDescriptor> =
  | { readonly kind: 'read'; readonly message: MessageOf<D> }
  | { readonly kind: 'malformed'; readonly detail: string };

/**
 * Reads the body of a request as a message (contract, sections 2.2 and 18). Members that the descriptor does not know
 * are ignored at any depth. `detail` names the field of a value of a wrong type, never quotes the body otherwise, and
 * never holds a secret; `parseErrorText` makes the reply of it.
 */
export function readMessage<D extends MessageDescriptor>(descriptor: D, body: Buffer): ReadResult<D> {
  try {
    return { kind: 'read', message: new MessageReader(new LenientJson(body)).read(descriptor) as MessageOf<D> };
  } catch (error) {
    if (error instanceof MalformedBody) return { kind: 'malformed', detail: error.message };
    throw error;
  }
}

/** A message in the making. Only names of descriptors become members. */
interface Members {
  [name: string]: Value;
}
type Value = Scalar | Members | Map<string, string> | Value[];

/** A longer value is not shown in an error text. */
const MAX_SHOWN = 64;

class MessageReader {
  private readonly json: LenientJson;
  /** The message fields that were entered, for error texts: `cluster`, `nodes[0]`. */
  private readonly path: string[] = [];

  constructor(json: LenientJson) {
    this.json = json;
  }

  read(descriptor: MessageDescriptor): Members {
    if (this.json.kind() !== 'object') throw new MalformedBody('Root element must be a message.');
    const message: Members = {};
    this.members(descriptor, message);
    this.json.end();
    return message;
  }

  private members(descriptor: MessageDescriptor, message: Members): void {
    this.json.enterObject();
    for (let name = this.json.nextName(); name !== undefined; name = this.json.nextName()) {
      const field = descriptor.fieldsByName.get(name);
      if (field === undefined) this.json.skip();
      else this.member(field, message);
    }
    const missing = descriptor.requiredFields.find((field) => message[field.name] === undefined);
    if (missing !== undefined) throw new MalformedBody(`(${this.path.join('.')}): missing field ${missing.name}`);
  }

  /** A member that was sent before is set again if it is a scalar, added to if not (section 18). */
  private member(field: Field, message: Members): void {
    const kind = this.json.kind();
    if (kind === 'null') this.json.skip();
    else if (field.repeated) this.elements(field, kind, message);
    else if (field.kind === 'map') this.entries(field, kind, message);
    else {
      const value = this.value(field, kind, field.name, message[field.name]);
      if (value !== NOT_GIVEN) message[field.name] = value;
    }
  }

  /** Arrays in arrays are flattened; a value that is no array is one element. */
  private elements(field: Field, kind: JsonKind, message: Members): void {
    if (kind === 'null') {
      this.json.skip();
    } else if (kind === 'array') {
      this.json.enterArray();
      while (this.json.nextElement()) this.elements(field, this.json.kind(), message);
    } else {
      const list = (message[field.name] ?? []) as Value[];
      const value = this.value(field, kind, `${field.name}[${list.length}]`);
      if (value === NOT_GIVEN) return;
      list.push(value);
      message[field.name] = list;
    }
  }

  private entries(field: Field, kind: JsonKind, message: Members): void {
    if (kind !== 'object') throw this.invalid(field, kind, field.name);
    const map = (message[field.name] ?? new Map()) as Map<string, string>;
    this.json.enterObject();
    for (let key = this.json.nextKey(); key !== undefined; key = this.json.nextKey()) {
      const valueKind = this.json.kind();
      if (valueKind === 'string') map.set(key, this.json.string());
      else if (valueKind === 'null') this.json.skip();
      else throw this.invalid({ ...field, kind: 'string', secret: true }, valueKind, field.name);
    }
    if (map.size > 0) message[field.name] = map;
  }

  /** `earlier` is the message that the same member held when it was sent before. */
  private value(field: Field, kind: JsonKind, step: string, earlier?: Value): Value | typeof NOT_GIVEN {
    if (field.kind === 'string' && kind === 'string') return this.json.string();
    if (field.message === undefined) return this.scalar(field, kind, step);
    if (kind !== 'object') throw this.invalid(field, kind, step);
    const message = (earlier ?? {}) as Members;
    this.path.push(step);
    this.members(field.message, message);
    this.path.pop();
    return message;
  }

  private scalar(field: Field, kind: JsonKind, step: string): Scalar | typeof NOT_GIVEN {
    const token = this.token(kind);
    const value = token === undefined ? undefined : toScalar(field, kind, token);
    if (value === undefined) throw this.invalid(field, kind, step, token);
    return value;
  }

  private token(kind: JsonKind): string | undefined {
    switch (kind) {
      case 'string':
        return this.json.string();
      case 'number':
        return this.json.number();
      case 'true':
      case 'false':
      case 'null':
        this.json.skip();
        return kind;
      case 'object':
      case 'array':
        return undefined;
    }
  }

  private invalid(field: Field, kind: JsonKind, step: string, token = this.token(kind)): MalformedBody {
    const path = [...this.path, step].join('.');
    // Text where a message belongs may be the whole message, secrets and all.
    const hidden = field.secret || field.kind === 'message';
    const shown = hidden ? '' : ` ${shownValue(kind, token)}`;
    return new MalformedBody(`(${path}): invalid value${shown} for type ${protobufType(field)}`);
  }
}

function shownValue(kind: JsonKind, token: string | undefined): string {
  if (kind === 'object') return '{...}';
  if (kind === 'array') return '[...]';
  const text = token === undefined || token.length > MAX_SHOWN ? '...' : token;
  return kind === 'string' ? `"${text}"` : text;
}

const protobufType = (field: Field): string =>
  field.kind === 'map' ? 'TYPE_MESSAGE' : `TYPE_${field.kind.toUpperCase()}`;
