import type { ReadModels } from './read-models.js';

/** A row, as text, that one side has and the other has not. */
export interface RowDifference {
  readonly table: string;
  readonly side: 'left' | 'right';
  readonly row: string;
}

const SHOWN_PER_TABLE = 10;

/**
 * Compares two sets of read models in one database row for row, column for column, in one snapshot: the live one and
 * one that was rebuilt beside it. Empty when they are equal; else the first differences of each table.
 */
export async function compareReadModels(left: ReadModels, right: ReadModels): Promise<RowDifference[]> {
  const tables = left.tables.map(({ entity, name }) => ({ left: name, right: right.table(entity).name }));
  const only = (side: string, one: string, other: string): string =>
    `(select '${one}' as table, '${side}' as side, row from
       (select r::text as row from ${one} r except all select r::text from ${other} r) d
       order by row limit ${SHOWN_PER_TABLE})`;
  const sides = tables.flatMap((table) => [
    only('left', table.left, table.right),
    only('right', table.right, table.left),
  ]);
  return left.dataSource.query<RowDifference[]>(sides.join(' union all '));
}
