import type { AggregateTypes, Decider } from '#domain/decider.js';
import type { LogName } from '../ledger/ledger.js';

/** A decider with its place in the ledger. */
export interface EventSourced<A extends AggregateTypes> {
  readonly log: LogName;
  readonly decider: Decider<A>;
  /** Raised whenever the shape of the state changes: older snapshots are then passed over and made anew. */
  readonly stateVersion: number;
  /** The stream of one aggregate, e.g. `instance/prod`. */
  streamName(id: string): string;
}
