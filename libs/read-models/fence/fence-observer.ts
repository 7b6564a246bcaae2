/** What fenced reads tell metrics; bound to them elsewhere. */
export interface FenceObserver {
  /** A read was answered after it had to wait this long for the projector. */
  waited(seconds: number): void;
  /** A read was answered by folding the stream: the projector was too late, or the read model failed. */
  folded(cause: 'late' | 'failed'): void;
}

export const silentFenceObserver: FenceObserver = { waited: () => undefined, folded: () => undefined };
