import type { Bench } from '../bench.js';
import type { Figure, Round } from '../figure.js';
import { fillLedger } from '../workload/fill-ledger.js';
import { instanceAppender } from '../workload/instance-appender.js';
import { createLedger, openLedger } from '../workload/open-ledger.js';
import { workForSeconds, workTimes } from '../workload/work.js';

const AT_A_TIME = 64;
/** So few appends that the small ledger stays small. */
const SLICES_A_ROUND = 10;
const APPENDS_A_SLICE = 1_000;

export const growth: Figure = {
  name: 'growth',
  title: 'What a large ledger costs',
  method:
    `Appends to new streams with random ids, ${AT_A_TIME} at a time, to a large and to a small ledger on one server: a round is ` +
    `${SLICES_A_ROUND} slices of ${APPENDS_A_SLICE} appends each, by turns. No checkpoint of PostgreSQL in between: the first change of a page ` +
    'after one writes the whole page, which a large index has more of, and which minutes of ordinary work spread thin.',
  async run(bench) {
    const { smallLedgerEvents, largeLedgerEvents, rounds: count } = bench.sizes;
    const small = await filledLedger(smallLedgerEvents, bench);
    const large = await filledLedger(largeLedgerEvents, bench);
    await workForSeconds(bench.sizes.warmUpSeconds, AT_A_TIME, large);
    await slice(small);
    const rounds: Round[] = [];
    for (let n = 0; n < count; n += 1) {
      let subject = 0;
      let peer = 0;
      for (let turn = 0; turn < SLICES_A_ROUND; turn += 1) {
        peer += (await slice(small)) / SLICES_A_ROUND;
        subject += (await slice(large)) / SLICES_A_ROUND;
      }
      rounds.push({ subject, peer });
    }
    return [
      {
        name: 'growth',
        what: `1 000 appends to ${largeLedgerEvents / 1_000_000} M events`,
        unit: 'ms',
        goal: { against: 'peer', bound: 'at most', value: 1.2 },
        peer: `to ${smallLedgerEvents / 1_000_000} M events`,
        rounds,
      },
    ];
  },
};

type AppendOne = () => Promise<void>;

const slice = (appendOne: AppendOne): Promise<number> => workTimes(APPENDS_A_SLICE, AT_A_TIME, appendOne);

async function filledLedger(events: number, bench: Bench): Promise<AppendOne> {
  const connectionString = await createLedger(bench);
  await fillLedger(connectionString, events);
  bench.tell(`filled with ${events} events`);
  return instanceAppender(await openLedger(connectionString, bench));
}
