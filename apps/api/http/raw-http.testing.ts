import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** One connection of a client that decides about every byte it sends, and when. */
export class RawConnection {
  private received = Buffer.alloc(0);
  private wake: () => void = () => {};
  /** Resolves when the server has closed the connection. */
  readonly closed: Promise<void>;

  private constructor(private readonly socket: Socket) {
    this.closed = once(socket, 'close').then(() => undefined);
    socket.on('data', (piece) => {
      this.received = Buffer.concat([this.received, piece]);
      this.wake();
    });
    // A reset is a way of closing; what it cut off shows as a missing response.
    socket.on('error', () => {});
    socket.on('close', () => this.wake());
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  send(bytes: string | Buffer): void {
    this.socket.write(bytes);
  }

  close(): void {
    this.socket.destroy();
  }

  /** The next response, in the order of the requests. */
  async response(): Promise<RawResponse> {
    for (;;) {
      const response = this.takeResponse();
      if (response !== undefined) return response;
      if (this.socket.destroyed) throw new Error('the connection was closed without a response');
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  private takeResponse(): RawResponse | undefined {
    const end = this.received.indexOf('\r\n\r\n');
    if (end === -1) return undefined;
    const [statusLine = '', ...lines] = this.received.subarray(0, end).toString('latin1').split('\r\n');
    const headers = new Map(lines.map((line) => splitHeader(line)));
    const bodyEnd = end + 4 + Number(headers.get('content-length') ?? 0);
    if (this.received.length < bodyEnd) return undefined;
    const body = this.received.subarray(end + 4, bodyEnd).toString();
    this.received = this.received.subarray(bodyEnd);
    return { status: Number(statusLine.split(' ')[1]), headers, body };
  }
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

/** Sends one request as it is written, and waits for the response. */
export async function exchange(url: string, request: string | Buffer): Promise<RawResponse> {
  const connection = await RawConnection.open(url);
  connection.send(request);
  try {
    return await connection.response();
  } finally {
    connection.close();
  }
}

/** A request with a body of known length, and no header that it does not need. */
export function rawRequest(method: string, target: string, body = '', headers: Readonly<Record<string, string>> = {}): string {
  const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const lines = Object.entries({ host: 'test', ...length, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return `${[`${method} ${target} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n${body}`;
}
