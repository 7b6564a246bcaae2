import type { HttpConnection } from './http-connection.js';
import { LoadMeter } from './load-meter.js';
import type { LoadReport } from './load.js';
import { RandomIds } from './random-ids.js';
import { createInstanceRequest, getInstanceRequest } from './requests.js';

/** Creates an instance and gets it as soon as it is acknowledged; times the gets, and holds each against what was created. */
export async function createThenGet(connections: readonly HttpConnection[], seconds: number): Promise<LoadReport> {
  const ids = new RandomIds();
  const meter = new LoadMeter();
  await Promise.all(
    connections.map(async (connection) => {
      const create = createInstanceRequest();
      while (meter.elapsedMs < seconds * 1_000) {
        const id = ids.next();
        await exchange(connection, create(id));
        const sentAt = performance.now();
        const body = await exchange(connection, getInstanceRequest(id));
        meter.answered(sentAt);
        if (!body.includes(`"instance_id": "${id}"`)) throw new Error(`get_instance of ${id} answered ${body}`);
      }
    }),
  );
  return meter.report();
}

const exchange = (connection: HttpConnection, request: Buffer | string): Promise<string> =>
  new Promise((resolve) => connection.send(request, resolve));
