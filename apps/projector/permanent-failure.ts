import { UnknownEvent } from '#events/catalogue/event-codec.js';
import { GapInLog } from './dense-positions.js';
import { ProjectionDiverged } from './row-batch/coalesce.js';

/** SQLSTATE classes of rows that the tables refuse: data exception, integrity constraint violation. */
const REFUSED_ROWS = /^2[23]/;

/** Would trying again come to the same end? A projector halts then; on all else (lost connections) it goes on. */
export function isPermanent(error: Error): boolean {
  if (error instanceof UnknownEvent || error instanceof GapInLog || error instanceof ProjectionDiverged) return true;
  if (error instanceof SyntaxError || error instanceof TypeError) return true;
  return 'code' in error && typeof error.code === 'string' && REFUSED_ROWS.test(error.code);
}
