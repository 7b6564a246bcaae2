import pg from 'pg';
import { LOGS, type LogName } from './ledger.js';
import type { ShardSignals } from './shard-signals.js';

const RECONNECT_MS = 250;
const isLog = (text: string | undefined): text is LogName => LOGS.some((log) => log === text);

/**
 * Turns NOTIFY of append_events into wake-ups, on a connection of its own that is made again when it breaks. After a
 * time without it every shard may have grown, so all readers are woken.
 */
export class LedgerListener {
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    private readonly connectionString: string,
    private readonly signals: ShardSignals,
    private readonly onLost: (error: unknown) => void,
  ) {}

  async start(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.connectionString,
      keepAlive: true,
      application_name: 'lakeledger listen',
    });
    client.on('notification', ({ payload }) => this.#hear(payload));
    client.once('error', (error) => this.#lost(client, error));
    client.once('end', () => this.#lost(client, new Error('the listening connection ended')));
    this.#client = client;
    try {
      await client.connect();
      await client.query('listen lakeledger_events');
      this.signals.anyMayHaveAdvanced();
    } catch (error) {
      this.#lost(client, error);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#client?.end();
  }

  #hear(payload = ''): void {
    const [log, shard] = payload.split('/');
    if (isLog(log)) this.signals.advanced({ log, shard: Number(shard) });
  }

  #lost(client: pg.Client, error: unknown): void {
    if (this.#closed || client !== this.#client) return;
    this.#client = undefined;
    this.onLost(error);
    client.on('error', () => undefined);
    client.end().catch(() => undefined);
    this.#retry = setTimeout(() => void this.start(), RECONNECT_MS);
  }
}
