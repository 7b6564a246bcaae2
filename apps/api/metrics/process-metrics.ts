import { collectDefaultMetrics, Registry } from 'prom-client';

/** A registry of its own for each server, so that several can live in one process, as they do in specs. */
export function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
