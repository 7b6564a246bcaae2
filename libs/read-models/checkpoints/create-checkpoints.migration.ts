import { ForwardOnlyMigration } from '../forward-only.migration.js';

/** All projections share the table, so each of their schemas asks for it. */
export class CreateCheckpoints extends ForwardOnlyMigration {
  readonly name = 'CreateCheckpoints1790000000001';

  protected statements(): readonly string[] {
    return [
      'create schema if not exists projection',
      `create table if not exists projection.checkpoints (
        projection text collate "C" not null,
        shard      integer not null,
        position   bigint not null check (position >= 0),
        primary key (projection, shard)
      )`,
    ];
  }
}
