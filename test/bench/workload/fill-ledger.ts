import pg from 'pg';
import { encodeEvent } from '#events/catalogue/event-codec.js';
import { instanceHistory } from './instance-history.js';

const INSTANCES_A_BLOCK = 1_000;
const EVENTS_A_TRANSACTION = 100_000;
const ANY_ID = '{instance id}';
const METADATA = JSON.stringify({
  requestId: '019a9e2c-5a70-7c3e-9d51-0a4b1f6e8d27',
  principal: 'meta-service',
  remoteAddress: '127.0.0.1',
  operation: 'create_instance',
});

/**
 * One statement makes the histories of block after block of a thousand instances: first all are created, then half of
 * them go overdue, and so on. Stream ids are random, versions and positions dense, as appends would leave them.
 */
const FILL = `
  with kinds as (
    select * from unnest($1::int[], $2::int[], $3::int[], $4::text[], $5::smallint[], $6::text[])
                  as k (version, first, instances, type, schema_version, template)
  ), block as (select max(first + instances) as events from kinds)
  insert into ledger.events (shard_id, position, stream, version, id, type, schema_version, time, data, metadata)
  select s.id, n, 'instance/' || i.id, k.version, gen_random_uuid(), k.type, k.schema_version, now(),
         replace(k.template, $7, i.id)::json, $8::json
    from ledger.shards s, block b, generate_series(s.head + 1, s.head + $9::int) n
    join kinds k on (n - 1) % (select events from block) >= k.first
                and (n - 1) % (select events from block) < k.first + k.instances
   cross join lateral (
     select left(md5(format('%s/%s/%s', $10::text, (n - 1) / b.events, (n - 1) % b.events - k.first)), 24)) i (id)
   where s.log = 'instances' and s.shard = 0
   order by n`;

function kindColumns(): unknown[] {
  const kinds = instanceHistory(ANY_ID).map(({ event, ofThousand }, index) => ({
    ...encodeEvent(event),
    version: index + 1,
    instances: (ofThousand * INSTANCES_A_BLOCK) / 1_000,
  }));
  const first = kinds.map((_, index) => kinds.slice(0, index).reduce((sum, { instances }) => sum + instances, 0));
  return [
    kinds.map(({ version }) => version),
    first,
    kinds.map(({ instances }) => instances),
    kinds.map(({ type }) => type),
    kinds.map(({ schemaVersion }) => schemaVersion),
    kinds.map(({ data }) => data),
  ];
}

/** Fills the instances log of an empty ledger of one shard with this many events. */
export async function fillLedger(connectionString: string, events: number): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (let filled = 0; filled < events; filled += EVENTS_A_TRANSACTION) {
      const count = Math.min(EVENTS_A_TRANSACTION, events - filled);
      await client.query('begin');
      await client.query(FILL, [...kindColumns(), ANY_ID, METADATA, count, connectionString]);
      await client.query(`update ledger.shards set head = head + $1, head_time = now() where log = 'instances' and shard = 0`, [count]);
      await client.query('commit');
    }
    // Now, and not by autovacuum in the middle of a round.
    await client.query('vacuum (freeze, analyze) ledger.events');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}
