import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ClusterRow } from '#read-models/instances/cluster.entity.js';
import { NodeRow } from '#read-models/instances/node.entity.js';
import { ReadModels } from '#read-models/read-models.js';
import { rowsOf, type RowMutation } from '#read-models/row-mutation.js';
import { createTestDatabase, type TestDatabase } from '#test/support/postgres.js';
import { batchStatements } from './batch-statements.js';
import { coalesce, ProjectionDiverged, type TableChanges } from './coalesce.js';

const clusters = rowsOf(ClusterRow);
const nodes = rowsOf(NodeRow);

const cluster = (clusterId: string, clusterName = 'name'): ClusterRow => ({
  instanceId: 'i', clusterId, addedIn: 1, clusterName, type: 'SQL', status: null,
  mysqlUserNames: ['a"b', 'NULL', ''], ctime: 1, mtime: 1,
});

const node = (clusterId: string, nodeId: number, ip: string | null = null): NodeRow => ({
  instanceId: 'i', clusterId, nodeId, cloudUniqueId: null, name: null, ip, host: null, heartbeatPort: null,
  editLogPort: null, nodeType: null, status: null, ctime: 1, mtime: 1,
});

let database: TestDatabase;
let readModels: ReadModels;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  readModels = await ReadModels.open({ connectionString: database.connectionString });
  client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await readModels.close();
  await database.drop();
});

async function apply(mutations: readonly RowMutation[]): Promise<void> {
  for (const { text, values, rows } of batchStatements(coalesce(readModels.tables, mutations))) {
    const { rowCount } = await client.query(text, [...values]);
    if (rows !== undefined) expect(rowCount).toBe(rows);
  }
}

/** The rows that these batches leave behind in empty tables. */
async function rowsAfter(batches: readonly (readonly RowMutation[])[]): Promise<unknown> {
  await client.query('truncate instances_v1.clusters, instances_v1.nodes');
  for (const batch of batches) await apply(batch);
  const [clusterRows, nodeRows] = await Promise.all([
    readModels.dataSource.getRepository(ClusterRow).find({ order: { clusterId: 'asc' } }),
    readModels.dataSource.getRepository(NodeRow).find({ order: { clusterId: 'asc', nodeId: 'asc' } }),
  ]);
  return { clusterRows, nodeRows };
}

describe('a batch of row mutations', () => {
  const coalesced = (...mutations: RowMutation[]): readonly Omit<TableChanges, 'table'>[] =>
    coalesce(readModels.tables, mutations).map(({ table: _, ...changes }) => changes);

  it('merges an update into the insert before it', () => {
    const [changes] = coalesced(
      clusters.insert(cluster('c')),
      clusters.update({ instanceId: 'i', clusterId: 'c' }, { clusterName: 'renamed' }),
    );
    expect(changes).toEqual({ deletes: [], inserts: [cluster('c', 'renamed')], updates: [] });
  });

  it('merges updates of one row, the last value of a column counting', () => {
    const key = { instanceId: 'i', clusterId: 'c' };
    const [changes] = coalesced(
      clusters.update(key, { clusterName: 'a', mtime: 1 }),
      clusters.update(key, { clusterName: 'b' }),
    );
    expect(changes?.updates).toEqual([
      {
        properties: ['instanceId', 'clusterId', 'clusterName', 'mtime'],
        rows: [{ ...key, clusterName: 'b', mtime: 1 }],
      },
    ]);
  });

  it('forgets what a later delete takes away', () => {
    const [changes] = coalesced(
      nodes.insert(node('c', 1)),
      nodes.update({ instanceId: 'i', clusterId: 'c', nodeId: 2 }, { ip: 'x' }),
      nodes.insert(node('other', 1)),
      nodes.delete({ instanceId: 'i', clusterId: 'c' }),
    );
    expect(changes).toEqual({ deletes: [[['i', 'c']]], inserts: [node('other', 1)], updates: [] });
  });

  it('keeps what is inserted again after a delete', async () => {
    const rows = await rowsAfter([
      [nodes.insert(node('c', 1, 'old')), nodes.insert(node('c', 2, 'old'))],
      [nodes.delete({ instanceId: 'i', clusterId: 'c' }), nodes.insert(node('c', 1, 'new'))],
    ]);
    expect(rows).toEqual({ clusterRows: [], nodeRows: [node('c', 1, 'new')] });
  });

  it('is refused when it inserts a row twice', () => {
    const twice = [clusters.insert(cluster('c')), clusters.insert(cluster('c'))];
    expect(() => coalesced(...twice)).toThrow(ProjectionDiverged);
  });

  it('writes one statement per table and shape, whatever the number of rows', () => {
    const mutations = Array.from({ length: 100 }, (_, i) => [
      clusters.insert(cluster(`new-${i}`)),
      nodes.update({ instanceId: 'i', clusterId: 'c', nodeId: i }, { ip: 'x' }),
      nodes.delete({ instanceId: 'i', clusterId: `old-${i}` }),
    ]).flat();
    expect(batchStatements(coalesce(readModels.tables, mutations))).toHaveLength(3);
  });
});

describe('batches of any size', () => {
  /** Arbitrary moves as mutations that fit the rows there are: inserts of absent rows, updates of present ones. */
  const history = fc
    .array(
      fc.record({
        on: fc.constantFrom('cluster', 'node'),
        clusterId: fc.constantFrom('a', 'b'),
        nodeId: fc.integer({ min: 1, max: 3 }),
        column: fc.constantFrom('ip', 'name'),
        value: fc.string({ maxLength: 3 }),
        end: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: 40 },
    )
    .map((moves) => {
      const there = new Set<string>();
      return moves.flatMap(({ clusterId, nodeId, value, column, on, end }): RowMutation[] => {
        const name = on === 'cluster' ? clusterId : `${clusterId}/${nodeId}`;
        const key = { instanceId: 'i', clusterId };
        if (!there.has(name)) {
          there.add(name);
          if (on === 'cluster') return [clusters.insert(cluster(clusterId, value))];
          return [nodes.insert(node(clusterId, nodeId, value))];
        }
        if (end > 0) {
          return [on === 'cluster'
            ? clusters.update(key, { clusterName: value, mysqlUserNames: [value] })
            : nodes.update({ ...key, nodeId }, { [column]: value })];
        }
        for (const each of there) if (each === name || each.startsWith(`${name}/`)) there.delete(each);
        return on === 'cluster' ? [clusters.delete(key), nodes.delete(key)] : [nodes.delete({ ...key, nodeId })];
      });
    });

  const inBatchesOf = (size: number, mutations: readonly RowMutation[]): RowMutation[][] =>
    Array.from({ length: Math.ceil(mutations.length / size) }, (_, i) => mutations.slice(i * size, (i + 1) * size));

  it('leave the same rows as one mutation at a time', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 2, max: 40 }), async (mutations, size) => {
        expect(await rowsAfter(inBatchesOf(size, mutations))).toEqual(await rowsAfter(inBatchesOf(1, mutations)));
      }),
      { numRuns: 60 },
    );
  });
});
