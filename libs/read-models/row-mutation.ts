/** The class of a TypeORM entity; its properties are the columns of one table. */
export type EntityClass<R extends object = object> = new () => R;

/** Values by property name. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * What an event does to the rows of a table. Applied strictly: an `insert` must find no row with its key and an
 * `update` must find one, because a projection that sees every event once never meets anything else.
 * A `delete` names the first columns of the key, and takes every row below it.
 */
export type RowMutation =
  | { readonly kind: 'insert'; readonly entity: EntityClass; readonly row: Row }
  | { readonly kind: 'update'; readonly entity: EntityClass; readonly key: Row; readonly set: Row }
  | { readonly kind: 'delete'; readonly entity: EntityClass; readonly prefix: Row };

/** Typed mutations of one table: `rowsOf(ClusterRow).delete({ instanceId, clusterId })`. */
export function rowsOf<R extends object>(entity: EntityClass<R>): RowsOf<R> {
  return {
    insert: (row) => ({ kind: 'insert', entity, row: row as Row }),
    update: (key, set) => ({ kind: 'update', entity, key, set }),
    delete: (prefix) => ({ kind: 'delete', entity, prefix }),
  };
}

export interface RowsOf<R extends object> {
  insert(row: R): RowMutation;
  update(key: Partial<R>, set: Partial<R>): RowMutation;
  delete(prefix: Partial<R>): RowMutation;
}
