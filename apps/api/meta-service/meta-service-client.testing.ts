import { TOKEN } from '../api.testing.js';

export interface Reply {
  readonly status: number;
  /** As it came, byte for byte. */
  readonly text: string;
  readonly code: string;
  readonly msg: string;
  readonly result: unknown;
}

/** Calls the Meta Service as a client does; `token` is that of `startTestApi` unless given. */
export class MetaServiceClient {
  constructor(
    private readonly url: string,
    private readonly token: string = TOKEN,
  ) {}

  /** A call whose input is its body: a text is sent as it is, anything else as JSON. */
  call(op: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return this.send(op, {}, { method: 'PUT', body: text, headers });
  }

  /** A call whose input is its query string. */
  ask(op: string, parameters: Readonly<Record<string, string>>): Promise<Reply> {
    return this.send(op, parameters, { method: 'GET' });
  }

  private async send(op: string, parameters: Readonly<Record<string, string>>, init: RequestInit): Promise<Reply> {
    const query = Object.entries({ ...parameters, token: this.token }).map(
      ([name, value]) => `${name}=${encodeURIComponent(value)}`,
    );
    const response = await fetch(`${this.url}/MetaService/http/${op}?${query.join('&')}`, init);
    const text = await response.text();
    const { code, msg, result } = JSON.parse(text) as Omit<Reply, 'status' | 'text'>;
    return { status: response.status, text, code, msg, result };
  }
}
