import type { RecordedEvent } from './ledger.js';

/** Enough for a reader that is a fraction of a second behind. */
const MOST_EVENTS = 1_024;
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * The events of one shard that this process appended last, without a gap: a reader that follows closely, like the
 * projector of an all-in-one server, need not ask the database for what was written from here a moment ago.
 */
export class RecentEvents {
  #events: RecordedEvent[] = [];
  #bytes = 0;

  /** Events right after each other, appended and acknowledged. */
  add(events: readonly RecordedEvent[]): void {
    const [first] = events;
    if (first === undefined) return;
    // Another process has appended in between; what is older is no use without that.
    if (this.#events.at(-1)?.position !== first.position - 1) this.#clear();
    for (const event of events) {
      this.#events.push(event);
      this.#bytes += event.data.length;
    }
    if (this.#bytes > MOST_BYTES) this.#clear();
    else if (this.#events.length > 2 * MOST_EVENTS) this.#forget(this.#events.length - MOST_EVENTS);
  }

  /** At most `limit` events after `position`; undefined when the first of them is not here. */
  after(position: number, limit: number): readonly RecordedEvent[] | undefined {
    const [first] = this.#events;
    if (first === undefined) return undefined;
    const start = position + 1 - first.position;
    return start < 0 || start >= this.#events.length ? undefined : this.#events.slice(start, start + limit);
  }

  #clear(): void {
    this.#events = [];
    this.#bytes = 0;
  }

  #forget(count: number): void {
    for (const { data } of this.#events.splice(0, count)) this.#bytes -= data.length;
  }
}
