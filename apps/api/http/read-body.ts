import type { IncomingMessage } from 'node:http';
import type { HttpLimits } from './http-limits.js';

export type BodyOutcome =
  | { readonly kind: 'complete'; readonly body: Buffer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'stalled' }
  /** The client went away; there is nobody left to answer. */
  | { readonly kind: 'aborted' };

type BodyLimits = Pick<HttpLimits, 'bodyBytes' | 'bodyInactivityMs'>;

const EMPTY: BodyOutcome = { kind: 'complete', body: Buffer.alloc(0) };

/**
 * Reads the body of any request, whatever its method and Content-Type, within the limits. A body that breaks them is
 * let go at once; what still comes of it is read off the connection and dropped.
 */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<BodyOutcome> {
  const announced = request.headers['content-length'];
  if (announced === undefined && request.headers['transfer-encoding'] === undefined) return Promise.resolve(EMPTY);
  if (announced !== undefined && Number(announced) > limits.bodyBytes) return Promise.resolve({ kind: 'too-large' });
  return collect(request, limits);
}

function collect(request: IncomingMessage, limits: BodyLimits): Promise<BodyOutcome> {
  return new Promise((resolve) => {
    let pieces: Buffer[] = [];
    let received = 0;
    const stalled = setTimeout(() => settle({ kind: 'stalled' }), limits.bodyInactivityMs);

    const settle = (outcome: BodyOutcome): void => {
      clearTimeout(stalled);
      request.off('data', take);
      request.resume();
      pieces = [];
      resolve(outcome);
    };
    const take = (piece: Buffer): void => {
      received += piece.length;
      if (received > limits.bodyBytes) return settle({ kind: 'too-large' });
      pieces.push(piece);
      stalled.refresh();
    };

    request.on('data', take);
    request.once('end', () => settle({ kind: 'complete', body: whole(pieces) }));
    // Comes after 'end' too, when the outcome is settled already.
    request.once('close', () => settle({ kind: 'aborted' }));
    request.once('error', () => settle({ kind: 'aborted' }));
  });
}

function whole(pieces: readonly Buffer[]): Buffer {
  const [first] = pieces;
  return pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces);
}
