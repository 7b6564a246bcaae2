/** Reads of a busy shard are at least this far apart, in ms, unless someone waits for their outcome. */
const APART_MS = 15;

/**
 * Spaces out the reads of a shard that grows all the time. A batch costs about half a millisecond of both processes
 * however small it is, so under load many small ones would take the processor from the commands that cause them.
 * The first read after a quiet time is never held back.
 */
export class ReadPacing {
  #lastReadAt = -Infinity;
  #hurry: (() => void) | undefined;

  /** Resolves when the next read may start: at once when `hurried`, or when `hurry` is called. */
  async turn(hurried: boolean): Promise<void> {
    const wait = this.#lastReadAt + APART_MS - performance.now();
    if (wait > 0 && !hurried) {
      await new Promise<void>((resolve) => {
        this.#hurry = resolve;
        setTimeout(resolve, wait);
      });
      this.#hurry = undefined;
    }
    this.#lastReadAt = performance.now();
  }

  hurry(): void {
    this.#hurry?.();
  }
}
