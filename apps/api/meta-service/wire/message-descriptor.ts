/**
 * What a message of the Meta Service looks like on the wire (contract, section 2.4): its fields with their protobuf
 * numbers and kinds. The reader, the writer and the TypeScript type of a message all follow from its descriptor.
 *
 * @example
 * const encryptionInfo = defineMessage({ encryption_method: string(1), key_id: int64(2) });
 * type EncryptionInfo = MessageOf<typeof encryptionInfo>; // { encryption_method?: string; key_id?: bigint }
 */

export interface EnumDescriptor<N extends string = string> {
  readonly numbers: { readonly [Name in N]: number };
  /** Accepted names, aliases included, each with the name that it stands for. */
  readonly names: ReadonlyMap<string, N>;
  readonly namesByNumber: ReadonlyMap<number, N>;
}

export type FieldKind = 'string' | 'int32' | 'int64' | 'bool' | 'enum' | 'message' | 'map';

/** A field as it is declared; `defineMessage` adds the name. */
export interface FieldSpec {
  readonly number: number;
  readonly kind: FieldKind;
  readonly repeated: boolean;
  /** proto2 `required`: a message without it is malformed. */
  readonly required: boolean;
  /** Its value never shows up in an error text (contract, D-32). */
  readonly secret: boolean;
  readonly enum?: EnumDescriptor;
  readonly message?: MessageDescriptor;
}

export interface Field extends FieldSpec {
  readonly name: string;
}

export type FieldSpecs = Readonly<Record<string, FieldSpec>>;

export interface MessageDescriptor<S extends FieldSpecs = FieldSpecs> {
  readonly specs: S;
  /** In the order of the field numbers, which is the order in which they are printed. */
  readonly fields: readonly Field[];
  readonly requiredFields: readonly Field[];
  /** By both spellings that a client may use: snake_case and lowerCamelCase. */
  readonly fieldsByName: ReadonlyMap<string, Field>;
}

const singular = { repeated: false, required: false, secret: false } as const;

export const string = (number: number) => ({ ...singular, number, kind: 'string' }) as const;
export const secret = (number: number) => ({ ...singular, number, kind: 'string', secret: true }) as const;
export const int32 = (number: number) => ({ ...singular, number, kind: 'int32' }) as const;
export const int64 = (number: number) => ({ ...singular, number, kind: 'int64' }) as const;
export const bool = (number: number) => ({ ...singular, number, kind: 'bool' }) as const;
/** `map<string, string>`, the only map there is. */
export const stringMap = (number: number) => ({ ...singular, number, kind: 'map' }) as const;

export const enumeration = <N extends string>(number: number, descriptor: EnumDescriptor<N>) =>
  ({ ...singular, number, kind: 'enum', enum: descriptor }) as const;

export const message = <S extends FieldSpecs>(number: number, descriptor: MessageDescriptor<S>) =>
  ({ ...singular, number, kind: 'message', message: descriptor }) as const;

export const repeated = <F extends FieldSpec>(field: F): Omit<F, 'repeated'> & { readonly repeated: true } => ({
  ...field,
  repeated: true,
});

export const required = <F extends FieldSpec>(field: F): Omit<F, 'required'> & { readonly required: true } => ({
  ...field,
  required: true,
});

/** `aliases` are names that clients may send and that are never printed. */
export function defineEnum<N extends string>(
  numbers: { readonly [Name in N]: number },
  aliases: Readonly<Record<string, NoInfer<N>>> = {},
): EnumDescriptor<N> {
  const own = Object.keys(numbers) as N[];
  return {
    numbers,
    names: new Map([...own.map((name) => [name, name] as const), ...Object.entries(aliases)]),
    namesByNumber: new Map(own.map((name) => [numbers[name], name])),
  };
}

export function defineMessage<const S extends FieldSpecs>(specs: S): MessageDescriptor<S> {
  const fields = Object.entries(specs)
    .map(([name, spec]): Field => ({ ...spec, name }))
    .sort((a, b) => a.number - b.number);
  return {
    specs,
    fields,
    requiredFields: fields.filter((field) => field.required),
    fieldsByName: new Map(
      fields.flatMap((field): [string, Field][] => [
        [field.name, field],
        [lowerCamelCase(field.name), field],
      ]),
    ),
  };
}

const lowerCamelCase = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The names of an enum, e.g. `'NORMAL' | 'DELETED' | 'OVERDUE'`. */
export type EnumName<E extends EnumDescriptor> = keyof E['numbers'] & string;

/**
 * A value of the message: members under their snake_case names, absent when not given. An int64 is a `bigint`: exact,
 * comparable, and no text or lossy number can be taken for it by mistake. An enum is its name, a map a `Map`, so that
 * no member name of a client can reach an object's prototype.
 */
export type MessageOf<D extends MessageDescriptor> = MembersOf<D['specs']>;

type MembersOf<S extends FieldSpecs> = {
  readonly [N in keyof S as S[N]['required'] extends true ? never : N]?: MemberOf<S[N]>;
} & {
  readonly [N in keyof S as S[N]['required'] extends true ? N : never]: MemberOf<S[N]>;
};

type MemberOf<F extends FieldSpec> = F['repeated'] extends true ? readonly ValueOf<F>[] : ValueOf<F>;

type ValueOf<F extends FieldSpec> = F extends { message: MessageDescriptor<infer S> }
  ? MembersOf<S>
  : F extends { enum: EnumDescriptor<infer N> }
    ? N
    : ScalarOf[F['kind']];

interface ScalarOf {
  string: string;
  int32: number;
  int64: bigint;
  bool: boolean;
  map: ReadonlyMap<string, string>;
  enum: string;
  message: object;
}
