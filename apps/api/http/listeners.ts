import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { HttpLimits } from './http-limits.js';
import { refuseMalformed } from './refuse-malformed.js';

/**
 * How long a client that was answered before its body had ended may go on sending it (ms). Closing at once would reset
 * the connection, and the client could lose the answer; without an end, it could make us read for ever.
 */
const LINGER_MS = 1_000;

/** The ports that one request handler is reached through, and the requests that are on their way through them. */
export class Listeners {
  private readonly servers: Server[] = [];
  /** Per connection, since the response of a pipelined request emits nothing when its connection breaks. */
  private readonly inFlight = new Map<Socket, Set<ServerResponse>>();
  private draining = false;
  private onIdle: () => void = () => {};

  constructor(
    private readonly handle: RequestListener,
    private readonly limits: HttpLimits,
  ) {}

  /** Port 0 picks a free one. Resolves to the URL, e.g. `http://127.0.0.1:8080`. */
  async listen(port: number, host: string): Promise<string> {
    const server = this.createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    this.servers.push(server);
    const { port: bound } = server.address() as AddressInfo;
    return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
  }

  /** Takes no more connections, lets the requests in flight finish within `drainMs`, then closes every connection. */
  async drain(): Promise<void> {
    this.draining = true;
    const closed = this.servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    for (const responses of this.inFlight.values()) responses.forEach(announceClose);
    await this.idle();
    for (const socket of this.inFlight.keys()) socket.destroy();
    await Promise.all(closed);
  }

  private createServer(): Server {
    const { headerBytes, headersMs, keepAliveMs } = this.limits;
    const server = createServer({
      maxHeaderSize: headerBytes,
      headersTimeout: headersMs,
      // Bodies are bounded by size and by inactivity (`read-body.ts`), not by the time of the whole request.
      requestTimeout: 0,
      // Node looks for late headers only this often, by default every 30 s.
      connectionsCheckingInterval: Math.min(1_000, Math.ceil(headersMs / 4)),
      keepAliveTimeout: keepAliveMs,
    });
    server.on('connection', (socket) => this.admit(socket));
    server.on('request', (request, response) => this.take(request, response));
    server.on('clientError', refuseMalformed);
    return server;
  }

  private admit(socket: Socket): void {
    this.inFlight.set(socket, new Set());
    socket.once('close', () => {
      this.inFlight.delete(socket);
      this.noticeIdle();
    });
  }

  private take(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const responses = this.inFlight.get(socket);
    responses?.add(response);
    if (this.draining) announceClose(response);
    response.once('close', () => {
      responses?.delete(response);
      this.noticeIdle();
      if (!request.complete) setTimeout(() => request.complete || socket.destroy(), LINGER_MS).unref();
    });
    this.handle(request, response);
  }

  private idle(): Promise<void> {
    return new Promise((resolve) => {
      const overdue = setTimeout(resolve, this.limits.drainMs);
      this.onIdle = () => {
        clearTimeout(overdue);
        resolve();
      };
      this.noticeIdle();
    });
  }

  private noticeIdle(): void {
    if (!this.draining) return;
    for (const responses of this.inFlight.values()) if (responses.size > 0) return;
    this.onIdle();
  }
}

function announceClose(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close');
}
