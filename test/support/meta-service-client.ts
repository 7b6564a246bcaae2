import { exchange, rawRequest, type RawResponse } from '#api/http/raw-http.testing.js';

const TOKEN = 'greedisgood9999';

/** One call of the Meta Service, down to what clients differ in (contract meta-service, sections 1 and 14). */
export interface MetaServiceCall {
  /** With `v1/` where that is the point. */
  readonly op: string;
  /** Default PUT. */
  readonly method?: string;
  readonly query?: Readonly<Record<string, string>>;
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: string | object;
  /** None but these, `Host` and `Content-Length`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Default the server's own; `''` leaves the parameter out. */
  readonly token?: string;
}

/** A call whose input is its body. */
export const call = (op: string, body: string | object, more: Partial<MetaServiceCall> = {}): MetaServiceCall => ({
  op,
  body,
  ...more,
});

/** A call whose input is its query string. */
export const ask = (
  op: string,
  query: Readonly<Record<string, string>>,
  more: Partial<MetaServiceCall> = {},
): MetaServiceCall => ({ op, method: 'GET', query, ...more });

/** Sends it on a connection of its own and takes the reply as it comes. */
export function send(url: string, call: MetaServiceCall): Promise<RawResponse> {
  const { op, method = 'PUT', query = {}, body = '', headers, token = TOKEN } = call;
  const parameters = new URLSearchParams({ ...query, ...(token === '' ? {} : { token }) });
  // `+` would stay a plus sign: query strings are percent-decoded and nothing else (section 1.1).
  const target = `/MetaService/http/${op}?${parameters.toString().replaceAll('+', '%20')}`;
  return exchange(url, rawRequest(method, target, typeof body === 'string' ? body : JSON.stringify(body), headers));
}
