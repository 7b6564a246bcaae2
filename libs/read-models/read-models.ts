import 'reflect-metadata';
import { DataSource, type MigrationInterface } from 'typeorm';
import { CheckpointRow } from './checkpoints/checkpoint.entity.js';
import { CreateCheckpoints } from './checkpoints/create-checkpoints.migration.js';
import { INSTANCE_ENTITIES, INSTANCES_PROJECTION } from './instances/instances.projection.js';
import { CreateInstances } from './instances/migrations/create-instances.migration.js';
import type { EntityClass } from './row-mutation.js';
import { SnakeCaseNaming } from './snake-case.naming.js';
import { tableShape, type TableShape } from './table-shape.js';

const MIGRATIONS: readonly (new () => MigrationInterface & { readonly name: string })[] = [
  CreateCheckpoints,
  CreateInstances,
];
const MIGRATIONS_TABLE = 'migrations';
/** Any fixed number that nothing else in the database locks. */
const MIGRATION_LOCK = 7_310_405_012;

/** How long a query waits for a connection, in ms. */
const CONNECTION_WAIT_MS = 10_000;

/** The read models were made by a newer Lakeledger, whose tables this program does not know. */
export class ReadModelsTooNew extends Error {
  override readonly name = 'ReadModelsTooNew';
}

export interface ReadModelsOptions {
  readonly connectionString: string;
  /** Schema of the tables: the projection's name and version, so that two versions can stand side by side. */
  readonly schema?: string;
  /** Connections to PostgreSQL at most, two at least (one holds the lock while the other migrates); default 10. */
  readonly poolSize?: number;
  /** An idle connection broke; the pool replaces it by itself. */
  readonly onConnectionLost?: (error: Error) => void;
}

/** The projected tables of one schema, through one TypeORM DataSource. */
export class ReadModels {
  readonly tables: readonly TableShape[];

  private constructor(
    readonly schema: string,
    readonly dataSource: DataSource,
  ) {
    this.tables = INSTANCE_ENTITIES.map((entity) => tableShape(dataSource, entity));
  }

  /**
   * Connects and brings the schema up to this program's, once under a lock however many processes start together.
   *
   * @throws ReadModelsTooNew
   */
  static async open(options: ReadModelsOptions): Promise<ReadModels> {
    const schema = options.schema ?? INSTANCES_PROJECTION;
    if (!/^[a-z_][a-z0-9_]*$/.test(schema)) throw new Error(`"${schema}" is not a name for a schema of read models`);
    const dataSource = new DataSource({
      type: 'postgres',
      url: options.connectionString,
      schema,
      entities: [...INSTANCE_ENTITIES, CheckpointRow],
      migrations: [...MIGRATIONS],
      migrationsTableName: MIGRATIONS_TABLE,
      namingStrategy: new SnakeCaseNaming(),
      poolSize: options.poolSize ?? 10,
      // Reads fold instead; while PostgreSQL hangs, those that wait for a connection may not pile up.
      connectTimeoutMS: CONNECTION_WAIT_MS,
      installExtensions: false,
      logging: false,
      poolErrorHandler: options.onConnectionLost ?? (() => undefined),
    });
    await dataSource.initialize();
    try {
      await migrateUnderLock(dataSource, schema);
    } catch (error) {
      await dataSource.destroy();
      throw error;
    }
    return new ReadModels(schema, dataSource);
  }

  table(entity: EntityClass): TableShape {
    const shape = this.tables.find((table) => table.entity === entity);
    if (shape === undefined) throw new Error(`${entity.name} is no table of the read models`);
    return shape;
  }

  close(): Promise<void> {
    return this.dataSource.destroy();
  }
}

async function migrateUnderLock(dataSource: DataSource, schema: string): Promise<void> {
  const session = dataSource.createQueryRunner();
  await session.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    await session.query(`create schema if not exists ${schema}`);
    await refuseUnknownMigrations(dataSource, schema);
    await dataSource.runMigrations({ transaction: 'all' });
  } finally {
    await session.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await session.release();
  }
}

async function refuseUnknownMigrations(dataSource: DataSource, schema: string): Promise<void> {
  const table = `${schema}.${MIGRATIONS_TABLE}`;
  const [{ exists }] = await dataSource.query<[{ exists: boolean }]>(
    'select to_regclass($1) is not null as exists', [table]);
  if (!exists) return;
  const applied = await dataSource.query<{ name: string }[]>(`select name from ${table} order by id`);
  const known = new Set(MIGRATIONS.map((Migration) => new Migration().name));
  const unknown = applied.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new ReadModelsTooNew(
      `the read models in ${schema} are newer than this program: they have ${unknown.join(', ')}`,
    );
  }
}
