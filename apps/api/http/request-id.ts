import type { IncomingMessage } from 'node:http';
import { uuidV7 } from '#events/uuid-v7.js';

const SANE = /^[\w.:@/+=-]{1,128}$/;

/** The client's own `X-Request-Id` if it can go into logs and event metadata as it is, else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SANE.test(given) ? given : uuidV7();
}
