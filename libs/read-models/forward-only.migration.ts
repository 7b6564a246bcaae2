import type { DataSourceOptions, MigrationInterface, QueryRunner } from 'typeorm';

/** A step that the schema takes once and never back: older code refuses a newer schema instead. */
export abstract class ForwardOnlyMigration implements MigrationInterface {
  /** Ends in 13 digits, by which TypeORM orders migrations. */
  abstract readonly name: string;

  /** SQL, in order. `schema` is the one that this set of read models lives in. */
  protected abstract statements(schema: string): readonly string[];

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of this.statements(schemaOf(runner.dataSource.options))) await runner.query(statement);
  }

  down(): Promise<never> {
    return Promise.reject(new Error(`${this.name} cannot be undone: migrations go forward only`));
  }
}

function schemaOf(options: DataSourceOptions): string {
  if (options.type !== 'postgres' || options.schema === undefined) throw new Error('read models need a schema');
  return options.schema;
}
