import type { EntityClass, Row, RowMutation } from '#read-models/row-mutation.js';
import type { TableShape } from '#read-models/table-shape.js';
import { KeyTree } from './key-tree.js';

/**
 * What a batch of mutations comes to in one table. Applied as deletes, then inserts, then updates, it leaves the
 * same rows as the mutations one by one: a delete only concerns rows from before the batch (later ones are cut
 * from `inserts` and `updates` here), and an update only rows that no delete of the batch concerns.
 */
export interface TableChanges {
  readonly table: TableShape;
  /** Values of the first columns of the key; of equal length within a list. */
  readonly deletes: readonly (readonly (readonly unknown[])[])[];
  readonly inserts: readonly Row[];
  /** Grouped by the columns they set. Each row holds the key and the new values. */
  readonly updates: readonly UpdateGroup[];
}

export interface UpdateGroup {
  readonly properties: readonly string[];
  readonly rows: readonly Row[];
}

/** Mutations that contradict each other or the rows: the projection or the log is wrong, so nothing goes on. */
export class ProjectionDiverged extends Error {
  override readonly name = 'ProjectionDiverged';
}

/** Merges mutations, in the order of their events, to at most one row each per key and table. Pure. */
export function coalesce(tables: readonly TableShape[], mutations: Iterable<RowMutation>): TableChanges[] {
  const batches = new Map<EntityClass, TableBatch>(tables.map((table) => [table.entity, new TableBatch(table)]));
  for (const mutation of mutations) {
    const batch = batches.get(mutation.entity);
    if (batch === undefined) throw new ProjectionDiverged(`${mutation.entity.name} is not a table of this projection`);
    batch.add(mutation);
  }
  return [...batches.values()].filter((batch) => batch.touched).map((batch) => batch.changes());
}

type Pending = { readonly kind: 'insert' | 'update'; readonly row: Row };

class TableBatch {
  touched = false;
  readonly #pending: KeyTree<Pending>;
  readonly #deletes = new Map<string, readonly unknown[]>();
  readonly #keyProperties: readonly string[];

  constructor(private readonly table: TableShape) {
    this.#keyProperties = table.key.map(({ property }) => property);
    this.#pending = new KeyTree(table.key.length);
  }

  add(mutation: RowMutation): void {
    this.touched = true;
    switch (mutation.kind) {
      case 'insert':
        return this.#insert(mutation.row);
      case 'update':
        return this.#update(mutation.key, mutation.set);
      case 'delete':
        return this.#delete(mutation.prefix);
    }
  }

  changes(): TableChanges {
    const inserts: Row[] = [];
    const updates = new Map<string, { properties: readonly string[]; rows: Row[] }>();
    for (const { kind, row } of this.#pending.values()) {
      if (kind === 'insert') {
        inserts.push(row);
        continue;
      }
      const properties = this.table.columns.map(({ property }) => property).filter((property) => property in row);
      const shape = properties.join();
      const group = updates.get(shape) ?? { properties, rows: [] };
      updates.set(shape, group);
      group.rows.push(row);
    }
    return { table: this.table, deletes: this.#deletesByLength(), inserts, updates: [...updates.values()] };
  }

  #insert(row: Row): void {
    const key = this.#keyProperties.map((property) => row[property]);
    if (this.#pending.get(key) !== undefined) throw this.#diverged('inserts a row that is there', key);
    this.#pending.set(key, { kind: 'insert', row });
  }

  #update(keyRow: Row, set: Row): void {
    const key = this.#keyProperties.map((property) => keyRow[property]);
    const { kind, row } = this.#pending.get(key) ?? { kind: 'update', row: keyRow };
    this.#pending.set(key, { kind, row: { ...row, ...set } });
  }

  #delete(prefixRow: Row): void {
    const given = this.#keyProperties.filter((property) => property in prefixRow);
    const prefix = given.map((property) => prefixRow[property]);
    this.#pending.delete(prefix);
    this.#deletes.set(JSON.stringify(prefix), prefix);
  }

  #deletesByLength(): (readonly unknown[])[][] {
    const groups = new Map<number, (readonly unknown[])[]>();
    for (const prefix of this.#deletes.values()) {
      const group = groups.get(prefix.length) ?? [];
      groups.set(prefix.length, group);
      group.push(prefix);
    }
    return [...groups.values()];
  }

  #diverged(what: string, key: readonly unknown[]): ProjectionDiverged {
    return new ProjectionDiverged(`an event ${what}: ${this.table.name} ${JSON.stringify(key)}`);
  }
}
