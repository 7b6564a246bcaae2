import { migrateLedger } from '#events/ledger/migrate-ledger.js';
import type { Bench } from '../bench.js';
import type { Figure } from '../figure.js';
import { repeat } from '../rounds.js';
import { LakeledgerServer } from '../servers/lakeledger-server.js';
import { PostgresServer } from '../servers/postgres-server.js';
import { temporaryFolder } from '../servers/temporary-folder.js';
import { fillLedger } from '../workload/fill-ledger.js';
import { ONE_SHARD_EACH } from '../workload/open-ledger.js';
import { rebuildReadModels } from '../workload/rebuild-read-models.js';

export const start: Figure = {
  name: 'start',
  title: 'Start to ready',
  method:
    'From the start of `lakeledger start`, which starts its PostgreSQL too, to its line `ready …`, on a data folder whose ledger is full and ' +
    'whose read models are up to date.',
  async run(bench) {
    const events = bench.sizes.startEvents;
    const dataDir = await dataFolderWith(events, bench);
    const rounds = await repeat(bench, async () => {
      const server = await LakeledgerServer.start({ dataDir }, bench.cleanup);
      await server.stop();
      return server.readyAfterMs / 1_000;
    });
    return [
      {
        name: 'start',
        what: `start to ready on ${events / 1_000_000} M events`,
        unit: 's',
        goal: { against: 'limit', bound: 'at most', value: 3 },
        rounds,
      },
    ];
  },
};

async function dataFolderWith(events: number, { cleanup, tell }: Bench): Promise<string> {
  const dataDir = await temporaryFolder(cleanup);
  const { server, stop } = await PostgresServer.start(dataDir, cleanup);
  await migrateLedger(server.ownDatabase, ONE_SHARD_EACH);
  await fillLedger(server.ownDatabase, events);
  await rebuildReadModels(server.ownDatabase);
  await stop();
  tell(`filled with ${events} events`);
  return dataDir;
}
