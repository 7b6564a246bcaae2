import type { Figure } from '../figure.js';
import { emmettAppender } from '../peers/emmett-appends.js';
import { alternate } from '../rounds.js';
import { instanceAppender } from '../workload/instance-appender.js';
import { createLedger, openLedger } from '../workload/open-ledger.js';
import { workForSeconds } from '../workload/work.js';

const AT_A_TIME = 64;
const PEER_AT_A_TIME = 32;

export const append: Figure = {
  name: 'append',
  title: "The ledger's append",
  method:
    `${AT_A_TIME} appends at a time, each the first event of a new stream; beside it Emmett's \`appendToStream\`, ${PEER_AT_A_TIME} at a time ` +
    `on ${PEER_AT_A_TIME} connections, the same event, a new stream each. Both from the benchmark's own process.`,
  async run(bench) {
    const seconds = bench.sizes.throughputSeconds;
    const ledger = await openLedger(await createLedger(bench), bench);
    const toLedger = instanceAppender(ledger);
    const toEmmett = await emmettAppender(bench, PEER_AT_A_TIME);
    await workForSeconds(bench.sizes.warmUpSeconds, AT_A_TIME, toLedger);
    await workForSeconds(bench.sizes.warmUpSeconds, PEER_AT_A_TIME, toEmmett);
    const rounds = await alternate(
      bench,
      () => workForSeconds(seconds, AT_A_TIME, toLedger),
      () => workForSeconds(seconds, PEER_AT_A_TIME, toEmmett),
    );
    return [
      {
        name: 'append',
        what: `append, ${AT_A_TIME} at a time`,
        unit: '/s',
        goal: { against: 'peer', bound: 'at least', value: 5 },
        peer: `Emmett, ${PEER_AT_A_TIME} at a time`,
        rounds,
      },
    ];
  },
};
