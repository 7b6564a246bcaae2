/** Lets callers through to what they want to use while it is open; they wait while it is closed, and turn away at its end. */
export class Gate<T> {
  #target: T | undefined;
  #hasEnded = false;
  #inside = 0;
  readonly #waiting = new Set<() => void>();
  readonly #leaving = new Set<() => void>();

  open(target: T): void {
    this.#target = target;
    this.#wake(this.#waiting);
  }

  /** Nobody enters from now on; resolves when nobody is inside. */
  async close(): Promise<void> {
    this.#target = undefined;
    while (this.#inside > 0) await new Promise<void>((resolve) => this.#leaving.add(resolve));
  }

  end(): void {
    this.#hasEnded = true;
    this.#wake(this.#waiting);
  }

  /** Undefined when the gate has ended. */
  async pass<R>(use: (target: T) => Promise<R>): Promise<R | undefined> {
    while (this.#target === undefined && !this.#hasEnded) await new Promise<void>((resolve) => this.#waiting.add(resolve));
    if (this.#hasEnded || this.#target === undefined) return undefined;
    this.#inside += 1;
    try {
      return await use(this.#target);
    } finally {
      this.#inside -= 1;
      if (this.#inside === 0) this.#wake(this.#leaving);
    }
  }

  #wake(sleepers: Set<() => void>): void {
    const woken = [...sleepers];
    sleepers.clear();
    for (const wake of woken) wake();
  }
}
