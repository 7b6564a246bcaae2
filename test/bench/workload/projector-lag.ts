import pg from 'pg';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 5;

export interface ProjectorLag {
  /** Events that the read models did not show yet at the call. */
  readonly events: number;
  /** How long it took until they did. */
  readonly seconds: number;
}

/** Waits until the read models show every event. */
export async function projectorLag(connectionString: string): Promise<ProjectorLag> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const behind = async (): Promise<number> => {
    const { rows } = await client.query<{ behind: number }>(
      `select (s.head - c.position)::float8 as behind
         from ledger.shards s join projection.checkpoints c on c.shard = s.shard
        where s.log = 'instances' and c.projection like 'instances%'`,
    );
    const [row] = rows;
    if (!row) throw new Error('no projector has a checkpoint yet');
    return row.behind;
  };
  try {
    const startedAt = performance.now();
    const events = await behind();
    for (let left = events; left > 0; left = await behind()) await delay(POLL_MS);
    return { events, seconds: (performance.now() - startedAt) / 1_000 };
  } finally {
    await client.end();
  }
}
