import { decide, type AggregateTypes, type Decision, type HeldClaim } from '#domain/decider.js';
import type { DomainEvent } from '../catalogue/catalogue.js';
import { encodeEvent } from '../catalogue/event-codec.js';
import type { Append, AppendOutcome, IdempotentAnswer, Ledger, NewEvent, StreamRef } from '../ledger/ledger.js';
import { uuidV7 } from '../uuid-v7.js';
import type { EventSourced } from './event-sourced.js';
import type { CommandContext, CommandRunner, ExecuteOutcome, LoadedState } from './runner.types.js';
import type { Snapshots } from './snapshots.js';
import { StateCache, type CachedState } from './state-cache.js';
import { StreamStates } from './stream-states.js';

export interface DeciderRunnerOptions {
  readonly ledger: Ledger;
  readonly snapshots: Snapshots;
  /** Bytes of states kept in memory. Default 32 MiB. */
  readonly cacheBytes?: number;
  /** A snapshot is written once this many events have come since the last one. Default 200. */
  readonly snapshotEvery?: number;
  /** Snapshots are disposable, so their failure is told and passed over. */
  readonly onSnapshotFailed?: (error: unknown) => void;
}

const MOST_ATTEMPTS = 12;
const LONGEST_PAUSE_MS = 50;

/** Spreads processes that fight for one stream; the first retry is immediate, since most conflicts are single. */
function pauseBefore(attempt: number): Promise<void> | undefined {
  if (attempt < 2) return undefined;
  const ms = Math.random() * Math.min(LONGEST_PAUSE_MS, 2 ** attempt);
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** One pass over a command: either its outcome, or why to go over it again. */
type Attempt<A extends AggregateTypes> =
  | { readonly kind: 'done'; readonly outcome: ExecuteOutcome<A> }
  | { readonly kind: 'again'; readonly held: readonly HeldClaim[] };

const AGAIN = { kind: 'again', held: [] } as const;

/**
 * Runs commands: load, decide, append, and again on fresh state when the ledger says that the stream has moved.
 *
 * Commands on one stream do not wait for each other: a decision builds on the appends that are still on their way, in
 * the order in which the ledger will take them. Should one of them fail, those behind it conflict and decide again. What
 * changes nothing (a rejection, an idempotent acceptance) is answered only after the ledger has confirmed the state it
 * was decided on, so it is as linearizable as an append.
 */
export class DeciderRunner implements CommandRunner {
  readonly #ledger: Ledger;
  readonly #states: StreamStates;

  constructor(options: DeciderRunnerOptions) {
    const { ledger, snapshots, cacheBytes = 32 * 1024 * 1024, snapshotEvery = 200 } = options;
    this.#ledger = ledger;
    const tellSnapshotFailed = options.onSnapshotFailed ?? (() => undefined);
    this.#states = new StreamStates(ledger, snapshots, new StateCache(cacheBytes), snapshotEvery, tellSnapshotFailed);
  }

  async execute<A extends AggregateTypes>(
    aggregate: EventSourced<A>,
    id: string,
    command: A['command'],
    context: CommandContext,
  ): Promise<ExecuteOutcome<A>> {
    const { idempotency } = context;
    if (idempotency) {
      const known = await this.#ledger.findAnswer(idempotency.key);
      if (known) return replay(known, idempotency.requestHash);
    }
    const stream = streamOf(aggregate, id);
    let held: readonly HeldClaim[] = [];
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const pause = pauseBefore(attempt);
      if (pause) await pause;
      // After a contradiction the cache alone is not believed again.
      const cached = attempt === 0 ? this.#states.peek(stream) : undefined;
      const assumed = attempt === 0 && context.assume === 'new' && !cached;
      const read = assumed || cached ? undefined : await this.#states.current(aggregate, stream);
      // From this look at the cache to the forecast that the append puts there nothing is awaited: of commands that
      // come together each must build on the one before it, not all on the same state.
      const basis = this.#states.peek(stream) ?? read ?? this.#states.initial(aggregate);
      const decision = decide(aggregate.decider, command, basis.state, held);
      const result = await this.#carryOut(aggregate, stream, basis, decision, context, assumed);
      if (result.kind === 'done') return result.outcome;
      held = result.held;
    }
    return { kind: 'busy' };
  }

  async load<A extends AggregateTypes>(aggregate: EventSourced<A>, id: string): Promise<LoadedState<A>> {
    const { state, version } = await this.#states.current(aggregate, streamOf(aggregate, id));
    return { state: state as A['state'], version };
  }

  #carryOut<A extends AggregateTypes>(
    aggregate: EventSourced<A>,
    stream: StreamRef,
    basis: CachedState,
    decision: Decision<A>,
    context: CommandContext,
    assumed: boolean,
  ): Promise<Attempt<A>> | Attempt<A> {
    if (decision.kind === 'accepted' && decision.events.length > 0) {
      return this.#append(aggregate, stream, basis, decision, context, assumed);
    }
    return assumed ? AGAIN : this.#confirm(aggregate, stream, basis, decision, context);
  }

  async #append<A extends AggregateTypes>(
    aggregate: EventSourced<A>,
    stream: StreamRef,
    basis: CachedState,
    decision: Extract<Decision<A>, { kind: 'accepted' }>,
    context: CommandContext,
    founding: boolean,
  ): Promise<Attempt<A>> {
    const events = newEvents(decision.events);
    const outcome: ExecuteOutcome<A> = { kind: 'accepted', version: basis.version + events.length };
    const append = this.#ledger.append({
      stream,
      expectedVersion: basis.version,
      events,
      metadata: context.metadata,
      ...(decision.claims?.length ? { claims: decision.claims } : {}),
      ...(context.dataKey ? { dataKey: context.dataKey } : {}),
      ...answerToKeep(context, outcome),
    });
    // Most streams that are founded are not heard of again soon: their states would only push others out of the cache.
    if (founding) return afterAppend(await append, outcome, context);
    const reached = this.#states.advance(aggregate, stream, basis, decision.events, events, append);
    const result = await append.catch((error: unknown) => {
      this.#states.retract(stream, basis);
      throw error;
    });
    if (result.kind === 'appended') this.#states.snapshotIfDue(aggregate, stream, reached);
    else this.#states.retract(stream, basis);
    return afterAppend(result, outcome, context);
  }

  /** Answers a decision that changes nothing, once the ledger has confirmed the state it was made on. */
  async #confirm<A extends AggregateTypes>(
    aggregate: EventSourced<A>,
    stream: StreamRef,
    basis: CachedState,
    decision: Decision<A>,
    context: CommandContext,
  ): Promise<Attempt<A>> {
    const confirmed = basis.inFlight?.pending
      ? await basis.inFlight.appended
      : (await this.#states.current(aggregate, stream)).version === basis.version;
    if (!confirmed) return AGAIN;
    const outcome: ExecuteOutcome<A> =
      decision.kind === 'rejected' ? decision : { kind: 'accepted', version: basis.version };
    if (!context.idempotency) return { kind: 'done', outcome };
    const kept = await this.#ledger.append({
      stream,
      expectedVersion: basis.version,
      events: [],
      metadata: context.metadata,
      ...answerToKeep(context, outcome),
    });
    return afterAppend(kept, outcome, context);
  }
}

