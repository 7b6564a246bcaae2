import type { InstanceRejection } from '#domain/instance/instance.rejections.js';
import { failure, type Answer } from './answer.js';

type AnswerTo = {
  readonly [C in InstanceRejection['code']]: (rejection: Extract<InstanceRejection, { readonly code: C }>) => Answer;
};

const invalid = (text: string): Answer => failure('INVALID_ARGUMENT', text);

/**
 * The contract's code and text of every rejection (sections 4.3, 5.1 to 5.5 and 15). None of them is a row of section 13
 * that the profile flips.
 */
const answerTo: AnswerTo = {
  RAM_USER_INCOMPLETE: () => invalid('ram user info err, please check it'),
  OBJECT_STORE_INCOMPLETE: () => invalid('s3 conf info err, please check it'),
  INSTANCE_ID_MISSING: () => invalid('instance id not set'),
  INSTANCE_ID_MALFORMED: () => invalid('instance_id not match [0-9a-zA-Z_-]+'),
  HDFS_PREFIX_INVALID: ({ prefix }) => invalid(`invalid prefix: ${prefix}`),
  HDFS_FS_NAME_INVALID: ({ fsName }) => invalid(`invalid fs_name: ${fsName}`),
  INSTANCE_ALREADY_EXISTS: ({ instanceId }) =>
    failure('ALREADY_EXISTED', `instance already existed, instance_id=${instanceId}`),
  INSTANCE_NOT_FOUND: ({ instanceId }) =>
    failure('NOT_FOUND', `instance not existed, instance_id=${instanceId}, err=KeyNotFound`),
  INSTANCE_HAS_CLUSTERS: () => invalid('failed to drop instance, instance has clusters'),
  STATUS_OPERATION_INVALID: ({ op }) => invalid(`invalid request op, op=${op}`),
  INSTANCE_DELETED: ({ instanceId, wanted }) =>
    invalid(`can't set deleted instance to ${wanted.toLowerCase()}, instance_id = ${instanceId}`),
  // Two blanks, as the contract has it (section 5.4 #5).
  INSTANCE_ALREADY_OVERDUE: ({ instanceId }) =>
    invalid(`the instance has already set  instance to overdue, instance_id = ${instanceId}`),
  INSTANCE_ALREADY_NORMAL: ({ instanceId }) => invalid(`the instance is already normal, instance_id = ${instanceId}`),
  SSE_ALREADY_ENABLED: () => invalid('failed to enable sse, instance has enabled sse'),
  SSE_ALREADY_DISABLED: () => invalid('failed to disable sse, instance has disabled sse'),
  INSTANCE_NAME_MISSING: () => invalid('rename instance name, but not set'),
};

export function answerRejection(rejection: InstanceRejection): Answer {
  const answer = answerTo[rejection.code] as (rejection: InstanceRejection) => Answer;
  return answer(rejection);
}
