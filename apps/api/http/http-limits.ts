/** What one client may cost (times in ms, sizes in bytes). */
export interface HttpLimits {
  readonly bodyBytes: number;
  readonly headerBytes: number;
  /** From the first byte of a request (or the opening of its connection) to the end of its headers. */
  readonly headersMs: number;
  /** Between two pieces of a body. */
  readonly bodyInactivityMs: number;
  /** A connection without a request. */
  readonly keepAliveMs: number;
  /** How long a closing server waits for requests in flight. */
  readonly drainMs: number;
}

export const defaultHttpLimits: HttpLimits = {
  bodyBytes: 8 * 1024 * 1024,
  headerBytes: 16 * 1024,
  headersMs: 10_000,
  bodyInactivityMs: 30_000,
  keepAliveMs: 75_000,
  drainMs: 10_000,
};
