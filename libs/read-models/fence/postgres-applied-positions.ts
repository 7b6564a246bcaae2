import type { ShardRef } from '#events/ledger/ledger.js';
import { NotificationListener } from '#events/notifications/notification-listener.js';
import { APPLIED_CHANNEL, decodeNotice } from '../checkpoints/applied-channel.js';
import { ANY_POSITION, type AppliedPositions } from './applied-positions.js';

export interface PostgresAppliedPositionsOptions {
  readonly connectionString: string;
  readonly projection: string;
  readonly onConnectionLost?: (error: unknown) => void;
}

/**
 * Hears of another process's projector by LISTEN. While the connection is away nobody is woken, and reads that wait fold
 * instead; once it is back, whoever waits looks again.
 */
export class PostgresAppliedPositions implements AppliedPositions {
  readonly #listeners = new Map<number, Set<(position: number) => void>>();
  readonly #listener: NotificationListener;

  constructor(private readonly options: PostgresAppliedPositionsOptions) {
    this.#listener = new NotificationListener({
      connectionString: options.connectionString,
      channel: APPLIED_CHANNEL,
      applicationName: 'lakeledger fence',
      onPayload: (payload) => this.#hear(payload),
      onListening: () => {
        for (const shard of this.#listeners.keys()) this.#announce(shard, ANY_POSITION);
      },
      ...(options.onConnectionLost && { onLost: options.onConnectionLost }),
    });
  }

  onApplied({ shard }: ShardRef, wake: (position: number) => void): () => void {
    const listeners = this.#listeners.get(shard) ?? new Set();
    this.#listeners.set(shard, listeners.add(wake));
    return () => listeners.delete(wake);
  }

  start(): Promise<void> {
    return this.#listener.start();
  }

  close(): Promise<void> {
    return this.#listener.close();
  }

  #hear(payload: string): void {
    const { projection, shard, position } = decodeNotice(payload);
    if (projection === this.options.projection) this.#announce(shard, position);
  }

  #announce(shard: number, position: number): void {
    for (const wake of this.#listeners.get(shard) ?? []) wake(position);
  }
}
