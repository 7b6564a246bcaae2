import { failure, success, type Answer } from '../answer.js';
import { instanceMessage } from '../wire/messages.js';
import type { GetInstanceOutcome } from './get-instance.query.js';

/** The texts of section 5.3; an absent instance is an INTERNAL_ERROR there (D-31). */
export function answerGetInstance(outcome: GetInstanceOutcome): Answer {
  switch (outcome.kind) {
    case 'found':
      return success({ descriptor: instanceMessage, message: outcome.instance });
    case 'not-asked':
      return failure('INVALID_ARGUMENT', 'empty instance_id and cloud_unique_id');
    case 'unresolved':
      return failure('INVALID_ARGUMENT', `cannot find instance_id with cloud_unique_id=${outcome.cloudUniqueId}`);
    case 'absent': {
      const cause = `failed to get instance, instance_id=${outcome.instanceId} err=KeyNotFound`;
      return failure('INTERNAL_ERROR', `failed to get instance, info=${cause}`);
    }
  }
}
