-- The ledger: append-only events in shards with dense positions, and what an append settles in the same transaction.

create table ledger.shards (
  id        smallint primary key generated always as identity,
  log       text not null,
  shard     integer not null check (shard >= 0),
  head      bigint not null default 0,
  head_time timestamptz not null default '-infinity',
  unique (log, shard)
);
comment on table ledger.shards is
  'One row a shard: its last position. The row is locked by every append, which makes positions dense.';

create table ledger.events (
  shard_id       smallint not null,
  position       bigint not null,
  stream         text collate "C" not null,
  version        bigint not null,
  id             uuid not null,
  type           text not null,
  schema_version smallint not null,
  time           timestamptz not null,
  -- json, not jsonb: read back byte for byte, which seals and the Kafka partition are compared with.
  data           json not null,
  metadata       json not null,
  primary key (shard_id, position),
  constraint events_stream_version unique (shard_id, stream, version)
);

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only: % of % is refused', lower(tg_op), tg_table_name
    using errcode = 'insufficient_privilege';
end $$;

create trigger events_append_only before update or delete or truncate on ledger.events
  for each statement execute function ledger.refuse_change();

create table ledger.claims (
  kind  text collate "C" not null,
  key   text collate "C" not null,
  owner text collate "C" not null,
  primary key (kind, key)
);
create index claims_owner on ledger.claims (owner);

create table ledger.idempotency_keys (
  key          text collate "C" primary key,
  request_hash text not null,
  answer       json not null,
  created_at   timestamptz not null
);
create index idempotency_keys_created_at on ledger.idempotency_keys (created_at);

create table ledger.data_keys (
  owner      text collate "C" not null,
  key_id     text collate "C" not null,
  wrapped    bytea not null,
  created_at timestamptz not null default now(),
  -- The only index, since every create pays for each: keys are looked up and deleted by their owner.
  primary key (owner, key_id)
);

create table ledger.snapshots (
  stream        text collate "C" primary key,
  version       bigint not null,
  state_version integer not null,
  state         json not null
);
comment on table ledger.snapshots is 'Disposable: states folded so far, to shorten the next load.';

create table ledger.settings (
  name  text collate "C" primary key,
  value text not null
);
