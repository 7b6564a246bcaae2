import type { Figure } from '../figure.js';
import { repeat } from '../rounds.js';
import { fillLedger } from '../workload/fill-ledger.js';
import { createLedger } from '../workload/open-ledger.js';
import { rebuildReadModels } from '../workload/rebuild-read-models.js';

export const rebuild: Figure = {
  name: 'rebuild',
  title: 'Rebuild of the instance read models',
  method:
    'A ledger of creations (40 %), status changes, renames, encryption changes and drops, streams interleaved; the read models ' +
    'are emptied and filled again from position 0, as `lakeledger rebuild instances` does it.',
  async run(bench) {
    const connectionString = await createLedger(bench);
    await fillLedger(connectionString, bench.sizes.rebuiltEvents);
    bench.tell(`filled with ${bench.sizes.rebuiltEvents} events`);
    const rounds = await repeat(bench, () => rebuildReadModels(connectionString));
    return [
      {
        name: 'rebuild',
        what: `rebuild from ${bench.sizes.rebuiltEvents / 1_000_000} M events`,
        unit: '/s',
        goal: { against: 'limit', bound: 'at least', value: 100_000 },
        rounds,
      },
    ];
  },
};
