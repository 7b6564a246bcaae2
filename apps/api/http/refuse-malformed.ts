import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { writeEnvelope } from '../meta-service/wire/envelope.js';

/** Answers a request whose headers could not be read, so that no route, and no contract of its own, is known for it. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, text } = refusals.get(error.code) ?? malformed;
  const body = Buffer.from(writeEnvelope('INVALID_ARGUMENT', text));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${body.length}`,
    'connection: close',
  ];
  socket.end(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]), () => socket.destroy());
}

/** By the code of Node's error. */
const refusals: ReadonlyMap<string | undefined, { readonly status: number; readonly text: string }> = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, text: 'request headers did not arrive in time' }],
  ['HPE_HEADER_OVERFLOW', { status: 431, text: 'request headers are too large' }],
]);
const malformed = { status: 400, text: 'malformed HTTP request' };
