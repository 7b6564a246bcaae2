import { timingSafeEqual } from 'node:crypto';
import type { onRequestHookHandler } from 'fastify';
import type { QueryParameters } from '../http/query-string.js';
import { META_SERVICE_ROUTE } from './operation-path.js';

/** Refuses a call without the token before its op is looked at or a byte of its body is read (contract, section 1.2). */
export function tokenCheck(token: string): onRequestHookHandler {
  const expected = Buffer.from(token);
  return function checkToken(request, reply, done) {
    if (request.routeOptions.url !== META_SERVICE_ROUTE) return done();
    const { token: given = '' } = request.query as QueryParameters;
    if (isSame(expected, given)) return done();
    reply
      .code(403)
      .header('content-type', 'text/plain; charset=utf-8')
      .send(`incorrect token, token=${given === '' ? '(not given)' : given}\n`);
  };
}

/** Takes the same time for every wrong token of the right length. */
function isSame(expected: Buffer, given: string): boolean {
  const candidate = Buffer.from(given);
  return candidate.length === expected.length && timingSafeEqual(candidate, expected);
}
