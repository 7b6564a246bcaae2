import { LRUCache } from 'lru-cache';

/** An append that is on its way, as those who build on it need to know it. */
export interface InFlight {
  pending: boolean;
  /** Whether it was appended; never fails. */
  readonly appended: Promise<boolean>;
}

/** What this process believes of one stream; replaced as a whole, never changed. */
export interface CachedState {
  readonly state: unknown;
  readonly version: number;
  /** The append that leads here; while it is pending, state and version are a forecast. */
  readonly inFlight: InFlight | undefined;
  /** Entries that build on one another share it: when one of them proves wrong, so do all. */
  readonly lineage: object;
  readonly snapshotVersion: number;
  /** Length of the state's JSON text, and how much its events have added since that was measured. */
  readonly measuredBytes: number;
  readonly addedBytes: number;
}

/** Objects are larger than their JSON text; the factor is a rough one for states made of short strings. */
const HEAP_BYTES_PER_TEXT_BYTE = 3;
const ENTRY_BYTES = 300;
/** A state is measured again once its events could have doubled it, so the cost stays constant per event. */
const REMEASURE_SLACK_BYTES = 16 * 1024;

export const measureState = (state: unknown): number => JSON.stringify(state).length;

/** The states that were used last, bounded by bytes. */
export class StateCache {
  readonly #states: LRUCache<string, CachedState>;

  constructor(maxBytes: number) {
    this.#states = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ measuredBytes, addedBytes }, stream) =>
        (measuredBytes + addedBytes) * HEAP_BYTES_PER_TEXT_BYTE + stream.length + ENTRY_BYTES,
    });
  }

  get(stream: string): CachedState | undefined {
    return this.#states.get(stream);
  }

  set(stream: string, entry: CachedState): void {
    const outgrown = entry.addedBytes > entry.measuredBytes + REMEASURE_SLACK_BYTES;
    this.#states.set(
      stream,
      outgrown ? { ...entry, measuredBytes: measureState(entry.state), addedBytes: 0 } : entry,
    );
  }

  drop(stream: string): void {
    this.#states.delete(stream);
  }
}
