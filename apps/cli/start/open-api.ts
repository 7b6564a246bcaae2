import { HealthModule } from '#api/health/health.module.js';
import { defaultHttpLimits } from '#api/http/http-limits.js';
import { startApi, type RunningApi } from '#api/http/start-api.js';
import { commandMetrics } from '#api/metrics/command-metrics.js';
import { MetricsModule } from '#api/metrics/metrics.module.js';
import type { AppliedPositions } from '#read-models/fence/applied-positions.js';
import type { ReadModels } from '#read-models/read-models.js';
import type { MasterKey } from '#events/secrets/master-key.js';
import type { Assembly } from './assembly.js';
import { openCommands, type OpenLedger } from './open-events.js';
import { openInstanceReader } from './open-reads.js';

export interface ApiParts {
  readonly openLedger: OpenLedger;
  readonly readModels: ReadModels;
  readonly applied: AppliedPositions;
  readonly masterKey: MasterKey;
  readonly connectionString: string;
}

/** The HTTP server with everything behind it; the last part to start and the first to stop. */
export async function openApi(assembly: Assembly, parts: ApiParts): Promise<RunningApi> {
  const { configuration, logger, registry, shutdown, checks } = assembly;
  const commands = await openCommands(assembly, parts.openLedger, parts.connectionString, parts.masterKey);
  const { ledger } = parts.openLedger;
  const api = await startApi({
    host: configuration.host,
    ports: configuration.ports,
    configuration: {
      metaServiceToken: configuration.metaServiceToken,
      compatProfile: configuration.compatProfile,
      distinguishHdfsPath: configuration.distinguishHdfsPath,
      iamUser: { userId: configuration.iamUserId, ak: configuration.iamAk, sk: configuration.iamSk },
      limits: defaultHttpLimits,
    },
    logger,
    observer: commandMetrics(registry),
    clock: { unixSeconds: () => Math.floor(Date.now() / 1_000) },
    commandRunner: commands.runner,
    instanceReader: openInstanceReader(assembly, parts.openLedger, commands, parts.readModels, parts.applied),
    dataKeys: commands.keyRing,
    findClaim: (kind, key) => ledger.findClaim(kind, key),
    extraModules: [HealthModule.of(checks), MetricsModule.of(registry)],
  });
  shutdown.add('api', () => api.close());
  return api;
}
