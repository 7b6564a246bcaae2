/**
 * The life of one shard's projector as a pure function of what happened to what is to be done. One batch is
 * written while the next is read; at most one of each is in flight.
 */

/** Events `after + 1 … to`, ready to be written. */
export interface PreparedBatch {
  readonly after: number;
  readonly to: number;
}

export interface ProjectorState<B extends PreparedBatch> {
  /**
   * `settling`: something failed or another projector was faster; what is in flight is awaited and dropped, so
   * that no result of the time before reaches the time after. `waiting`: for the end of a backoff.
   */
  readonly mode: 'loading' | 'following' | 'settling' | 'waiting' | 'halted' | 'stopped';
  readonly paused: boolean;
  /** Position of the last event applied, and of the last event read. */
  readonly applied: number;
  readonly read: number;
  readonly reading: boolean;
  readonly writing: boolean;
  /** Read and not yet being written. */
  readonly ahead: B | undefined;
  readonly mayHaveMore: boolean;
  /** In a row, since something last went well. */
  readonly failures: number;
  readonly retryAfterMs: number;
}

export type ProjectorInput<B extends PreparedBatch> =
  | { readonly kind: 'started' }
  | { readonly kind: 'checkpoint-loaded'; readonly position: number }
  | { readonly kind: 'load-failed'; readonly permanent: boolean }
  | { readonly kind: 'log-advanced' }
  | { readonly kind: 'batch-read'; readonly batch: B | undefined }
  | { readonly kind: 'read-failed'; readonly permanent: boolean }
  | { readonly kind: 'batch-applied'; readonly to: number }
  | { readonly kind: 'batch-fenced' }
  | { readonly kind: 'apply-failed'; readonly permanent: boolean }
  /** An idle connection broke: if PostgreSQL crashed, it may have taken the checkpoint back. */
  | { readonly kind: 'connection-lost' }
  | { readonly kind: 'retry-due' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'resumed' }
  | { readonly kind: 'stopped' };

export type ProjectorEffect<B extends PreparedBatch> =
  | { readonly kind: 'load-checkpoint' }
  | { readonly kind: 'read'; readonly after: number }
  | { readonly kind: 'apply'; readonly batch: B }
  | { readonly kind: 'retry'; readonly afterMs: number };

type Stepped<B extends PreparedBatch> = readonly [ProjectorState<B>, readonly ProjectorEffect<B>[]];

const FIRST_RETRY_MS = 25;
const LAST_RETRY_MS = 2_000;

export function initialProjectorState<B extends PreparedBatch>(): ProjectorState<B> {
  return {
    mode: 'loading',
    paused: false,
    applied: 0,
    read: 0,
    reading: false,
    writing: false,
    ahead: undefined,
    mayHaveMore: true,
    failures: 0,
    retryAfterMs: 0,
  };
}

export function step<B extends PreparedBatch>(state: ProjectorState<B>, input: ProjectorInput<B>): Stepped<B> {
  if (state.mode === 'halted' || state.mode === 'stopped') return [landed(state, input), []];
  switch (input.kind) {
    case 'started':
    case 'retry-due':
      return [{ ...state, mode: 'loading' }, [{ kind: 'load-checkpoint' }]];
    case 'checkpoint-loaded':
      return next({ ...state, mode: 'following', applied: input.position, read: input.position, mayHaveMore: true });
    case 'log-advanced':
      return next({ ...state, mayHaveMore: true });
    case 'batch-read':
      return next(afterRead(landed(state, input), input.batch));
    case 'batch-applied':
      return next({ ...landed(state, input), failures: 0 });
    case 'batch-fenced':
      return next(settling(landed(state, input), 0));
    case 'load-failed':
    case 'read-failed':
    case 'apply-failed':
      if (input.permanent) return [{ ...landed(state, input), mode: 'halted', ahead: undefined }, []];
      return next(settling({ ...landed(state, input), failures: state.failures + 1 }, backoffMs(state.failures)));
    case 'connection-lost':
      return state.mode === 'following' ? next(settling(state, FIRST_RETRY_MS)) : [state, []];
    case 'paused':
      return [{ ...state, paused: true }, []];
    case 'resumed':
      return next({ ...state, paused: false });
    case 'stopped':
      return [{ ...state, mode: 'stopped', ahead: undefined }, []];
  }
}

/** What came back is no longer in flight, whatever else it means. */
function landed<B extends PreparedBatch>(state: ProjectorState<B>, input: ProjectorInput<B>): ProjectorState<B> {
  const { kind } = input;
  if (kind === 'batch-applied') return { ...state, writing: false, applied: input.to };
  if (kind === 'batch-fenced' || kind === 'apply-failed') return { ...state, writing: false };
  if (kind === 'batch-read' || kind === 'read-failed') return { ...state, reading: false };
  return state;
}

/** A log is read until it has no more; a wake-up during a read makes for one more read. */
function afterRead<B extends PreparedBatch>(state: ProjectorState<B>, batch: B | undefined): ProjectorState<B> {
  if (state.mode !== 'following') return state;
  if (batch === undefined) return { ...state, failures: 0 };
  return { ...state, ahead: batch, read: batch.to, mayHaveMore: true };
}

function settling<B extends PreparedBatch>(state: ProjectorState<B>, retryAfterMs: number): ProjectorState<B> {
  return { ...state, mode: 'settling', ahead: undefined, retryAfterMs: Math.max(state.retryAfterMs, retryAfterMs) };
}

function next<B extends PreparedBatch>(state: ProjectorState<B>): Stepped<B> {
  if (state.mode === 'settling') return settled(state);
  if (state.mode !== 'following' || state.paused) return [state, []];
  const effects: ProjectorEffect<B>[] = [];
  let { ahead, writing, reading, mayHaveMore } = state;
  if (ahead !== undefined && !writing) {
    effects.push({ kind: 'apply', batch: ahead });
    [ahead, writing] = [undefined, true];
  }
  if (ahead === undefined && !reading && mayHaveMore) {
    effects.push({ kind: 'read', after: state.read });
    [reading, mayHaveMore] = [true, false];
  }
  return [{ ...state, ahead, writing, reading, mayHaveMore }, effects];
}

function settled<B extends PreparedBatch>(state: ProjectorState<B>): Stepped<B> {
  if (state.reading || state.writing) return [state, []];
  const { retryAfterMs } = state;
  if (retryAfterMs === 0) return [{ ...state, mode: 'loading' }, [{ kind: 'load-checkpoint' }]];
  return [{ ...state, mode: 'waiting', retryAfterMs: 0 }, [{ kind: 'retry', afterMs: retryAfterMs }]];
}

const backoffMs = (failures: number): number => Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
