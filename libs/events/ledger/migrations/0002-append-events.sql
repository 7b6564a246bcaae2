-- Takes many appends of one shard in one call and settles each by itself: one bad append never fails its neighbours.
--
-- The row of the shard is locked first, so everything below sees the shard as it is and nobody moves it until the
-- transaction ends: positions come out dense, and a reader can never meet position p + 1 before p.
--
-- The arrays p_streams ... p_data_keys hold one entry an append, p_event_* one an event, p_claim_* one a claim;
-- p_event_append and p_claim_append are 1-based indexes into the appends. p_metadata and p_event_data are JSON texts
-- joined by U+001E, which no JSON text contains: cheaper to write and to read than arrays with their escapes. Within
-- one call the caller sends an idempotency key or a claim at most once; several appends of one stream follow on from
-- each other's expected version.
--
-- outcomes: one letter an append: a appended, c conflict, h held claim, r replayed.
-- head:     the shard's before this call; appended_at: the time of every event in it.
-- details:  per append that is not simply appended, what its answer needs.
create function ledger.append_events(
  p_shard          smallint,
  p_streams        text[],
  p_expected       bigint[],
  p_counts         integer[],
  p_metadata       text,
  p_keys           text[],
  p_hashes         text[],
  p_answers        text[],
  p_data_key_ids   text[],
  p_data_keys      bytea[],
  p_event_append   integer[],
  p_event_version  bigint[],
  p_event_id       uuid[],
  p_event_type     text[],
  p_event_schema   smallint[],
  p_event_data     text,
  p_claim_append   integer[],
  p_claim_take     boolean[],
  p_claim_kind     text[],
  p_claim_key      text[],
  p_claim_owner    text[],
  out outcomes     text,
  out head         bigint,
  out appended_at  timestamptz,
  out details      json
) language plpgsql
-- Plans for arrays of known length look cheaper and are made anew on every call, which costs 100 us a call.
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  v_outcomes text[];
  v_skipped  bigint[];
  v_metadata text[] := string_to_array(p_metadata, chr(30));
  v_log      text;
  v_number   integer;
  v_sent     bigint := cardinality(p_event_id);
  v_appended bigint;
