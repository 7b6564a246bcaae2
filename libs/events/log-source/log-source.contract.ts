import { describe, expect, it } from 'vitest';
import type { ShardRef } from '../ledger/ledger.js';
import type { LogSource } from './log-source.js';

/** A log source under test, and how to make its shard `instances/0` grow by events of one new stream each. */
export interface LogSourceFixture {
  readonly source: LogSource;
  grow(events: number): Promise<void>;
  /** As `grow`, but by another process or connection. */
  growElsewhere(events: number): Promise<void>;
  close(): Promise<void>;
}

const SHARD: ShardRef = { log: 'instances', shard: 0 };

/** What every log source promises (docs in log-source.ts); run on each implementation. */
export function describeLogSource(name: string, open: () => Promise<LogSourceFixture>): void {
  describe(`the log source on ${name}`, () => {
    const withFixture = async (use: (fixture: LogSourceFixture) => Promise<void>): Promise<void> => {
      const fixture = await open();
      try {
        await use(fixture);
      } finally {
        await fixture.close();
      }
    };

    it('yields a shard densely from a position on, at most as many events as asked', () =>
      withFixture(async ({ source, grow }) => {
        await grow(25);
        const first = await source.read(SHARD, 0, 10);
        expect(first.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        const rest = await source.read(SHARD, 10, 100);
        expect(rest.map(({ position }) => position)).toEqual(Array.from({ length: 15 }, (_, n) => n + 11));
        expect(await source.read(SHARD, 25, 10)).toEqual([]);
      }));

    it('yields the same events whenever it is read', () =>
      withFixture(async ({ source, grow }) => {
        await grow(5);
        const before = await source.read(SHARD, 0, 5);
        await grow(5);
        expect(await source.read(SHARD, 0, 5)).toEqual(before);
      }));

    it('wakes whoever waits when the shard grows, here or elsewhere, and nobody who has stopped waiting', () =>
      withFixture(async ({ source, grow, growElsewhere }) => {
        for (const growSomewhere of [grow, growElsewhere]) {
          const head = (await source.read(SHARD, 0, 1_000)).length;
          const woken = new Promise<number>((resolve) => {
            const stop = source.onAdvance(SHARD, () => {
              void source.read(SHARD, head, 10).then(({ length }) => {
                if (length === 0) return;
                stop();
                resolve(length);
              });
            });
          });
          await growSomewhere(1);
          expect(await woken).toBe(1);
        }
        let wakeUps = 0;
        source.onAdvance(SHARD, () => (wakeUps += 1))();
        await grow(1);
        expect(wakeUps).toBe(0);
      }));
  });
}
