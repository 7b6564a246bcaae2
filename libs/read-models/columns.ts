import { Column, PrimaryColumn, type ValueTransformer } from 'typeorm';
import { fromStorableText, toStorableText } from './storable-text.js';

/**
 * The kinds of column that read models are made of. Each says once how a value is written and read; repositories
 * and the projector's set-based statements both follow it.
 */
const text: ValueTransformer = {
  to: (value: string | null) => (value === null ? null : toStorableText(value)),
  from: (stored: string | null) => (stored === null ? null : fromStorableText(stored)),
};

const textArray: ValueTransformer = {
  to: (values: readonly string[]) => values.map(toStorableText),
  from: (stored: readonly string[]) => stored.map(fromStorableText),
};

/** Positions, versions and unix seconds: far below 2^53, but `pg` hands a bigint over as text. */
const bigint: ValueTransformer = {
  to: (value: number | null) => value,
  from: (stored: string | number | null) => (stored === null ? null : Number(stored)),
};

interface Nullable {
  readonly nullable?: boolean;
}

export const TextKey = (): PropertyDecorator => PrimaryColumn('text', { transformer: text });
export const IntegerKey = (): PropertyDecorator => PrimaryColumn('integer');

export const TextColumn = (options: Nullable = {}): PropertyDecorator =>
  Column('text', { ...options, transformer: text });
export const TextArrayColumn = (): PropertyDecorator => Column('text', { array: true, transformer: textArray });
export const BigintColumn = (): PropertyDecorator => Column('bigint', { transformer: bigint });
export const IntegerColumn = (options: Nullable = {}): PropertyDecorator => Column('integer', { ...options });
export const BooleanColumn = (options: Nullable = {}): PropertyDecorator => Column('boolean', { ...options });
/** A value that is only ever read whole. `json`, not `jsonb`, which cannot hold the character U+0000. */
export const JsonColumn = (options: Nullable = {}): PropertyDecorator => Column('json', { ...options });
