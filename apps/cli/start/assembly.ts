import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { HealthCheck } from '#api/health/health.js';
import { createRegistry } from '#api/metrics/process-metrics.js';
import type { Configuration } from '#configuration/configuration.js';
import { ShutdownOrder } from './shutdown-order.js';

/** What every part of a process is started with, and leaves its trace in. */
export interface Assembly {
  readonly configuration: Configuration;
  readonly logger: Logger;
  readonly registry: Registry;
  readonly shutdown: ShutdownOrder;
  /** Parts add their own as they start. */
  readonly checks: HealthCheck[];
}

/** Runs `build`; should it fail half-way, what it had started is stopped again. */
export async function assemble<T>(
  configuration: Configuration,
  logger: Logger,
  build: (assembly: Assembly) => Promise<T>,
): Promise<T & { stop(): Promise<void> }> {
  const shutdown = new ShutdownOrder(logger);
  try {
    const built = await build({ configuration, logger, registry: createRegistry(), shutdown, checks: [] });
    return { ...built, stop: () => shutdown.stop() };
  } catch (error) {
    await shutdown.stop();
    throw error;
  }
}
