import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { deepFreeze } from '#domain/decider.testing.js';
import { EventHistory } from './event-history.js';

/** An event type that was renamed inside, then split: what a change of the catalogue looks like. */
const nodeMoved = EventHistory.startsWith(z.strictObject({ to: z.string() }))
  .revised(z.strictObject({ address: z.string() }), ({ to }) => ({ address: to }))
  .revised(z.strictObject({ host: z.string(), port: z.number() }), ({ address }) => {
    const [host = '', port = '0'] = address.split(':');
    return { host, port: Number(port) };
  });

const written = { 1: { to: 'be-1:9050' }, 2: { address: 'be-1:9050' }, 3: { host: 'be-1', port: 9050 } } as const;

describe('the history of an event type', () => {
  it('brings every version up to the current one', () => {
    expect(nodeMoved.version).toBe(3);
    for (const version of [1, 2, 3] as const) {
      expect(nodeMoved.upcast(written[version], version)).toEqual(written[3]);
    }
  });

  it('upcasts without touching what was written', () => {
    expect(nodeMoved.upcast(deepFreeze({ ...written[1] }), 1)).toEqual(written[3]);
  });

  it('keeps the schema of every version, and what comes out fits the current one', () => {
    for (const version of [1, 2, 3] as const) {
      expect(nodeMoved.schemas[version - 1]?.safeParse(written[version]).success).toBe(true);
      expect(nodeMoved.schemas.at(-1)?.safeParse(nodeMoved.upcast(written[version], version)).success).toBe(true);
    }
  });

  it('knows its versions and no other', () => {
    expect([0, 1, 2, 3, 4, 1.5, Number.NaN].filter((version) => nodeMoved.knows(version))).toEqual([1, 2, 3]);
  });
});
