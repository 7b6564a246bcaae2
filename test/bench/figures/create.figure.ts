import type { Figure } from '../figure.js';
import { runLoad } from '../load/run-load.js';
import { alternate } from '../rounds.js';
import { projectorLag, type ProjectorLag } from '../workload/projector-lag.js';
import { CONNECTIONS, serveLedger } from '../workload/served-ledger.js';

const INSERTING_CLIENTS = 32;

export const create: Figure = {
  name: 'create',
  title: 'create_instance over HTTP',
  method:
    `${CONNECTIONS} keep-alive connections create instances with random ids (object vault, about 550 bytes of body), the projector ` +
    `running in the server; beside it ${INSERTING_CLIENTS} clients insert the row of the same event, one a commit, into a table with the ` +
    "ledger's columns and indexes. The lag is the time from the end of the load until the read models show everything.",
  async run(bench) {
    const { sizes, cleanup } = bench;
    const { server, connectionString, inserts } = await serveLedger(bench);
    const seconds = sizes.throughputSeconds;
    const lags: ProjectorLag[] = [];
    const seen: string[] = [];
    const rounds = await alternate(
      bench,
      async () => {
        const cpuBefore = await server.cpuSeconds();
        const report = await runLoad(
          { kind: 'closed-loop', port: server.port, connections: CONNECTIONS, until: { seconds } },
          cleanup,
        );
        const lag = await projectorLag(connectionString);
        const cpu = (await server.cpuSeconds()) - cpuBefore;
        lags.push(lag);
        seen.push(
          `p50 ${report.p50Ms.toFixed(1)} ms, p99 ${report.p99Ms.toFixed(1)} ms; ${lag.events} events behind at the end; ` +
            `${((cpu * 1_000_000) / report.requests).toFixed(0)} us of processor time a command in the server, ` +
            `${((report.cores * 1_000_000) / report.perSecond).toFixed(0)} us in the load`,
        );
        return report.perSecond;
      },
      async () => (await inserts.run(INSERTING_CLIENTS, seconds)).perSecond,
    );
    return [
      {
        name: 'create',
        what: `create_instance, ${CONNECTIONS} connections`,
        unit: '/s',
        goal: { against: 'peer', bound: 'at least', value: 1 },
        peer: `${inserts.name}, ${INSERTING_CLIENTS} clients`,
        rounds,
        seen,
      },
      {
        name: 'lag',
        what: 'projector lag at the end',
        unit: 's',
        goal: { against: 'limit', bound: 'at most', value: 1 },
        rounds: lags.map((lag) => ({ subject: lag.seconds })),
      },
    ];
  },
};
