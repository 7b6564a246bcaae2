import type { MessageDescriptor } from './wire/message-descriptor.js';
import { HTTP_STATUS, writeEnvelope, type EnvelopeCode, type EnvelopeResult } from './wire/envelope.js';

/** The reply to one call: an envelope (contract, section 1.4), and the HTTP status that goes with it. */
export interface Answer {
  readonly status: number;
  readonly code: EnvelopeCode;
  readonly body: string;
}

export function success<D extends MessageDescriptor>(result?: EnvelopeResult<D>): Answer {
  return { status: HTTP_STATUS.OK, code: 'OK', body: writeEnvelope('OK', '', result) };
}

/** `status` is given only where the HTTP status says more than the code. */
export function failure(code: Exclude<EnvelopeCode, 'OK'>, text: string, status: number = HTTP_STATUS[code]): Answer {
  return { status, code, body: writeEnvelope(code, text) };
}

export const OK: Answer = success();
