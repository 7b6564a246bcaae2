import type { InstanceEvent } from '#domain/instance/instance.events.js';
import { encodeEvent } from '#events/catalogue/event-codec.js';
import type { RecordedEvent, ShardRef } from '#events/ledger/ledger.js';
import type { LogSource } from '#events/log-source/log-source.js';

/** One shard of a log in memory, for specs of what reads logs. */
export class MemoryLog implements LogSource {
  readonly shard: ShardRef = { log: 'instances', shard: 0 };
  readonly events: RecordedEvent[] = [];
  readonly #versions = new Map<string, number>();
  readonly #wakes = new Set<() => void>();

  append(...events: readonly InstanceEvent[]): void {
    for (const event of events) this.#record(`instance/${event.data.instanceId}`, encodeEvent(event));
    for (const wake of this.#wakes) wake();
  }

  get head(): number {
    return this.events.length;
  }

  read(_: ShardRef, after: number, limit: number): Promise<readonly RecordedEvent[]> {
    return Promise.resolve(this.events.slice(after, after + limit));
  }

  onAdvance(_: ShardRef, wake: () => void): () => void {
    this.#wakes.add(wake);
    return () => this.#wakes.delete(wake);
  }

  #record(stream: string, encoded: Pick<RecordedEvent, 'type' | 'schemaVersion' | 'data'>): void {
    const version = (this.#versions.get(stream) ?? 0) + 1;
    this.#versions.set(stream, version);
    this.events.push({
      ...this.shard,
      ...encoded,
      position: this.events.length + 1,
      stream,
      version,
      id: `event-${this.events.length + 1}`,
      time: new Date(),
      metadata: {},
    });
  }
}
