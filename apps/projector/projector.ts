import type { ShardRef } from '#events/ledger/ledger.js';
import type { LogSource } from '#events/log-source/log-source.js';
import { instancesProjection } from '#read-models/instances/instances.projection.js';
import type { Projection } from '#read-models/projection.js';
import type { ReadModels } from '#read-models/read-models.js';
import { ProjectionStore } from './projection-store.js';
import { silentProjectorObserver, type ProjectorObserver } from './projector-observer.js';
import { ShardProjector, type ShardStatus } from './shard-projector.js';

/** A statement's own cost is spread thin, and the event loop is held for about 8 ms to prepare it. */
const DEFAULT_BATCH_SIZE = 1_000;

export interface ProjectorOptions {
  /** Whose tables are filled; its schema is the name of the checkpoints. */
  readonly readModels: ReadModels;
  readonly connectionString: string;
  readonly source: LogSource;
  /** All of the projection's log. */
  readonly shards: readonly ShardRef[];
  readonly projection?: Projection;
  readonly observer?: ProjectorObserver;
  /** Events a batch at most; default 1000. */
  readonly batchSize?: number;
}

/** Follows the shards of a log and keeps the tables of a projection up with them. */
export class Projector {
  private constructor(
    private readonly shards: ReadonlyMap<number, ShardProjector>,
    private readonly store: ProjectionStore,
    private readonly name: string,
  ) {}

  static start(options: ProjectorOptions): Projector {
    const { readModels, connectionString, source, shards } = options;
    const store = new ProjectionStore({ connectionString, projection: readModels.schema, connections: shards.length });
    const projectors = shards.map((shard) => {
      const projector = new ShardProjector({
        shard,
        source,
        store,
        tables: readModels.tables,
        projection: options.projection ?? instancesProjection,
        observer: options.observer ?? silentProjectorObserver,
        batchSize: options.batchSize ?? DEFAULT_BATCH_SIZE,
      });
      return [shard.shard, projector] as const;
    });
    for (const [, projector] of projectors) projector.start();
    return new Projector(new Map(projectors), store, readModels.schema);
  }

  /** Calls `listener` with the position whenever the shard has been applied further. Returns how to stop. */
  onApplied(shard: ShardRef, listener: (position: number) => void): () => void {
    return this.#shard(shard).onApplied(listener);
  }

  /** Resolves once the shard is applied up to `position`; rejects when the projector halts or is stopped before. */
  whenApplied(shard: ShardRef, position: number): Promise<void> {
    return this.#shard(shard).whenApplied(position);
  }

  /** By shard number. */
  status(): ReadonlyMap<number, ShardStatus> {
    return new Map([...this.shards].map(([shard, projector]) => [shard, projector.status()]));
  }

  /** Stands still, with nothing half written, until `resume`. */
  async pause(): Promise<void> {
    await Promise.all([...this.shards.values()].map((shard) => shard.pause()));
  }

  resume(): void {
    for (const shard of this.shards.values()) shard.resume();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.shards.values()].map((shard) => shard.stop()));
    await this.store.close();
  }

  #shard({ shard }: ShardRef): ShardProjector {
    const projector = this.shards.get(shard);
    if (projector === undefined) throw new RangeError(`${this.name} has no shard ${shard} here`);
    return projector;
  }
}

export const startProjector = (options: ProjectorOptions): Projector => Projector.start(options);
