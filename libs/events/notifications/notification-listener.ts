import pg from 'pg';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 2_000;

export interface NotificationListenerOptions {
  readonly connectionString: string;
  readonly channel: string;
  /** Names the connection in pg_stat_activity. */
  readonly applicationName: string;
  onPayload(payload: string): void;
  /** The connection stands, perhaps again: whatever was said before has been missed. */
  onListening(): void;
  onLost?(error: unknown): void;
}

/** LISTEN on a connection of its own, which is made again when it breaks. */
export class NotificationListener {
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;
  #retryAfterMs = FIRST_RETRY_MS;

  constructor(private readonly options: NotificationListenerOptions) {}

  /** Resolves once it listens, or has failed to and tries again. */
  async start(): Promise<void> {
    const { connectionString, channel, applicationName } = this.options;
    const client = new pg.Client({ connectionString, keepAlive: true, application_name: applicationName });
    client.on('notification', ({ payload = '' }) => this.options.onPayload(payload));
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, new Error('the listening connection ended')));
    this.#client = client;
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      this.#retryAfterMs = FIRST_RETRY_MS;
      this.options.onListening();
    } catch (error) {
      this.#lost(client, error);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#client?.end();
  }

  #lost(client: pg.Client, error: unknown): void {
    if (this.#closed || client !== this.#client) return;
    this.#client = undefined;
    this.options.onLost?.(error);
    // It is lost already; that it cannot be ended properly says nothing new.
    client.end().catch(() => undefined);
    this.#retry = setTimeout(() => void this.start(), this.#retryAfterMs);
    this.#retryAfterMs = Math.min(LAST_RETRY_MS, this.#retryAfterMs * 2);
  }
}
