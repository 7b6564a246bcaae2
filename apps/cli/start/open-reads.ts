import { down, up, type ComponentHealth } from '#api/health/health.js';
import { fenceMetrics } from '#api/metrics/fence-metrics.js';
import { exposeProjectorLag, projectorMetrics } from '#api/metrics/projector-metrics.js';
import { startProjector, type Projector } from '#projector/projector.js';
import type { AppliedPositions } from '#read-models/fence/applied-positions.js';
import { Fence } from '#read-models/fence/fence.js';
import { PostgresAppliedPositions } from '#read-models/fence/postgres-applied-positions.js';
import { InstanceReader } from '#read-models/instances/instance-reader.js';
import { ReadModels } from '#read-models/read-models.js';
import type { Assembly } from './assembly.js';
import type { OpenCommands, OpenLedger } from './open-events.js';

/** The read models, their tables up to date. */
export async function openReadModels({ logger, shutdown }: Assembly, connectionString: string): Promise<ReadModels> {
  const readModels = await ReadModels.open({
    connectionString,
    onConnectionLost: (error) => logger.warn({ err: error }, 'a connection to PostgreSQL broke'),
  });
  shutdown.add('read models', () => readModels.close());
  return readModels;
}

/** Keeps the read models up with the ledger, in this process. */
export function openProjector(
  { registry, logger, shutdown, checks }: Assembly,
  { ledger, source }: OpenLedger,
  readModels: ReadModels,
  connectionString: string,
): Projector {
  const metrics = projectorMetrics(registry);
  const shards = ledger.shards('instances');
  const projector = startProjector({
    readModels,
    connectionString,
    source,
    shards,
    observer: {
      ...metrics,
      failed: (error) => {
        metrics.failed(error);
        logger.warn({ err: error }, 'the projector could not apply a batch');
      },
    },
  });
  shutdown.add('projector', () => projector.stop());
  exposeProjectorLag(registry, ledger, () => {
    const statuses = projector.status();
    return shards.map((shard) => ({ shard, applied: statuses.get(shard.shard)?.applied ?? 0 }));
  });
  checks.push({ component: 'projector', required: false, check: () => projectorHealth(projector) });
  return projector;
}

/** Linearizable reads of instances. */
export function openInstanceReader(
  { configuration, registry }: Assembly,
  { ledger }: OpenLedger,
  { runner }: OpenCommands,
  readModels: ReadModels,
  applied: AppliedPositions,
): InstanceReader {
  const fence = new Fence({
    ledger,
    applied,
    timeoutMs: configuration.fenceTimeoutMs,
    observer: fenceMetrics(registry),
  });
  return new InstanceReader(readModels, fence, runner);
}

/** For a process without a projector of its own: the commits of the others', by NOTIFY. */
export async function hearOfApplied(
  { logger, shutdown }: Assembly,
  readModels: ReadModels,
  connectionString: string,
): Promise<AppliedPositions> {
  const positions = new PostgresAppliedPositions({
    connectionString,
    projection: readModels.schema,
    onConnectionLost: (error) => logger.warn({ err: error }, 'a connection to PostgreSQL broke'),
  });
  await positions.start();
  shutdown.add('notices of the projector', () => positions.close());
  return positions;
}

function projectorHealth(projector: Projector): ComponentHealth {
  for (const [shard, status] of projector.status()) {
    if (status.kind !== 'running') return down(`shard ${shard} is ${status.kind} after position ${status.applied}: ${status.error.message}`);
  }
  return up;
}
