import type pg from 'pg';
import type { LogName, ShardRef, StreamRef } from './ledger.js';

/** FNV-1a, 32 bits. Part of the stored format: another hash would look for streams in the wrong shard. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

/** Which shards there are, and where a stream lives; fixed when the ledger is created. */
export class ShardMap {
  readonly #ids = new Map<string, number>();
  readonly #shards = new Map<LogName, ShardRef[]>();

  private constructor(rows: readonly { id: number; log: LogName; shard: number }[]) {
    for (const { id, log, shard } of rows) {
      this.#ids.set(`${log}/${shard}`, id);
      this.#shards.set(log, [...this.shards(log), { log, shard }]);
    }
  }

  static async read(pool: pg.Pool): Promise<ShardMap> {
    const { rows } = await pool.query<{ id: number; log: LogName; shard: number }>(
      'select id, log, shard from ledger.shards order by log, shard',
    );
    return new ShardMap(rows);
  }

  get size(): number {
    return this.#ids.size;
  }

  shards(log: LogName): readonly ShardRef[] {
    return this.#shards.get(log) ?? [];
  }

  shardOf({ log, name }: StreamRef): ShardRef {
    const shards = this.shards(log);
    const shard = shards.length === 1 ? shards[0] : shards[hash(name) % shards.length];
    if (!shard) throw new Error(`the ledger has no shard for the log "${log}"`);
    return shard;
  }

  /** The number under which ledger.events keeps the shard. */
  idOf({ log, shard }: ShardRef): number {
    const id = this.#ids.get(`${log}/${shard}`);
    if (id === undefined) throw new Error(`the ledger has no shard ${log}/${shard}`);
    return id;
  }
}
