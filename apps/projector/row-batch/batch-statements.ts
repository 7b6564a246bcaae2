import type { Row } from '#read-models/row-mutation.js';
import type { ColumnShape, TableShape } from '#read-models/table-shape.js';
import { arrayLiteral } from './array-literal.js';
import type { TableChanges } from './coalesce.js';

/** One set-based statement: an array per column in, any number of rows changed. */
export interface BatchStatement {
  readonly text: string;
  readonly values: readonly string[];
  /** Rows that it must change; undefined for a delete, which may find none. */
  readonly rows: number | undefined;
}

/** In an order that leaves the rows as `TableChanges` says. No table refers to another, so tables come in any order. */
export function batchStatements(changes: readonly TableChanges[]): BatchStatement[] {
  return changes.flatMap(({ table, deletes, inserts, updates }) => [
    ...deletes.map((prefixes) => deleteStatement(table, prefixes)),
    ...(inserts.length > 0 ? [insertStatement(table, inserts)] : []),
    ...updates.map(({ properties, rows }) => updateStatement(table, properties, rows)),
  ]);
}

function deleteStatement(table: TableShape, prefixes: readonly (readonly unknown[])[]): BatchStatement {
  const columns = table.key.slice(0, prefixes[0]?.length);
  return {
    text: `delete from ${table.name} t using ${unnest(columns)} where ${sameKey(columns)}`,
    values: columns.map(({ store }, i) => arrayLiteral(prefixes.map((prefix) => store(prefix[i])))),
    rows: undefined,
  };
}

function insertStatement(table: TableShape, rows: readonly Row[]): BatchStatement {
  const { columns } = table;
  return {
    text: `insert into ${table.name} (${columns.map(quoted).join(', ')})
      select ${columns.map(incoming).join(', ')} from ${unnest(columns)}`,
    values: columnValues(columns, rows),
    rows: rows.length,
  };
}

function updateStatement(table: TableShape, properties: readonly string[], rows: readonly Row[]): BatchStatement {
  const columns = table.columns.filter(({ property }) => properties.includes(property));
  const set = columns.filter((column) => !table.key.includes(column));
  return {
    text: `update ${table.name} t set ${set.map((column) => `${quoted(column)} = ${incoming(column)}`).join(', ')}
      from ${unnest(columns)} where ${sameKey(table.key)}`,
    values: columnValues(columns, rows),
    rows: rows.length,
  };
}

function columnValues(columns: readonly ColumnShape[], rows: readonly Row[]): string[] {
  return columns.map(({ property, store }) => arrayLiteral(rows.map((row) => store(row[property]))));
}

const quoted = ({ name }: ColumnShape): string => `"${name}"`;

const isArray = ({ type }: ColumnShape): boolean => type.endsWith('[]');

/** Arrays travel as text, see `arrayLiteral`. */
const incoming = (column: ColumnShape): string =>
  isArray(column) ? `u.${quoted(column)}::${column.type}` : `u.${quoted(column)}`;

const sameKey = (columns: readonly ColumnShape[]): string =>
  columns.map((column) => `t.${quoted(column)} = u.${quoted(column)}`).join(' and ');

function unnest(columns: readonly ColumnShape[]): string {
  const arrays = columns.map((column, i) => `$${i + 1}::${isArray(column) ? 'text' : column.type}[]`);
  return `unnest(${arrays.join(', ')}) as u(${columns.map(quoted).join(', ')})`;
}
