import { connect, type Socket } from 'node:net';

const RECEIVE_BYTES = 64 * 1024;
const HEAD_END = '\r\n\r\n';
const OK = 'HTTP/1.1 200 ';

/**
 * One keep-alive connection that sends a request as the bytes it is given and looks at no more of the answer than its
 * status and its length: a general HTTP client would take from the server one of the machine's two cores.
 */
export class HttpConnection {
  #socket: Socket | undefined;
  #received = '';
  #answered: ((body: string) => void) | undefined;

  private constructor(private readonly onFailed: (error: Error) => void) {}

  /** `onFailed` hears of the first answer that is not 200, and of a connection that breaks. */
  static open(port: number, onFailed: (error: Error) => void): Promise<HttpConnection> {
    const connection = new HttpConnection(onFailed);
    return new Promise((resolve, reject) => {
      const socket = connect({
        host: '127.0.0.1',
        port,
        noDelay: true,
        // One buffer for the whole connection, and no stream machinery behind it.
        onread: {
          buffer: Buffer.allocUnsafe(RECEIVE_BYTES),
          callback: (bytes, buffer) => connection.#receive(Buffer.from(buffer.buffer, buffer.byteOffset, bytes)),
        },
      });
      connection.#socket = socket;
      socket.once('connect', () => resolve(connection));
      socket.once('error', reject);
      socket.on('error', onFailed);
      socket.on('close', () => {
        if (connection.#answered) onFailed(new Error('the server closed a connection that waits for an answer'));
      });
    });
  }

  get isIdle(): boolean {
    return this.#answered === undefined;
  }

  /** One request at a time: the next one after `answered` has been called with the body. */
  send(request: Buffer | string, answered: (body: string) => void): void {
    this.#answered = answered;
    this.#socket?.write(request);
  }

  close(): void {
    this.#answered = undefined;
    this.#socket?.destroy();
  }

  /** Latin-1 gives every byte one character, so lengths in bytes and in characters are the same. */
  #receive(chunk: Buffer): boolean {
    this.#received += chunk.toString('latin1');
    const headEnd = this.#received.indexOf(HEAD_END);
    if (headEnd < 0) return true;
    const bodyStart = headEnd + HEAD_END.length;
    const length = Number(/content-length: *(\d+)/i.exec(this.#received)?.[1]);
    if (this.#received.length < bodyStart + length) return true;
    const answer = this.#received;
    const answered = this.#answered;
    this.#received = '';
    this.#answered = undefined;
    if (answer.startsWith(OK)) answered?.(answer.slice(bodyStart));
    else this.onFailed(new Error(`the server answered ${answer}`));
    return true;
  }
}
