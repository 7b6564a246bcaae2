import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReadPacing } from './read-pacing.js';

describe('the pacing of reads', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** How long a read has to wait for its turn, in ms. */
  async function waited(pacing: ReadPacing): Promise<number> {
    const startedAt = performance.now();
    const turn = pacing.turn(false);
    await vi.runAllTimersAsync();
    await turn;
    return performance.now() - startedAt;
  }

  it('never holds back the first read, nor one after a quiet time', async () => {
    const pacing = new ReadPacing();
    expect(await waited(pacing)).toBe(0);
    pacing.found(1);
    await vi.advanceTimersByTimeAsync(60);
    expect(await waited(pacing)).toBe(0);
  });

  it('spaces reads out, further when one has found many events', async () => {
    const pacing = new ReadPacing();
    pacing.found(1);
    expect(await waited(pacing)).toBe(15);
    pacing.found(100);
    expect(await waited(pacing)).toBe(50);
  });

  it('lets a read go at once for whoever waits already, or comes to wait meanwhile', async () => {
    const pacing = new ReadPacing();
    pacing.found(100);
    await pacing.turn(true);
    const turn = pacing.turn(false);
    pacing.hurry();
    await turn;
    expect(vi.getTimerCount()).toBe(0);
  });
});
