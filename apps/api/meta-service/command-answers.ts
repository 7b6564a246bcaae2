import { LedgerUnavailable } from '#events/ledger/ledger.js';
import { failure, OK, type Answer } from './answer.js';
import { answerRejection } from './rejection-answers.js';
import type { InstanceOutcome } from './instance-commands.js';

export function answerOutcome(outcome: InstanceOutcome): Answer {
  switch (outcome.kind) {
    case 'accepted':
      return OK;
    case 'rejected':
      return answerRejection(outcome.rejection);
    case 'busy':
      return failure('INTERNAL_ERROR', 'reach max qps limit');
    case 'key-reused':
      return failure('INVALID_ARGUMENT', 'the Idempotency-Key was used for another request', 422);
  }
}

/** What nobody expects, told without internals; the log has the rest under the request id. */
export function answerError(error: unknown): Answer {
  return error instanceof LedgerUnavailable
    ? failure('INTERNAL_ERROR', 'the ledger cannot be reached, please try again')
    : failure('INTERNAL_ERROR', 'internal error');
}
