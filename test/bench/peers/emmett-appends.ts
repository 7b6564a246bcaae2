import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import type { Bench } from '../bench.js';
import { RandomIds } from '../load/random-ids.js';
import { createdInstance } from '../workload/created-instance.js';

/** Emmett's event store, with as many connections as there are appends at a time. */
export async function emmettAppender(bench: Bench, connections: number): Promise<() => Promise<void>> {
  const connectionString = await bench.postgres.createDatabase(bench.cleanup);
  const pool = new pg.Pool({ connectionString, max: connections });
  const store = getPostgreSQLEventStore(connectionString, { connectionOptions: { pool } });
  // The database may be dropped before the last of the ended connections has closed.
  pool.on('error', () => undefined);
  bench.cleanup.add(() => pool.end());
  await store.schema.migrate();
  const ids = new RandomIds();
  return async () => {
    const id = ids.next();
    const { createdNewStream } = await store.appendToStream(`instance-${id}`, [createdInstance(id)]);
    if (!createdNewStream) throw new Error('an append to a new stream found it there');
  };
}
