import type { ShardRef } from '#events/ledger/ledger.js';
import type { LogSource } from '#events/log-source/log-source.js';
import type { Projection } from '#read-models/projection.js';
import type { TableShape } from '#read-models/table-shape.js';
import { prepareBatch, type Batch } from './batch.js';
import { isPermanent } from './permanent-failure.js';
import type { ProjectionStore } from './projection-store.js';
import type { ProjectorObserver } from './projector-observer.js';
import { ReadPacing } from './read-pacing.js';
import {
  initialProjectorState,
  step,
  type ProjectorEffect,
  type ProjectorInput,
  type ProjectorState,
} from './projector.step.js';

export interface ShardProjectorOptions {
  readonly shard: ShardRef;
  readonly source: LogSource;
  readonly projection: Projection;
  readonly tables: readonly TableShape[];
  readonly store: ProjectionStore;
  readonly observer: ProjectorObserver;
  /** Events a batch at most. */
  readonly batchSize: number;
}

export type ShardStatus =
  | { readonly kind: 'running'; readonly applied: number }
  /** Not reached for now; tried again by itself. */
  | { readonly kind: 'retrying'; readonly applied: number; readonly error: Error }
  /** Past help by waiting: a gap, an unknown event, rows that contradict the events. */
  | { readonly kind: 'halted'; readonly applied: number; readonly error: Error };

/** Someone who waits for a state. */
interface Waiter {
  decide(state: ProjectorState<Batch>): 'now' | 'later' | 'never';
  resolve(): void;
  reject(error: Error): void;
}

/** Drives `step` for one shard: performs its effects and feeds it what came of them. */
export class ShardProjector {
  #state = initialProjectorState<Batch>();
  #error: Error | undefined;
  #retry: NodeJS.Timeout | undefined;
  #unsubscribe: () => void = () => undefined;
  readonly #appliedListeners = new Set<(position: number) => void>();
  readonly #pacing = new ReadPacing();
  #lastReadWasFull = false;
  readonly #waiters = new Set<Waiter>();

  constructor(private readonly options: ShardProjectorOptions) {}

  start(): void {
    const { source, shard, store } = this.options;
    const unsubscribes = [
      source.onAdvance(shard, () => this.#dispatch({ kind: 'log-advanced' })),
      store.onConnectionLost(() => this.#dispatch({ kind: 'connection-lost' })),
    ];
    this.#unsubscribe = () => unsubscribes.forEach((unsubscribe) => unsubscribe());
    this.#dispatch({ kind: 'started' });
  }

  /** Resolves once nothing is being written. */
  pause(): Promise<void> {
    this.#dispatch({ kind: 'paused' });
    return this.#quiet();
  }

  resume(): void {
    this.#dispatch({ kind: 'resumed' });
  }

  /** Finishes the write in flight. */
  stop(): Promise<void> {
    this.#unsubscribe();
    clearTimeout(this.#retry);
    this.#dispatch({ kind: 'stopped' });
    return this.#quiet();
  }

  status(): ShardStatus {
    const { mode, applied, failures } = this.#state;
    if (this.#error !== undefined && mode === 'halted') return { kind: 'halted', applied, error: this.#error };
    if (this.#error !== undefined && failures > 0) return { kind: 'retrying', applied, error: this.#error };
    return { kind: 'running', applied };
  }

  /**
   * Calls `listener` with the position that has been reached, after every commit of this projector and when it finds
   * that another one was faster. Returns how to stop.
   */
  onApplied(listener: (position: number) => void): () => void {
    this.#appliedListeners.add(listener);
    this.#pacing.hurry();
    return () => this.#appliedListeners.delete(listener);
  }

  /** Resolves once `position` is applied; rejects when the projector halts or is stopped before. */
  whenApplied(position: number): Promise<void> {
    return this.#when(({ applied, mode, writing }) => {
      if (applied >= position) return 'now';
      const over = (mode === 'halted' || mode === 'stopped') && !writing;
      return over ? 'never' : 'later';
    });
  }

  #dispatch(input: ProjectorInput<Batch>): void {
    const [state, effects] = step(this.#state, input);
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    for (const waiter of this.#waiters) this.#settle(waiter);
  }

  #perform(effect: ProjectorEffect<Batch>): void {
    switch (effect.kind) {
      case 'load-checkpoint':
        return this.#attempt(this.#load(), 'load-failed');
      case 'read':
        return this.#attempt(this.#read(effect.after), 'read-failed');
      case 'apply':
        return this.#attempt(this.#apply(effect.batch), 'apply-failed');
      case 'retry':
        this.#retry = setTimeout(() => this.#dispatch({ kind: 'retry-due' }), effect.afterMs);
    }
  }

  #attempt(work: Promise<ProjectorInput<Batch>>, failure: 'load-failed' | 'read-failed' | 'apply-failed'): void {
    work.then(
      (input) => this.#dispatch(input),
      (cause: unknown) => {
        const error = cause instanceof Error ? cause : new Error(String(cause));
        if (this.#state.mode !== 'stopped') this.#fail(error);
        this.#dispatch({ kind: failure, permanent: isPermanent(error) });
      },
    );
  }

  #fail(error: Error): void {
    this.#error = error;
    this.options.observer.failed(error);
  }

  async #load(): Promise<ProjectorInput<Batch>> {
    const position = await this.options.store.checkpoint(this.options.shard.shard);
    this.#announce(position);
    return { kind: 'checkpoint-loaded', position };
  }

  async #read(after: number): Promise<ProjectorInput<Batch>> {
    const { source, shard, batchSize, projection, tables } = this.options;
    await this.#pacing.turn(this.#lastReadWasFull || this.#appliedListeners.size > 0);
    const events = await source.read(shard, after, batchSize);
    this.#lastReadWasFull = events.length === batchSize;
    this.#pacing.found(events.length);
    return { kind: 'batch-read', batch: prepareBatch(projection, tables, events, after) };
  }

  async #apply(batch: Batch): Promise<ProjectorInput<Batch>> {
    const { store, shard, observer } = this.options;
    const start = performance.now();
    const outcome = await store.apply({ shard: shard.shard, from: batch.after, to: batch.to }, batch.statements);
    if (outcome === 'fenced') return { kind: 'batch-fenced' };
    observer.batchApplied(batch.events, (performance.now() - start) / 1_000);
    this.#announce(batch.to);
    return { kind: 'batch-applied', to: batch.to };
  }

  /** Nothing is in flight. */
  #quiet(): Promise<void> {
    return this.#when(({ writing, reading }) => (writing || reading ? 'later' : 'now'));
  }

  #when(decide: Waiter['decide']): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter = { decide, resolve, reject };
      this.#waiters.add(waiter);
      this.#settle(waiter);
    });
  }

  #settle(waiter: Waiter): void {
    const outcome = waiter.decide(this.#state);
    if (outcome === 'later') return;
    this.#waiters.delete(waiter);
    if (outcome === 'now') waiter.resolve();
    else waiter.reject(this.#error ?? new Error('the projector was stopped'));
  }

  #announce(position: number): void {
    for (const listener of this.#appliedListeners) listener(position);
  }
}
