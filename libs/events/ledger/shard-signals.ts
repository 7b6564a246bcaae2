import type { ShardRef } from './ledger.js';

const keyOf = ({ log, shard }: ShardRef): string => `${log}/${shard}`;

/**
 * Tells whoever reads a shard that it has grown. Fed by this process's own appends, which is the shortest way, and by
 * LISTEN for those of others; a wake-up may come twice or for nothing, but never fails to come.
 */
export class ShardSignals {
  readonly #listeners = new Map<string, Set<() => void>>();

  subscribe(shard: ShardRef, wake: () => void): () => void {
    const key = keyOf(shard);
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(wake));
    return () => listeners.delete(wake);
  }

  advanced(shard: ShardRef): void {
    for (const wake of this.#listeners.get(keyOf(shard)) ?? []) wake();
  }

  /** After a time of deafness: every shard may have grown. */
  anyMayHaveAdvanced(): void {
    for (const listeners of this.#listeners.values()) for (const wake of listeners) wake();
  }
}
