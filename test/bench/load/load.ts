/** What a load process does; all of them create instances with random ids. */
export type Load =
  /** Each connection sends its next request when the last one is answered. Ends after `seconds`, or after `requests`. */
  | { readonly kind: 'closed-loop'; readonly port: number; readonly connections: number; readonly until: LoadEnd }
  /** Requests are due at fixed times, whether or not the ones before are answered. */
  | { readonly kind: 'paced'; readonly port: number; readonly connections: number; readonly perSecond: number; readonly seconds: number }
  /** Each connection creates an instance and, once that is acknowledged, gets it. Only the get is timed. */
  | { readonly kind: 'create-then-get'; readonly port: number; readonly connections: number; readonly seconds: number };

export type LoadEnd = { readonly seconds: number } | { readonly requests: number };

export interface LoadReport {
  /** Those that were timed. */
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** Of the load process itself, per second of its run: how much of a core it took from the server. */
  readonly cores: number;
}
