import { Counter, Histogram, type Registry } from 'prom-client';
import type { FenceObserver } from '#read-models/fence/fence-observer.js';

/** What linearizable reads cost. */
export function fenceMetrics(registry: Registry): FenceObserver {
  const registers = [registry];
  const waits = new Histogram({
    name: 'lakeledger_fence_wait_seconds',
    help: 'How long reads that had to wait for the projector waited',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
    registers,
  });
  const folds = new Counter({
    name: 'lakeledger_fence_folds_total',
    help: 'Reads answered by folding the stream, because the projector was late or the read model failed',
    labelNames: ['cause'] as const,
    registers,
  });
  return {
    waited: (seconds) => waits.observe(seconds),
    folded: (cause) => folds.inc({ cause }),
  };
}
