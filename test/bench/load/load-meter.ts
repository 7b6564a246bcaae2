import { createHistogram } from 'node:perf_hooks';
import type { LoadReport } from './load.js';

/** Counts answers and their latencies, from when it is made. */
export class LoadMeter {
  readonly #latencies = createHistogram({ figures: 3 });
  readonly #startedAt = performance.now();
  readonly #cpuAtStart = process.cpuUsage();

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** `sentAt` as `performance.now()` gives it. */
  answered(sentAt: number): void {
    // The histogram takes positive integers: microseconds.
    this.#latencies.record(Math.max(1, Math.round((performance.now() - sentAt) * 1_000)));
  }

  report(): LoadReport {
    const seconds = this.elapsedMs / 1_000;
    const { user, system } = process.cpuUsage(this.#cpuAtStart);
    return {
      requests: this.#latencies.count,
      perSecond: this.#latencies.count / seconds,
      p50Ms: this.#latencies.percentile(50) / 1_000,
      p99Ms: this.#latencies.percentile(99) / 1_000,
      maxMs: this.#latencies.max / 1_000,
      cores: (user + system) / 1_000_000 / seconds,
    };
  }
}
