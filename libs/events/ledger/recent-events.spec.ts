import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from './ledger.js';
import { RecentEvents } from './recent-events.js';

const event = (position: number, data = '{}'): RecordedEvent => ({
  log: 'instances', shard: 0, position, stream: `instance/${position}`, version: 1, id: `${position}`,
  type: 'Tested', schemaVersion: 1, time: new Date(0), data, metadata: {},
});
const events = (from: number, to: number, data?: string): RecordedEvent[] =>
  Array.from({ length: to - from + 1 }, (_, n) => event(from + n, data));
const positions = (found: readonly RecordedEvent[] | undefined): number[] | undefined => found?.map(({ position }) => position);

describe('recent events', () => {
  it('serve a close reader without a gap, at most as many as asked', () => {
    const recent = new RecentEvents();
    recent.add(events(5, 7));
    recent.add(events(8, 9));
    expect(positions(recent.after(4, 3))).toEqual([5, 6, 7]);
    expect(positions(recent.after(7, 100))).toEqual([8, 9]);
  });

  it('leave to the database what they do not hold: the past, and what may have come since', () => {
    const recent = new RecentEvents();
    expect(recent.after(0, 10)).toBeUndefined();
    recent.add(events(5, 7));
    expect(recent.after(3, 10)).toBeUndefined();
    expect(recent.after(7, 10)).toBeUndefined();
  });

  it('begin anew after a gap that another process made', () => {
    const recent = new RecentEvents();
    recent.add(events(5, 7));
    recent.add(events(10, 11));
    expect(recent.after(4, 10)).toBeUndefined();
    expect(recent.after(7, 10)).toBeUndefined();
    expect(positions(recent.after(9, 10))).toEqual([10, 11]);
  });

  it('stay bounded in number and in bytes', () => {
    const recent = new RecentEvents();
    for (let n = 1; n <= 20_000; n += 100) recent.add(events(n, n + 99));
    expect(recent.after(11_000, 10)).toBeUndefined();
    expect(positions(recent.after(19_990, 100))).toHaveLength(10);
    recent.add(events(20_001, 20_003, 'x'.repeat(3 * 1024 * 1024)));
    expect(recent.after(19_990, 100)).toBeUndefined();
  });
});
