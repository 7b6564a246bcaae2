import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { ShutdownOrder } from './shutdown-order.js';

const silent = pino({ level: 'silent' });

describe('the shutdown order', () => {
  it('stops what was started last first, each part after the one before it has stopped', async () => {
    const stopped: string[] = [];
    const order = new ShutdownOrder(silent);
    for (const part of ['PostgreSQL', 'ledger', 'api']) {
      order.add(part, async () => {
        await Promise.resolve();
        stopped.push(part);
      });
    }
    await order.stop();
    expect(stopped).toEqual(['api', 'ledger', 'PostgreSQL']);
  });

  it('goes on past a part that fails to stop', async () => {
    const stopped: string[] = [];
    const order = new ShutdownOrder(silent);
    order.add('PostgreSQL', () => Promise.resolve(stopped.push('PostgreSQL')));
    order.add('projector', () => Promise.reject(new Error('stuck')));
    await order.stop();
    expect(stopped).toEqual(['PostgreSQL']);
  });

  it('stops everything once, however often it is asked to', async () => {
    let stops = 0;
    const order = new ShutdownOrder(silent);
    order.add('ledger', () => Promise.resolve((stops += 1)));
    await Promise.all([order.stop(), order.stop()]);
    expect(stops).toBe(1);
  });
});
