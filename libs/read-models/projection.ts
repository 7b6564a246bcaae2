import type { LogName, RecordedEvent } from '#events/ledger/ledger.js';
import type { RowMutation } from './row-mutation.js';

/** A pure fold from the events of a log to rows. */
export interface Projection {
  readonly log: LogName;
  /** @throws UnknownEvent on an event that this code does not know. */
  project(event: RecordedEvent): readonly RowMutation[];
}
