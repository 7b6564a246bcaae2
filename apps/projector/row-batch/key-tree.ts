/**
 * Values by composite key, kept as a tree with one level per column of the key, so that everything under a prefix
 * (all nodes of a cluster) is cut off in one step instead of being searched for.
 */
export class KeyTree<V> {
  #root = new Map<unknown, unknown>();

  /** @param depth Columns of a whole key. */
  constructor(private readonly depth: number) {}

  get(key: readonly unknown[]): V | undefined {
    let level: unknown = this.#root;
    for (let i = 0; i < this.depth && level !== undefined; i++) level = (level as Map<unknown, unknown>).get(key[i]);
    return level as V | undefined;
  }

  set(key: readonly unknown[], value: V): void {
    let level = this.#root;
    for (let i = 0; i < this.depth - 1; i++) {
      let next = level.get(key[i]) as Map<unknown, unknown> | undefined;
      if (next === undefined) level.set(key[i], (next = new Map()));
      level = next;
    }
    level.set(key[this.depth - 1], value);
  }

  /** Removes the value under a whole key, or all values under the first columns of one. */
  delete(prefix: readonly unknown[]): void {
    let level: Map<unknown, unknown> | undefined = this.#root;
    for (let i = 0; i < prefix.length - 1; i++) {
      level = level?.get(prefix[i]) as Map<unknown, unknown> | undefined;
    }
    level?.delete(prefix[prefix.length - 1]);
  }

  *values(): Generator<V> {
    yield* this.#valuesOf(this.#root, 1);
  }

  *#valuesOf(level: Map<unknown, unknown>, depth: number): Generator<V> {
    for (const next of level.values()) {
      if (depth === this.depth) yield next as V;
      else yield* this.#valuesOf(next as Map<unknown, unknown>, depth + 1);
    }
  }
}