const streamOf = <A extends AggregateTypes>(aggregate: EventSourced<A>, id: string): StreamRef => ({
  log: aggregate.log,
  name: aggregate.streamName(id),
});

function newEvents(events: readonly { readonly type: string; readonly data: object }[]): NewEvent[] {
  return events.map((event) => ({ id: uuidV7(), ...encodeEvent(event as DomainEvent) }));
}

function answerToKeep<A extends AggregateTypes>(
  { idempotency }: CommandContext,
  outcome: ExecuteOutcome<A>,
): Pick<Append, 'idempotency'> {
  return idempotency ? { idempotency: { ...idempotency, answer: JSON.stringify(outcome) } } : {};
}

function replay<A extends AggregateTypes>(
  { requestHash, answer }: Omit<IdempotentAnswer, 'key'>,
  hashOfThisRequest: string,
): ExecuteOutcome<A> {
  return requestHash === hashOfThisRequest ? (JSON.parse(answer) as ExecuteOutcome<A>) : { kind: 'key-reused' };
}

function afterAppend<A extends AggregateTypes>(
  result: AppendOutcome,
  outcome: ExecuteOutcome<A>,
  context: CommandContext,
): Attempt<A> {
  switch (result.kind) {
    case 'appended':
      return { kind: 'done', outcome };
    case 'conflict':
      return AGAIN;
    case 'claimed':
      return { kind: 'again', held: result.held };
    case 'replayed':
      return { kind: 'done', outcome: replay(result, context.idempotency?.requestHash ?? '') };
    case 'busy':
      return { kind: 'done', outcome: { kind: 'busy' } };
  }
}
