import { evolve, type AggregateTypes } from '#domain/decider.js';
import { decodeEvent } from '../catalogue/event-codec.js';
import type { AppendOutcome, Ledger, NewEvent, StreamRef } from '../ledger/ledger.js';
import type { EventSourced } from './event-sourced.js';
import type { Snapshots } from './snapshots.js';
import { measureState, type CachedState, type InFlight, type StateCache } from './state-cache.js';

/**
 * The states of streams as this process knows them: cached, forecast by appends on their way, or read from the ledger
 * (a snapshot and the events after it).
 */
export class StreamStates {
  constructor(
    private readonly ledger: Ledger,
    private readonly snapshots: Snapshots,
    private readonly cache: StateCache,
    private readonly snapshotEvery: number,
    private readonly onSnapshotFailed: (error: unknown) => void,
  ) {}

  /** What the cache holds, perhaps a forecast, perhaps behind other processes. */
  peek(stream: StreamRef): CachedState | undefined {
    return this.cache.get(stream.name);
  }

  initial<A extends AggregateTypes>(aggregate: EventSourced<A>): CachedState {
    return {
      state: aggregate.decider.initial,
      version: 0,
      inFlight: undefined,
      lineage: {},
      snapshotVersion: 0,
      measuredBytes: 0,
      addedBytes: 0,
    };
  }

  /** The stream as the ledger has it, with everything that was acknowledged before the call. */
  async current<A extends AggregateTypes>(aggregate: EventSourced<A>, stream: StreamRef): Promise<CachedState> {
    for (;;) {
      const cached = this.cache.get(stream.name);
      if (!cached?.inFlight?.pending) return this.#readOn(aggregate, stream, cached);
      // An append that was pending at the call and succeeds was the head at some moment after the call.
      if (await cached.inFlight.appended) return cached;
    }
  }

  /** Forecasts the state that an append leads to, for the commands that come while it is on its way. */
  advance<A extends AggregateTypes>(
    aggregate: EventSourced<A>,
    stream: StreamRef,
    basis: CachedState,
    events: readonly A['event'][],
    encoded: readonly NewEvent[],
    append: Promise<AppendOutcome>,
  ): CachedState {
    const next: CachedState = {
      ...basis,
      state: events.reduce<A['state']>((state, event) => evolve(aggregate.decider, state, event), basis.state),
      version: basis.version + events.length,
      inFlight: inFlight(append),
      addedBytes: encoded.reduce((sum, { data }) => sum + data.length, basis.addedBytes),
    };
    this.cache.set(stream.name, next);
    return next;
  }

  /** The append that was built on `basis` did not come about, so no forecast beyond it holds. */
  retract(stream: StreamRef, basis: CachedState): void {
    if (this.cache.get(stream.name)?.lineage !== basis.lineage) return;
    if (basis.inFlight || basis.version === 0) this.cache.drop(stream.name);
    // What was read from the ledger stays true, and the next read goes on from there.
    else this.cache.set(stream.name, { ...basis, lineage: {} });
  }

  /** Writes a snapshot off the request path when enough events have come since the last one. */
  snapshotIfDue<A extends AggregateTypes>(aggregate: EventSourced<A>, stream: StreamRef, reached: CachedState): void {
    const { state, version } = reached;
    const cached = this.cache.get(stream.name);
    if (version - Math.max(reached.snapshotVersion, cached?.snapshotVersion ?? 0) < this.snapshotEvery) return;
    if (cached) this.cache.set(stream.name, { ...cached, snapshotVersion: version });
    this.snapshots
      .save(aggregate, stream.name, { state: state, version })
      .catch((error: unknown) => this.onSnapshotFailed(error));
  }

  async #readOn<A extends AggregateTypes>(
    aggregate: EventSourced<A>,
    stream: StreamRef,
    cached: CachedState | undefined,
  ): Promise<CachedState> {
    const start = cached ?? (await this.#startingPoint(aggregate, stream));
    const events = await this.ledger.readStream(stream, start.version);
    if (events.length === 0 && cached) return cached;
    const fresh: CachedState = {
      ...start,
      state: events.reduce<A['state']>(
        (state, recorded) => evolve(aggregate.decider, state, decodeEvent(recorded) as A['event']),
        start.state,
      ),
      version: events.at(-1)?.version ?? start.version,
      inFlight: undefined,
      lineage: {},
      addedBytes: events.reduce((sum, { data }) => sum + data.length, start.addedBytes),
    };
    // Someone may have put a newer state there while this was read; then that one stays.
    if (fresh.version > 0 && this.cache.get(stream.name) === cached) {
      this.cache.set(stream.name, fresh);
      this.snapshotIfDue(aggregate, stream, fresh);
    }
    return fresh;
  }

  async #startingPoint<A extends AggregateTypes>(
    aggregate: EventSourced<A>,
    stream: StreamRef,
  ): Promise<CachedState> {
    const initial = this.initial(aggregate);
    const snapshot = await this.snapshots.find(aggregate, stream.name);
    if (!snapshot) return initial;
    const { state, version } = snapshot;
    return { ...initial, state, version, snapshotVersion: version, measuredBytes: measureState(state) };
  }
}

function inFlight(append: Promise<AppendOutcome>): InFlight {
  const settle = (appended: boolean): boolean => {
    flight.pending = false;
    return appended;
  };
  const flight: InFlight = {
    pending: true,
    appended: append.then(
      (outcome) => settle(outcome.kind === 'appended'),
      () => settle(false),
    ),
  };
  return flight;
}
