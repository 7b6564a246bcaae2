import type { HttpConnection } from './http-connection.js';
import { LoadMeter } from './load-meter.js';
import type { LoadEnd, LoadReport } from './load.js';
import { RandomIds } from './random-ids.js';
import { createInstanceRequest } from './requests.js';

/** Creates instances on every connection, the next as soon as the last is answered. */
export async function closedLoop(connections: readonly HttpConnection[], until: LoadEnd): Promise<LoadReport> {
  const ids = new RandomIds();
  const meter = new LoadMeter();
  const maySend = budget(meter, until);
  await Promise.all(connections.map((connection) => createUntil(connection, ids, meter, maySend)));
  return meter.report();
}

function budget(meter: LoadMeter, until: LoadEnd): () => boolean {
  if ('seconds' in until) return () => meter.elapsedMs < until.seconds * 1_000;
  let left = until.requests;
  return () => left-- > 0;
}

/** Callbacks all the way: a promise for every request would be felt. */
function createUntil(connection: HttpConnection, ids: RandomIds, meter: LoadMeter, maySend: () => boolean): Promise<void> {
  const request = createInstanceRequest();
  return new Promise((resolve) => {
    let sentAt = 0;
    const send = (): void => {
      if (!maySend()) return resolve();
      sentAt = performance.now();
      connection.send(request(ids.next()), answered);
    };
    const answered = (): void => {
      meter.answered(sentAt);
      send();
    };
    send();
  });
}
