/** Reads of a busy shard are at least this far apart, in ms, unless someone waits for their outcome. */
const APART_MS = 15;
/** The same for a shard that is so busy that a read finds many events at once. */
const FAR_APART_MS = 50;
const MANY_EVENTS = 100;

/**
 * Spaces out the reads of a shard that grows all the time. A batch costs about half a millisecond of both processes
 * however small it is, so under load many small ones would take the processor from the commands that cause them.
 * The first read after a quiet time is never held back.
 */
export class ReadPacing {
  #nextReadAt = -Infinity;
  #hurry: (() => void) | undefined;

  /** Resolves when the next read may start: at once when `hurried`, or when `hurry` is called. */
  async turn(hurried: boolean): Promise<void> {
    const wait = this.#nextReadAt - performance.now();
    if (wait <= 0 || hurried) return;
    await new Promise<void>((resolve) => {
      const due = setTimeout(resolve, wait);
      this.#hurry = () => {
        clearTimeout(due);
        resolve();
      };
    });
    this.#hurry = undefined;
  }

  /** The read that had its turn has found this many events. */
  found(events: number): void {
    this.#nextReadAt = performance.now() + (events >= MANY_EVENTS ? FAR_APART_MS : APART_MS);
  }

  hurry(): void {
    this.#hurry?.();
  }
}
