import type { AggregateTypes } from '#domain/decider.js';
import type { EventMetadata, NewDataKey } from '../ledger/ledger.js';
import type { EventSourced } from './event-sourced.js';

/** What comes with a command besides itself. */
export interface CommandContext {
  readonly metadata: EventMetadata;
  readonly idempotency?: { readonly key: string; readonly requestHash: string };
  /** Stored together with the first event of a stream whose secrets it seals. */
  readonly dataKey?: NewDataKey;
  /**
   * Decide on the initial state first, without a read: right for a command that nearly always founds its stream. The
   * ledger arbitrates, so a wrong guess costs a second decision and nothing else.
   */
  readonly assume?: 'new';
}

export type ExecuteOutcome<A extends AggregateTypes> =
  /** `version` is the stream's after the command. */
  | { readonly kind: 'accepted'; readonly version: number }
  | { readonly kind: 'rejected'; readonly rejection: A['rejection'] }
  /** The idempotency key was used before, for another request. */
  | { readonly kind: 'key-reused' }
  /** The ledger's queue is full, or the stream is so contended that no decision got through. */
  | { readonly kind: 'busy' };

export interface LoadedState<A extends AggregateTypes> {
  readonly state: A['state'];
  readonly version: number;
}

export interface CommandRunner {
  /** @throws LedgerUnavailable */
  execute<A extends AggregateTypes>(
    aggregate: EventSourced<A>,
    id: string,
    command: A['command'],
    context: CommandContext,
  ): Promise<ExecuteOutcome<A>>;

  /**
   * The state with every event that was acknowledged before the call.
   *
   * @throws LedgerUnavailable
   */
  load<A extends AggregateTypes>(aggregate: EventSourced<A>, id: string): Promise<LoadedState<A>>;
}
