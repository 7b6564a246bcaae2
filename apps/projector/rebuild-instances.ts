import type { Ledger } from '#events/ledger/ledger.js';
import type { LogSource } from '#events/log-source/log-source.js';
import { instancesProjection } from '#read-models/instances/instances.projection.js';
import type { ReadModels } from '#read-models/read-models.js';
import { Projector, type ProjectorOptions } from './projector.js';

export interface RebuildProgress {
  readonly applied: number;
  /** Events in the log when the rebuild began. */
  readonly total: number;
}

/** Larger than a live projector's: nobody shares the event loop with a rebuild. */
const REBUILD_BATCH_SIZE = 4_000;

export interface RebuildOptions extends Pick<ProjectorOptions, 'observer' | 'batchSize'> {
  readonly readModels: ReadModels;
  readonly connectionString: string;
  readonly ledger: Pick<Ledger, 'shards' | 'shardHead'>;
  readonly source: LogSource;
  readonly onProgress?: (progress: RebuildProgress) => void;
}

/**
 * Empties the read model of instances and fills it again from position 0, up to the log's heads as they were when it
 * began. Harmless beside a live projector: each commit of either moves the checkpoint from where it is, so
 * together they apply every event once. Reads fold meanwhile.
 *
 * @returns How many events it took.
 */
export async function rebuildInstances(options: RebuildOptions): Promise<number> {
  const { readModels, ledger, onProgress = () => undefined } = options;
  const shards = ledger.shards(instancesProjection.log);
  const heads = await Promise.all(shards.map((shard) => ledger.shardHead(shard)));
  const total = heads.reduce((sum, head) => sum + head, 0);
  await emptyReadModel(readModels);
  const projector = Projector.start({ batchSize: REBUILD_BATCH_SIZE, ...options, shards });
  try {
    const applied = new Map<number, number>();
    const stops = shards.map((shard) =>
      projector.onApplied(shard, (position) => {
        applied.set(shard.shard, position);
        onProgress({ applied: [...applied.values()].reduce((sum, each) => sum + each, 0), total });
      }),
    );
    await Promise.all(shards.map((shard, i) => projector.whenApplied(shard, heads[i] ?? 0)));
    for (const stop of stops) stop();
  } finally {
    await projector.stop();
  }
  return total;
}

/**
 * In one transaction. Checkpoints come first, in which a live projector's batches wait, then `instances`, in which
 * reads over several tables wait (instance-tables.ts): whoever waits holds nothing that is wanted here, so no deadlock.
 */
async function emptyReadModel({ dataSource, schema, tables }: ReadModels): Promise<void> {
  await dataSource.transaction(async (transaction) => {
    await transaction.query('update projection.checkpoints set position = 0 where projection = $1', [schema]);
    await transaction.query(`truncate ${tables.map(({ name }) => name).join(', ')}`);
  });
}
