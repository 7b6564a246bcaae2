import type { Figure } from '../figure.js';
import { runLoad } from '../load/run-load.js';
import { LakeledgerServer } from '../servers/lakeledger-server.js';
import { temporaryFolder } from '../servers/temporary-folder.js';
import { CONNECTIONS } from '../workload/served-ledger.js';

const SAMPLES = 4;

export const memory: Figure = {
  name: 'memory',
  title: 'Memory of the server process',
  method:
    `Resident memory of a server that takes create_instance on ${CONNECTIONS} connections, projector on, looked at after each quarter of the ` +
    'commands. One round: what counts is how it goes on. Flat means that the second half adds no more than a tenth.',
  async run(bench) {
    const { cleanup, postgres, sizes, nodeArguments, tell } = bench;
    const databaseUrl = await postgres.createDatabase(cleanup);
    const server = await LakeledgerServer.start({ dataDir: await temporaryFolder(cleanup), databaseUrl, nodeArguments }, cleanup);
    const requests = sizes.memoryCommands / SAMPLES;
    const samples: number[] = [];
    for (let n = 1; n <= SAMPLES; n += 1) {
      await runLoad({ kind: 'closed-loop', port: server.port, connections: CONNECTIONS, until: { requests } }, cleanup);
      samples.push(await server.residentMb());
      tell(`after ${n * requests} commands: ${samples.at(-1)?.toFixed(0) ?? ''} MB`);
    }
    const [, half = NaN, , end = NaN] = samples;
    return [
      {
        name: 'memory',
        what: `memory after ${sizes.memoryCommands / 1_000_000} M commands, most`,
        unit: 'MB',
        goal: { against: 'limit', bound: 'at most', value: 512 },
        rounds: [{ subject: Math.max(...samples) }],
        seen: [`${samples.map((mb) => mb.toFixed(0)).join(', ')} MB after each quarter`],
      },
      {
        name: 'memory-growth',
        what: 'memory at the end against half-way',
        unit: 'MB',
        goal: { against: 'peer', bound: 'at most', value: 1.1 },
        peer: 'half-way',
        rounds: [{ subject: end, peer: half }],
      },
    ];
  },
};
