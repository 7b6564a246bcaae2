import type { DataSource, ValueTransformer } from 'typeorm';
import type { EntityClass, Row } from './row-mutation.js';

type ColumnMetadata = ReturnType<DataSource['getMetadata']>['columns'][number];

/** What a column of a read model can hold, as PostgreSQL takes it. */
export type StoredValue = string | number | boolean | null | readonly string[];

export interface ColumnShape {
  readonly property: string;
  /** As in the database, e.g. `instance_id`. */
  readonly name: string;
  /** PostgreSQL's name of the type, e.g. `bigint` or `text[]`. */
  readonly type: string;
  /** From the property's value to what is stored, and back from what `to_json` gives. */
  readonly store: (value: unknown) => StoredValue;
  readonly load: (stored: unknown) => unknown;
}

/** A table as its entity defines it; the statements that write and read it in sets are derived from this. */
export interface TableShape {
  readonly entity: EntityClass;
  /** Schema and name, quoted, ready for SQL. */
  readonly name: string;
  readonly columns: readonly ColumnShape[];
  /** In the order of the primary key. */
  readonly key: readonly ColumnShape[];
}

export function tableShape(dataSource: DataSource, entity: EntityClass): TableShape {
  const metadata = dataSource.getMetadata(entity);
  const columns = metadata.columns.map((column) => columnShape(dataSource, column));
  const keyProperties = new Set(metadata.primaryColumns.map((column) => column.propertyName));
  return {
    entity,
    name: `"${metadata.schema}"."${metadata.tableName}"`,
    columns,
    key: columns.filter(({ property }) => keyProperties.has(property)),
  };
}

/** The entity's properties from a row that came as JSON, by column names. */
export function rowFromJson<R extends object>(shape: TableShape, json: Row): R {
  const row: Record<string, unknown> = {};
  for (const { property, name, load } of shape.columns) row[property] = load(json[name]);
  return row as R;
}

function columnShape(dataSource: DataSource, column: ColumnMetadata): ColumnShape {
  const type = dataSource.driver.normalizeType(column);
  const [transformer] = [column.transformer].flat();
  return {
    property: column.propertyName,
    name: column.databaseName,
    type: column.isArray ? `${type}[]` : type,
    store: storeAs(type, transformer),
    load: (stored): unknown => (transformer === undefined ? stored : transformer.from(stored)),
  };
}

function storeAs(type: string, transformer: ValueTransformer | undefined): ColumnShape['store'] {
  if (type === 'json') return (value) => (value === null ? null : JSON.stringify(value));
  if (transformer === undefined) return (value) => value as StoredValue;
  return (value) => transformer.to(value) as StoredValue;
}
