import type { Bench } from '../bench.js';
import { runLoad } from '../load/run-load.js';
import type { SingleRowInserts } from '../peers/inserts.js';
import { openSingleRowInserts } from '../peers/single-row-inserts.js';
import { LakeledgerServer } from '../servers/lakeledger-server.js';
import { temporaryFolder } from '../servers/temporary-folder.js';

export const CONNECTIONS = 64;

export interface ServedLedger {
  readonly server: LakeledgerServer;
  readonly connectionString: string;
  /** Its peer, in the same database. */
  readonly inserts: SingleRowInserts;
}

/** A server on the run's PostgreSQL, projector on, after enough requests for its code to be compiled. */
export async function serveLedger(bench: Bench): Promise<ServedLedger> {
  const { cleanup, nodeArguments, postgres, sizes } = bench;
  const connectionString = await postgres.createDatabase(cleanup);
  const dataDir = await temporaryFolder(cleanup);
  const server = await LakeledgerServer.start({ dataDir, databaseUrl: connectionString, nodeArguments }, cleanup);
  await runLoad(
    { kind: 'closed-loop', port: server.port, connections: CONNECTIONS, until: { seconds: sizes.warmUpSeconds } },
    cleanup,
  );
  return { server, connectionString, inserts: await openSingleRowInserts(connectionString, bench) };
}
