import type { RecordedEvent } from '#events/ledger/ledger.js';
import type { Projection } from '#read-models/projection.js';
import type { RowMutation } from '#read-models/row-mutation.js';
import type { TableShape } from '#read-models/table-shape.js';
import { assertDense } from './dense-positions.js';
import type { PreparedBatch } from './projector.step.js';
import { batchStatements, type BatchStatement } from './row-batch/batch-statements.js';
import { coalesce } from './row-batch/coalesce.js';

/** Events as the statements that they come to. */
export interface Batch extends PreparedBatch {
  readonly events: number;
  readonly statements: readonly BatchStatement[];
}

/**
 * All the computing of a batch, done while the one before it is written. Undefined for no events.
 *
 * @throws GapInLog, UnknownEvent, ProjectionDiverged
 */
export function prepareBatch(
  projection: Projection,
  tables: readonly TableShape[],
  events: readonly RecordedEvent[],
  after: number,
): Batch | undefined {
  assertDense(events, after);
  const { known, mutations } = projectKnown(projection, events);
  const last = events[known - 1];
  if (last === undefined) return undefined;
  return {
    after,
    to: last.position,
    events: known,
    statements: batchStatements(coalesce(tables, mutations)),
  };
}

/**
 * The events up to the first that cannot be projected: those are applied, and the next read meets it first and
 * throws, so one bad event never holds back what was written before it.
 */
function projectKnown(
  projection: Projection,
  events: readonly RecordedEvent[],
): { readonly known: number; readonly mutations: readonly RowMutation[] } {
  const mutations: RowMutation[] = [];
  for (const [i, event] of events.entries()) {
    try {
      mutations.push(...projection.project(event));
    } catch (error) {
      if (i === 0) throw error;
      return { known: i, mutations };
    }
  }
  return { known: events.length, mutations };
}
