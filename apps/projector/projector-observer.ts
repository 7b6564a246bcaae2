/** What the projector tells metrics and logs; bound to them elsewhere. */
export interface ProjectorObserver {
  /** A batch and its checkpoint were committed; `seconds` from its first statement to the commit. */
  batchApplied(events: number, seconds: number): void;
  /** The projector tries again by itself, unless the error halted it (`Projector.status`). */
  failed(error: Error): void;
}

export const silentProjectorObserver: ProjectorObserver = {
  batchApplied: () => undefined,
  failed: () => undefined,
};
