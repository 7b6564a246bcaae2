import type { Figure } from '../figure.js';
import { runLoad } from '../load/run-load.js';
import { alternate } from '../rounds.js';
import { serveLedger } from '../workload/served-ledger.js';

export const latency: Figure = {
  name: 'latency',
  title: 'One command at a time',
  method:
    'One connection creates instances, each after the answer to the one before; the median latency against the average of one ' +
    'client that inserts the row of the same event.',
  async run(bench) {
    const { sizes, cleanup } = bench;
    const { server, inserts } = await serveLedger(bench);
    const seconds = sizes.latencySeconds;
    const seen: string[] = [];
    const rounds = await alternate(
      bench,
      async () => {
        const { p50Ms, p99Ms } = await runLoad(
          { kind: 'closed-loop', port: server.port, connections: 1, until: { seconds } },
          cleanup,
        );
        seen.push(`p99 ${p99Ms.toFixed(2)} ms`);
        return p50Ms;
      },
      async () => (await inserts.run(1, seconds)).averageMs,
    );
    return [
      {
        name: 'latency',
        what: 'create_instance, one at a time, p50',
        unit: 'ms',
        goal: { against: 'peer', bound: 'at most', value: 3 },
        peer: `${inserts.name}, 1 client, average`,
        rounds,
        seen,
      },
    ];
  },
};
