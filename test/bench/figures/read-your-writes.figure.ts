import type { Figure } from '../figure.js';
import { runLoad } from '../load/run-load.js';
import { repeat } from '../rounds.js';
import { serveLedger } from '../workload/served-ledger.js';

const COMMANDS_A_SECOND = 1_000;
const COMMANDING_CONNECTIONS = 32;
const READING_CONNECTIONS = 2;
/** The commands start first and end last. */
const MARGIN_SECONDS = 1;

export const readYourWrites: Figure = {
  name: 'read-your-writes',
  title: 'get_instance right after the acknowledgement',
  method:
    `${READING_CONNECTIONS} connections create an instance and get it as soon as it is acknowledged, while another process sends ` +
    `${COMMANDS_A_SECOND} create_instance a second at fixed times. An answer without the instance would end the benchmark.`,
  async run(bench) {
    const { sizes, cleanup } = bench;
    const { server } = await serveLedger(bench);
    const { port } = server;
    const seen: string[] = [];
    const rounds = await repeat(bench, async () => {
      const [beside, gets] = await Promise.all([
        runLoad(
          {
            kind: 'paced',
            port,
            connections: COMMANDING_CONNECTIONS,
            perSecond: COMMANDS_A_SECOND,
            seconds: sizes.readSeconds + 2 * MARGIN_SECONDS,
          },
          cleanup,
        ),
        runLoad({ kind: 'create-then-get', port, connections: READING_CONNECTIONS, seconds: sizes.readSeconds }, cleanup),
      ]);
      seen.push(
        `get p50 ${gets.p50Ms.toFixed(1)} ms, slowest ${gets.maxMs.toFixed(0)} ms of ${gets.requests} (${gets.perSecond.toFixed(0)}/s, ` +
          `as many creates); beside it ${beside.perSecond.toFixed(0)} commands/s, p99 ${beside.p99Ms.toFixed(1)} ms`,
      );
      return gets.p99Ms;
    });
    return [
      {
        name: 'read-your-writes',
        what: 'get_instance after the acknowledgement, p99',
        unit: 'ms',
        goal: { against: 'limit', bound: 'at most', value: 25 },
        rounds,
        seen,
      },
    ];
  },
};
