import type { ShardRef } from '#events/ledger/ledger.js';
import type { AppliedPositions } from './applied-positions.js';

/** One reader's ear on a shard. What was announced since the last wait counts, so nothing is slept through. */
export class Watch {
  #announced = 0;
  #awaited = 0;
  #wake: (() => void) | undefined;
  readonly #stop: () => void;

  constructor(applied: AppliedPositions, shard: ShardRef) {
    this.#stop = applied.onApplied(shard, (position) => this.#hear(position));
  }

  /** Resolves when `position` is announced, or on `close`. Each announcement ends one wait. */
  announced(position: number): Promise<void> {
    return new Promise((resolve) => {
      this.#awaited = position;
      this.#wake = resolve;
      this.#hear(this.#announced);
    });
  }

  close(): void {
    this.#stop();
    this.#wake?.();
  }

  #hear(position: number): void {
    this.#announced = Math.max(this.#announced, position);
    if (this.#wake === undefined || this.#announced < this.#awaited) return;
    const wake = this.#wake;
    [this.#wake, this.#announced] = [undefined, 0];
    wake();
  }
}
