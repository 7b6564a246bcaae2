import type { RecordedEvent } from '#events/ledger/ledger.js';

/** The log broke its promise of positions 1, 2, 3 …; applying past a gap would lose events for good. */
export class GapInLog extends Error {
  override readonly name = 'GapInLog';
}

/** @throws GapInLog unless the events are those right after `after`, one by one. */
export function assertDense(events: readonly RecordedEvent[], after: number): void {
  let last = after;
  for (const { position, log, shard } of events) {
    if (position !== last + 1) {
      throw new GapInLog(`${log}/${shard}: position ${position} came after ${last}`);
    }
    last = position;
  }
}
