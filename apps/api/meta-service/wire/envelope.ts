import type { MessageDescriptor, MessageOf } from './message-descriptor.js';
import { writeMessage } from './message-writer.js';
import { quote } from './quote.js';

/** The HTTP status that follows from each `code` (contract, section 1.4). */
export const HTTP_STATUS = {
  OK: 200,
  INVALID_ARGUMENT: 400,
  NOT_FOUND: 404,
  ALREADY_EXISTED: 409,
  INTERNAL_ERROR: 500,
} as const;

export type EnvelopeCode = keyof typeof HTTP_STATUS;

export interface EnvelopeResult<D extends MessageDescriptor> {
  readonly descriptor: D;
  readonly message: MessageOf<D>;
}

const OK_ENVELOPE = '{\n    "code": "OK",\n    "msg": ""\n}\n';

/**
 * The body of a reply, byte for byte as contract section 1.4 has it, the final newline included.
 * A getter's success carries `result`; nothing else does (section 1.5).
 */
export function writeEnvelope<D extends MessageDescriptor>(
  code: EnvelopeCode,
  msg: string,
  result?: EnvelopeResult<D>,
): string {
  if (result === undefined && code === 'OK' && msg === '') return OK_ENVELOPE;
  const head = `{\n    "code": "${code}",\n    "msg": ${quote(msg)}`;
  return result === undefined
    ? `${head}\n}\n`
    : `${head},\n    "result": ${writeMessage(result.descriptor, result.message, 1)}\n}\n`;
}

/**
 * The `msg` of the reply to a body that `readMessage` found malformed (contract, section 2.3). `op` is the path after
 * empty segments are dropped, with `v1/` if it was given.
 */
export const parseErrorText = (op: string, detail: string): string =>
  `parse http request '${op}': INVALID_ARGUMENT:${detail}`;
