import type { ShardRef } from '#events/ledger/ledger.js';

/** Tells readers that wait how far a projection has come: the projector of this process, or LISTEN for others'. */
export interface AppliedPositions {
  /**
   * Calls `wake` after every commit of the projection in the shard, with the new position; or with `ANY_POSITION` when
   * some may have been missed. Returns how to stop.
   */
  onApplied(shard: ShardRef, wake: (position: number) => void): () => void;
}

/** As far as anyone knows: worth a look. */
export const ANY_POSITION = Number.MAX_SAFE_INTEGER;
