import type { Ledger, ShardRef, StreamRef } from '#events/ledger/ledger.js';
import type { AppliedPositions } from './applied-positions.js';
import { silentFenceObserver, type FenceObserver } from './fence-observer.js';
import { Watch } from './watch.js';

const DEFAULT_TIMEOUT_MS = 250;

export interface FenceOptions {
  readonly ledger: Pick<Ledger, 'streamHead' | 'shardOf'>;
  readonly applied: AppliedPositions;
  /** How long a read waits for the projector before it folds the stream itself; default 250. */
  readonly timeoutMs?: number;
  readonly observer?: FenceObserver;
}

/** Rows, and the checkpoint of their shard, as one snapshot of the read model showed them. */
export interface Sighting<T> {
  readonly checkpoint: number;
  readonly value: T;
}

export interface FencedRead<T> {
  readonly stream: StreamRef;
  /** Reads the rows and the checkpoint of the shard in one snapshot. */
  look(shard: ShardRef): Promise<Sighting<T>>;
  /** The same value from the ledger itself. */
  fold(): Promise<T>;
}

/**
 * Linearizable reads of one aggregate: whatever was acknowledged before the read began is in its answer.
 *
 * The fence is the position of the stream's last event at some moment during the read. Rows whose checkpoint has
 * reached it hold every event that was acknowledged before, whichever of the two was read first; so both are asked
 * for at once. It is tighter than the shard's head, which other streams keep moving.
 */
export class Fence {
  readonly #observer: FenceObserver;
  readonly #timeoutMs: number;

  constructor(private readonly options: FenceOptions) {
    this.#observer = options.observer ?? silentFenceObserver;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  }

  /** @throws whatever `fold` throws: LedgerUnavailable. */
  async read<T>(read: FencedRead<T>): Promise<T> {
    const watch = new Watch(this.options.applied, this.options.ledger.shardOf(read.stream));
    const deadline = startDeadline(this.#timeoutMs);
    try {
      const seen = await Promise.race([this.#seen(read, watch, deadline), deadline.passed]);
      if (seen !== 'late') return seen.value;
      this.#observer.folded('late');
    } catch {
      // Not its reader's concern: the ledger can answer whatever has become of the read model.
      this.#observer.folded('failed');
    } finally {
      deadline.cancel();
      watch.close();
    }
    return read.fold();
  }

  async #seen<T>(read: FencedRead<T>, watch: Watch, deadline: Deadline): Promise<Sighting<T> | 'late'> {
    const startedAt = performance.now();
    const { ledger } = this.options;
    const shard = ledger.shardOf(read.stream);
    const [fence, first] = await Promise.all([ledger.streamHead(read.stream), read.look(shard)]);
    if (first.checkpoint >= fence.position) return first;
    while (!deadline.isOver()) {
      await watch.announced(fence.position);
      if (deadline.isOver()) break;
      const sighting = await read.look(shard);
      if (sighting.checkpoint < fence.position) continue;
      this.#observer.waited((performance.now() - startedAt) / 1_000);
      return sighting;
    }
    return 'late';
  }
}

interface Deadline {
  readonly passed: Promise<'late'>;
  isOver(): boolean;
  cancel(): void;
}

function startDeadline(afterMs: number): Deadline {
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => {
      over = true;
      resolve('late');
    }, afterMs);
  });
  return { passed, isOver: () => over, cancel: () => clearTimeout(timer) };
}
