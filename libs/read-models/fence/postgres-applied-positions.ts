import pg from 'pg';
import type { ShardRef } from '#events/ledger/ledger.js';
import { APPLIED_CHANNEL, decodeNotice } from '../checkpoints/applied-channel.js';
import { ANY_POSITION, type AppliedPositions } from './applied-positions.js';

const RECONNECT_MS = 100;

export interface PostgresAppliedPositionsOptions {
  readonly connectionString: string;
  readonly projection: string;
  readonly onConnectionLost?: (error: unknown) => void;
}

/**
 * Hears of another process's projector by LISTEN, on a connection of its own that is made again when it breaks. While
 * it is away nobody is woken, and reads that wait fold instead; once it is back, whoever waits looks again.
 */
export class PostgresAppliedPositions implements AppliedPositions {
  readonly #listeners = new Map<number, Set<(position: number) => void>>();
  #client: pg.Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(private readonly options: PostgresAppliedPositionsOptions) {}

  onApplied({ shard }: ShardRef, wake: (position: number) => void): () => void {
    const listeners = this.#listeners.get(shard) ?? new Set();
    this.#listeners.set(shard, listeners.add(wake));
    return () => listeners.delete(wake);
  }

  /** Resolves once it listens, or has failed to and tries again. */
  async start(): Promise<void> {
    const { connectionString } = this.options;
    const client = new pg.Client({ connectionString, keepAlive: true, application_name: 'lakeledger fence' });
    client.on('notification', ({ payload = '' }) => this.#hear(payload));
    client.on('error', (error) => this.#lost(client, error));
    client.on('end', () => this.#lost(client, new Error('the listening connection ended')));
    this.#client = client;
    try {
      await client.connect();
      await client.query(`listen ${APPLIED_CHANNEL}`);
      for (const shard of this.#listeners.keys()) this.#announce(shard, ANY_POSITION);
    } catch (error) {
      this.#lost(client, error);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    await this.#client?.end();
  }

  #hear(payload: string): void {
    const { projection, shard, position } = decodeNotice(payload);
    if (projection === this.options.projection) this.#announce(shard, position);
  }

  #announce(shard: number, position: number): void {
    for (const wake of this.#listeners.get(shard) ?? []) wake(position);
  }

  #lost(client: pg.Client, error: unknown): void {
    if (this.#closed || client !== this.#client) return;
    this.#client = undefined;
    this.options.onConnectionLost?.(error);
    client.end().catch(() => undefined);
    this.#retry = setTimeout(() => void this.start(), RECONNECT_MS);
  }
}