begin
  -- Locks the row and moves the head as if every event were appended, which is nearly always so.
  update ledger.shards s
     set head = s.head + v_sent, head_time = greatest(date_trunc('milliseconds', clock_timestamp()), s.head_time)
   where s.id = p_shard
  returning s.head - v_sent, s.log, s.shard, s.head_time
    into strict append_events.head, v_log, v_number, append_events.appended_at;

  if cardinality(p_streams) = 1 then
    -- Nobody else rides along: the plain look-up below, without the 40 us that setting up the general one takes.
    select array[case when p_expected[1] = coalesce(max(e.version), 0) then 'a' else 'c' end]
      into v_outcomes
      from ledger.events e where e.shard_id = p_shard and e.stream = p_streams[1];
  else
    -- An append is sound when its stream stands where it expects, counting the appends of the stream before it in this
    -- call; one bad link makes the rest of such a chain conflicts by itself, because the stream then stays behind.
    select array_agg(case when a.expected - a.before = a.current then 'a' else 'c' end order by a.ord)
      into v_outcomes
      from (
        select u.ord, u.expected,
               coalesce((select e.version from ledger.events e
                          where e.shard_id = p_shard and e.stream = u.stream
                          order by e.version desc limit 1), 0) as current,
               coalesce(sum(u.n) over (partition by u.stream order by u.ord
                                       rows between unbounded preceding and 1 preceding), 0) as before
          from unnest(p_streams, p_expected, p_counts) with ordinality as u (stream, expected, n, ord)
      ) a;
  end if;

  if p_keys is not null then
    -- A key that is known wins over everything else: whatever became of the stream, the first answer stands.
    v_outcomes := ledger.settle_idempotency_keys(v_outcomes, p_keys, p_hashes, p_answers, append_events.appended_at);
  end if;

  if p_claim_append is not null then
    v_outcomes := ledger.settle_claims(v_outcomes, p_claim_append, p_claim_take, p_claim_kind, p_claim_key, p_claim_owner);
    if p_keys is not null then
      delete from ledger.idempotency_keys k
       using unnest(p_keys, v_outcomes) as u (key, outcome)
       where k.key = u.key and u.outcome = 'h';
    end if;
  end if;

  if 'c' = any (v_outcomes) or 'h' = any (v_outcomes) or 'r' = any (v_outcomes) then
    v_outcomes := ledger.break_chains(v_outcomes, p_streams);
    -- Events of appends that are left out, up to and including each append: what follows moves up by so many positions.
    select array_agg(o.skipped order by o.ord) into v_skipped
      from (select u.ord, sum(case when u.outcome = 'a' then 0 else u.n end) over (order by u.ord) as skipped
              from unnest(v_outcomes, p_counts) with ordinality as u (outcome, n, ord)) o;
    select json_agg(d.detail order by d.append) into details
      from ledger.append_details(p_shard, v_outcomes, p_streams, p_keys, p_event_append, p_event_version, p_event_id,
                                 p_claim_append, p_claim_take, p_claim_kind, p_claim_key, p_claim_owner) d;
  end if;

  insert into ledger.events (shard_id, position, stream, version, id, type, schema_version, time, data, metadata)
  select p_shard, append_events.head + e.ord - coalesce(v_skipped[e.append], 0), p_streams[e.append], e.version, e.id, e.type,
         e.schema_version, append_events.appended_at, e.data::json, v_metadata[e.append]::json
    from unnest(p_event_append, p_event_version, p_event_id, p_event_type, p_event_schema,
                string_to_array(p_event_data, chr(30)))
         with ordinality as e (append, version, id, type, schema_version, data, ord)
   where v_outcomes[e.append] = 'a';
  get diagnostics v_appended = row_count;

  if p_data_key_ids is not null then
    insert into ledger.data_keys (owner, key_id, wrapped)
    select u.stream, u.key_id, u.wrapped
      from unnest(p_streams, p_data_key_ids, p_data_keys, v_outcomes) as u (stream, key_id, wrapped, outcome)
     where u.outcome = 'a' and u.key_id is not null;
  end if;

  if v_appended < v_sent then
    update ledger.shards s set head = append_events.head + v_appended where s.id = p_shard;
  end if;
  if v_appended > 0 then
    perform pg_notify('lakeledger_events', v_log || '/' || v_number || '/' || append_events.head + v_appended);
  end if;
  outcomes := array_to_string(v_outcomes, '');
end $$;

-- Keeps the first answer of every sound append that brings a key; one whose key is known is replayed.
create function ledger.settle_idempotency_keys(
  p_outcomes text[], p_keys text[], p_hashes text[], p_answers text[], p_time timestamptz
) returns text[] language plpgsql as $$
declare
  v_known text[];
  v_new   text[];
begin
  select array_agg(k.key) into v_known
    from ledger.idempotency_keys k where k.key = any (p_keys);
  -- In key order, so that two shards that race for the same keys wait for each other in one direction only.
  with kept as (
    insert into ledger.idempotency_keys (key, request_hash, answer, created_at)
    select u.key, u.hash, u.answer::json, p_time
      from unnest(p_outcomes, p_keys, p_hashes, p_answers) as u (outcome, key, hash, answer)
     where u.outcome = 'a' and u.key is not null
     order by u.key
    on conflict do nothing
    returning key
  )
  select array_agg(key) into v_new from kept;
  return (
    select array_agg(case
             when u.key = any (v_known) then 'r'
             when u.outcome = 'a' and u.key is not null and not coalesce(u.key = any (v_new), false) then 'r'
             else u.outcome end order by u.ord)
      from unnest(p_outcomes, p_keys) with ordinality as u (outcome, key, ord)
  );
end $$;

-- Takes, then releases, the claims of every sound append; one that wants what another owner holds becomes h and
-- changes nothing.
create function ledger.settle_claims(
  p_outcomes text[], p_append integer[], p_take boolean[], p_kind text[], p_key text[], p_owner text[]
) returns text[] language plpgsql as $$
declare
  v_taken text[][];
  v_held  integer[];
