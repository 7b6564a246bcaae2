// A process of its own that loads a server: `load.process.js <load as JSON>`. Prints its report as one JSON line.
import { closedLoop } from './closed-loop.js';
import { createThenGet } from './create-then-get.js';
import { HttpConnection } from './http-connection.js';
import type { Load, LoadReport } from './load.js';
import { paced } from './paced.js';

/** Thrown out of a socket's callback, it ends the process: a figure with failed requests in it is none. */
function fail(error: Error): never {
  throw error;
}

function run(load: Load, connections: readonly HttpConnection[]): Promise<LoadReport> {
  switch (load.kind) {
    case 'closed-loop':
      return closedLoop(connections, load.until);
    case 'paced':
      return paced(connections, load.perSecond, load.seconds);
    case 'create-then-get':
      return createThenGet(connections, load.seconds);
  }
}

const load = JSON.parse(process.argv[2] ?? '') as Load;
const connections = await Promise.all(Array.from({ length: load.connections }, () => HttpConnection.open(load.port, fail)));
const report = await run(load, connections);
for (const connection of connections) connection.close();
process.stdout.write(`${JSON.stringify(report)}\n`);
