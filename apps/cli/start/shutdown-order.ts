import type { Logger } from 'pino';

/**
 * What was started, so that it can be stopped in the opposite order: nothing loses what it stands on before it has
 * stopped itself. One part that fails to stop does not keep the others from it.
 */
export class ShutdownOrder {
  readonly #parts: { readonly name: string; readonly stop: () => Promise<unknown> }[] = [];
  #stopped: Promise<void> | undefined;

  constructor(private readonly logger: Logger) {}

  add(name: string, stop: () => Promise<unknown>): void {
    this.#parts.push({ name, stop });
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #stopAll(): Promise<void> {
    for (const { name, stop } of this.#parts.toReversed()) {
      try {
        await stop();
        this.logger.debug(`${name} stopped`);
      } catch (error) {
        this.logger.error({ err: error }, `${name} did not stop cleanly`);
      }
    }
  }
}
