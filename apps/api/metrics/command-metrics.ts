import { Counter, Histogram, type Registry } from 'prom-client';
import type { ApiObserver } from '../api-observer.js';

/** Calls of the wire contracts. Operation names are those of the contract, never a client's own text: labels stay few. */
export function commandMetrics(registry: Registry): ApiObserver {
  const answered = new Counter({
    name: 'lakeledger_commands_total',
    help: 'Calls answered, by operation and outcome',
    labelNames: ['name', 'outcome'] as const,
    registers: [registry],
  });
  const duration = new Histogram({
    name: 'lakeledger_command_seconds',
    help: 'From the end of a call to its answer',
    labelNames: ['name'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  return {
    commandAnswered: (name, outcome, seconds) => {
      answered.inc({ name, outcome });
      duration.observe({ name }, seconds);
    },
  };
}