begin
  with taken as (
    insert into ledger.claims (kind, key, owner)
    select u.kind, u.key, u.owner
      from unnest(p_append, p_take, p_kind, p_key, p_owner) as u (append, take, kind, key, owner)
     where u.take and p_outcomes[u.append] = 'a'
     order by u.kind, u.key
    on conflict do nothing
    returning kind, key
  )
  select array_agg(array[kind, key]) into v_taken from taken;

  -- A new statement, so it sees a claim that another transaction committed while the insert waited for it.
  select array_agg(distinct u.append) into v_held
    from unnest(p_append, p_take, p_kind, p_key, p_owner) as u (append, take, kind, key, owner)
    join ledger.claims c on c.kind = u.kind and c.key = u.key
   where u.take and p_outcomes[u.append] = 'a' and c.owner <> u.owner;

  if v_held is not null then
    delete from ledger.claims c
     using unnest(p_append, p_take, p_kind, p_key, p_owner) as u (append, take, kind, key, owner)
     where u.append = any (v_held) and u.take and c.kind = u.kind and c.key = u.key and c.owner = u.owner
       and exists (select from generate_subscripts(v_taken, 1) i
                    where v_taken[i][1] = c.kind and v_taken[i][2] = c.key);
    p_outcomes := array(select case when o.ord = any (v_held) then 'h' else o.outcome end
                          from unnest(p_outcomes) with ordinality as o (outcome, ord) order by o.ord);
  end if;

  delete from ledger.claims c
   using unnest(p_append, p_take, p_kind, p_key, p_owner) as u (append, take, kind, key, owner)
   where not u.take and p_outcomes[u.append] = 'a'
     and c.kind = u.kind and c.key = u.key and c.owner = u.owner;
  return p_outcomes;
end $$;

-- Appends of one stream in one call build on each other: after one that was not appended, the later ones conflict.
create function ledger.break_chains(p_outcomes text[], p_streams text[]) returns text[] language sql as $$
  select array_agg(case
           when o.outcome = 'a' and exists (
             select from unnest(p_outcomes, p_streams) with ordinality as earlier (outcome, stream, ord)
              where earlier.stream = o.stream and earlier.ord < o.ord and earlier.outcome <> 'a') then 'c'
           else o.outcome end order by o.ord)
    from unnest(p_outcomes, p_streams) with ordinality as o (outcome, stream, ord)
$$;

-- What the answers of the appends that were not appended need: where the stream stands and whether its next event is
-- the very one that was sent (an append sent again after a lost answer), the first answer, or who holds the claims.
create function ledger.append_details(
  p_shard smallint, p_outcomes text[], p_streams text[], p_keys text[],
  p_event_append integer[], p_event_version bigint[], p_event_id uuid[],
  p_claim_append integer[], p_claim_take boolean[], p_claim_kind text[], p_claim_key text[], p_claim_owner text[]
) returns table (append integer, detail json) language sql stable as $$
  select o.ord::integer, case o.outcome
    when 'c' then json_build_object(
      'append', o.ord,
      'version', coalesce((select max(e.version) from ledger.events e
                            where e.shard_id = p_shard and e.stream = p_streams[o.ord]), 0),
      'position', (select max(e.position)
                     from unnest(p_event_append, p_event_version, p_event_id) as sent (append, version, id)
                     join ledger.events e on e.shard_id = p_shard and e.stream = p_streams[o.ord]
                                         and e.version = sent.version and e.id = sent.id
                    where sent.append = o.ord))
    when 'r' then (select json_build_object('append', o.ord, 'requestHash', k.request_hash, 'answer', k.answer::text)
                     from ledger.idempotency_keys k where k.key = p_keys[o.ord])
    when 'h' then json_build_object('append', o.ord, 'held', (
      select json_agg(json_build_object('kind', c.kind, 'key', c.key, 'owner', c.owner))
        from unnest(p_claim_append, p_claim_take, p_claim_kind, p_claim_key, p_claim_owner)
             as u (append, take, kind, key, owner)
        join ledger.claims c on c.kind = u.kind and c.key = u.key and c.owner <> u.owner
       where u.append = o.ord and u.take))
    end
    from unnest(p_outcomes) with ordinality as o (outcome, ord)
   where o.outcome <> 'a'
$$;
