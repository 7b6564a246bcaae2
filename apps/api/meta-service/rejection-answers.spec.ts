import { describe, expect, it } from 'vitest';
import type { InstanceRejection } from '#domain/instance/instance.rejections.js';
import { answerRejection } from './rejection-answers.js';
import { writeEnvelope, type EnvelopeCode } from './wire/envelope.js';

const instanceId = 'prod';

describe('the answers to rejections (contract, sections 4.3, 5 and 15)', () => {
  it.each<[InstanceRejection, number, EnvelopeCode, string]>([
    [{ code: 'RAM_USER_INCOMPLETE' }, 400, 'INVALID_ARGUMENT', 'ram user info err, please check it'],
    [{ code: 'OBJECT_STORE_INCOMPLETE' }, 400, 'INVALID_ARGUMENT', 's3 conf info err, please check it'],
    [{ code: 'INSTANCE_ID_MISSING' }, 400, 'INVALID_ARGUMENT', 'instance id not set'],
    [
      { code: 'INSTANCE_ID_MALFORMED', instanceId: 'a b' },
      400,
      'INVALID_ARGUMENT',
      'instance_id not match [0-9a-zA-Z_-]+',
    ],
    [{ code: 'HDFS_PREFIX_INVALID', prefix: 'hdfs://x' }, 400, 'INVALID_ARGUMENT', 'invalid prefix: hdfs://x'],
    [{ code: 'HDFS_FS_NAME_INVALID', fsName: '///' }, 400, 'INVALID_ARGUMENT', 'invalid fs_name: ///'],
    [
      { code: 'INSTANCE_ALREADY_EXISTS', instanceId },
      409,
      'ALREADY_EXISTED',
      'instance already existed, instance_id=prod',
    ],
    [
      { code: 'INSTANCE_NOT_FOUND', instanceId },
      404,
      'NOT_FOUND',
      'instance not existed, instance_id=prod, err=KeyNotFound',
    ],
    [{ code: 'INSTANCE_HAS_CLUSTERS' }, 400, 'INVALID_ARGUMENT', 'failed to drop instance, instance has clusters'],
    [{ code: 'STATUS_OPERATION_INVALID', op: 1 }, 400, 'INVALID_ARGUMENT', 'invalid request op, op=1'],
    [
      { code: 'INSTANCE_DELETED', instanceId, wanted: 'OVERDUE' },
      400,
      'INVALID_ARGUMENT',
      "can't set deleted instance to overdue, instance_id = prod",
    ],
    [
      { code: 'INSTANCE_DELETED', instanceId, wanted: 'NORMAL' },
      400,
      'INVALID_ARGUMENT',
      "can't set deleted instance to normal, instance_id = prod",
    ],
    [
      { code: 'INSTANCE_ALREADY_OVERDUE', instanceId },
      400,
      'INVALID_ARGUMENT',
      'the instance has already set  instance to overdue, instance_id = prod',
    ],
    [
      { code: 'INSTANCE_ALREADY_NORMAL', instanceId },
      400,
      'INVALID_ARGUMENT',
      'the instance is already normal, instance_id = prod',
    ],
    [{ code: 'SSE_ALREADY_ENABLED' }, 400, 'INVALID_ARGUMENT', 'failed to enable sse, instance has enabled sse'],
    [{ code: 'SSE_ALREADY_DISABLED' }, 400, 'INVALID_ARGUMENT', 'failed to disable sse, instance has disabled sse'],
    [{ code: 'INSTANCE_NAME_MISSING' }, 400, 'INVALID_ARGUMENT', 'rename instance name, but not set'],
  ])('$code', (rejection, status, code, text) => {
    expect(answerRejection(rejection)).toEqual({ status, code, body: writeEnvelope(code, text) });
  });
});
