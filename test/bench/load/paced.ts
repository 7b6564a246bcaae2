import { setTimeout as delay } from 'node:timers/promises';
import type { HttpConnection } from './http-connection.js';
import { LoadMeter } from './load-meter.js';
import type { LoadReport } from './load.js';
import { RandomIds } from './random-ids.js';
import { createInstanceRequest } from './requests.js';

const TICK_MS = 1;

/**
 * Creates instances at a fixed rate, whether or not the ones before are answered. Latencies count from when a request
 * was due, so a server that stalls shows in all the requests that it held up.
 */
export async function paced(connections: readonly HttpConnection[], perSecond: number, seconds: number): Promise<LoadReport> {
  const ids = new RandomIds();
  const meter = new LoadMeter();
  const requests = new Map(connections.map((connection) => [connection, createInstanceRequest()]));
  const idle = [...connections];
  const startedAt = performance.now();
  const total = perSecond * seconds;
  let sent = 0;
  while (sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1_000) * perSecond));
    for (; sent < due && idle.length > 0; sent += 1) {
      // The one that has been idle longest, so that none is idle for so long that the server closes it.
      const connection = idle.shift();
      const dueAt = startedAt + (sent * 1_000) / perSecond;
      connection?.send(requests.get(connection)?.(ids.next()) ?? '', () => {
        meter.answered(dueAt);
        idle.push(connection);
      });
    }
    await delay(TICK_MS);
  }
  while (idle.length < connections.length) await delay(TICK_MS);
  return meter.report();
}
