type Undo = () => Promise<unknown>;

/** What has to be undone, whatever way a figure ends: servers to stop, folders and databases to remove. */
export class Cleanup {
  readonly #undos = new Set<Undo>();
  #running: Promise<void> | undefined;

  /** Returns how to take it back, once there is nothing left to undo. */
  add(undo: Undo): () => void {
    this.#undos.add(undo);
    return () => this.#undos.delete(undo);
  }

  /** The last first. One that fails keeps none of the others from being undone. Whoever calls it meanwhile waits for the same run. */
  run(): Promise<void> {
    this.#running ??= this.#undoAll().finally(() => (this.#running = undefined));
    return this.#running;
  }

  async #undoAll(): Promise<void> {
    for (const undo of [...this.#undos].reverse()) {
      await undo().catch((error: unknown) => process.stderr.write(`left behind: ${String(error)}\n`));
      this.#undos.delete(undo);
    }
  }
}
