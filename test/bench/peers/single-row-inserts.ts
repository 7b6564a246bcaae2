import type { Bench } from '../bench.js';
import { query } from '../servers/postgres-server.js';
import type { RowTexts, SingleRowInserts } from './inserts.js';
import { Pgbench } from './pgbench.js';
import { PreparedInserts } from './prepared-inserts.js';

/** In the ledger's own database, with the very row that its last append stored. */
export async function openSingleRowInserts(connectionString: string, { cleanup }: Bench): Promise<SingleRowInserts> {
  await query(
    connectionString,
    `create schema peer;
     create table peer.events (like ledger.events including indexes);
     create sequence peer.positions;`,
  );
  const { rows } = await query<RowTexts>(
    connectionString,
    'select data::text, metadata::text from ledger.events order by shard_id desc, position desc limit 1',
  );
  const [row] = rows;
  if (!row) throw new Error('the ledger is empty: there is no row to insert again');
  return (await Pgbench.isInstalled())
    ? Pgbench.prepare(connectionString, row, cleanup)
    : new PreparedInserts(connectionString, row);
}
