import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anAppend, openTestLedger, type TestLedger } from '#test/support/ledger.js';
import { runProcess } from '#test/support/processes/run-process.js';
import type { RecordedEvent, ShardRef } from './ledger.js';
import { PostgresLedger } from './postgres-ledger.js';

const INSTANCES: ShardRef = { log: 'instances', shard: 0 };
const range = (length: number): number[] => Array.from({ length }, (_, n) => n);

async function readWholeShard(ledger: PostgresLedger): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const more = await ledger.readShard(INSTANCES, events.length, 500);
    if (more.length === 0) return events;
    events.push(...more);
  }
}

function expectDense(events: readonly RecordedEvent[]): void {
  expect(events.map(({ position }) => position)).toEqual(range(events.length).map((n) => n + 1));
  const versions = new Map<string, number>();
  for (const { stream, version } of events) {
    expect(version).toBe((versions.get(stream) ?? 0) + 1);
    versions.set(stream, version);
  }
}

describe('the ledger on PostgreSQL', () => {
  let opened: TestLedger;
  let ledger: PostgresLedger;
  beforeAll(async () => {
    opened = await openTestLedger();
    ledger = opened.ledger;
  });
  afterAll(() => opened.close());

  it('reads a stream back byte for byte, in order, from a version on', async () => {
    const append = anAppend('instance/bytes', 0, 3, {
      metadata: { requestId: 'r-1', principal: 'p', remoteAddress: '::1', operation: 'create_instance' },
    });
    const data = '{ "spaced" : 1,\t"text":"\\u0000 ☃ \\" \\\\", "big": 12345678901234567890 }';
    append.events.forEach((event) => Object.assign(event, { data }));
    const before = Date.now();
    expect(await ledger.append(append)).toMatchObject({ kind: 'appended', version: 3 });

    const events = await ledger.readStream(append.stream, 1);
    expect(events.map(({ version }) => version)).toEqual([2, 3]);
    expect(events[0]).toMatchObject({
      log: 'instances', shard: 0, stream: 'instance/bytes', id: append.events[1]?.id, type: 'Tested',
      schemaVersion: 1, data, metadata: append.metadata,
    });
    expect(events[0]?.time.getTime()).toBeGreaterThanOrEqual(before - 1);
    expect(await ledger.streamHead(append.stream)).toMatchObject({ version: 3, position: events[1]?.position });
  });

  it('answers a conflict with where the stream stands, and stores nothing', async () => {
    await ledger.append(anAppend('instance/conflict', 0, 2));
    const head = await ledger.shardHead(INSTANCES);
    expect(await ledger.append(anAppend('instance/conflict', 0))).toEqual({ kind: 'conflict', version: 2 });
    expect(await ledger.append(anAppend('instance/conflict', 5))).toEqual({ kind: 'conflict', version: 2 });
    expect(await ledger.append(anAppend('instance/nobody', 1))).toEqual({ kind: 'conflict', version: 0 });
    expect(await ledger.shardHead(INSTANCES)).toBe(head);
  });

  it('settles a batch append by append: a bad one does not fail its neighbours', async () => {
    await ledger.append(anAppend('instance/taken', 0));
    const outcomes = await Promise.all([
      ledger.append(anAppend('instance/good-1', 0)),
      ledger.append(anAppend('instance/taken', 0)),
      ledger.append(anAppend('instance/good-2', 0, 2)),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['appended', 'conflict', 'appended']);
    const positions = outcomes.map((outcome) => (outcome.kind === 'appended' ? outcome.position : 0));
    expect((positions[2] ?? 0) - (positions[0] ?? 0)).toBe(2);
    expect((await ledger.readStream({ log: 'instances', name: 'instance/good-2' }, 0)).at(-1)?.position).toBe(positions[2]);
  });

  it('fails only the append that PostgreSQL cannot store', async () => {
    const outcomes = await Promise.allSettled([
      ledger.append(anAppend('instance/before-nul', 0)),
      ledger.append(anAppend('instance/with-\0-nul', 0)),
      ledger.append(anAppend('instance/after-nul', 0)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('takes several appends of one stream in one batch as a chain, and breaks it at the first that fails', async () => {
    const chain = await Promise.all([0, 1, 2].map((n) => ledger.append(anAppend('instance/chain', n))));
    expect(chain.map((outcome) => outcome.kind === 'appended' && outcome.version)).toEqual([1, 2, 3]);
    const broken = await Promise.all([3, 7, 4].map((n) => ledger.append(anAppend('instance/chain', n))));
    expect(broken.map(({ kind }) => kind)).toEqual(['appended', 'conflict', 'conflict']);
    expect(await ledger.streamHead({ log: 'instances', name: 'instance/chain' })).toMatchObject({ version: 4 });
  });

  it('recognises an append that is sent again after a lost answer', async () => {
    const append = anAppend('instance/again', 0, 2);
    const first = await ledger.append(append);
    expect(await ledger.append(append)).toEqual(first);
    await ledger.append(anAppend('instance/again', 2));
    expect(await ledger.append(append)).toEqual(first);
    expect(await ledger.streamHead(append.stream)).toMatchObject({ version: 3 });
  });

  it('keeps the first answer to an idempotency key raced 100 times: one append, 100 equal answers', async () => {
    const other = await PostgresLedger.open({ connectionString: opened.connectionString });
    const outcomes = await Promise.all(
      range(100).map((n) =>
        (n % 2 ? ledger : other).append(
          anAppend(`instance/idempotent-${n}`, 0, 1, {
            idempotency: { key: 'k-100', requestHash: 'h', answer: JSON.stringify({ winner: n }) },
          }),
        ),
      ),
    );
    await other.close();
    const winners = outcomes.flatMap((outcome, n) => (outcome.kind === 'appended' ? [n] : []));
    expect(winners).toHaveLength(1);
    const replayed = outcomes.filter((outcome) => outcome.kind === 'replayed');
    expect(replayed).toHaveLength(99);
    expect(new Set(replayed.map(({ answer }) => answer))).toEqual(new Set([JSON.stringify({ winner: winners[0] })]));
    expect(await ledger.findAnswer('k-100')).toEqual({ requestHash: 'h', answer: JSON.stringify({ winner: winners[0] }) });
  });

  it('keeps an answer without events, and forgets answers past their time only', async () => {
    const idempotency = { key: 'k-empty', requestHash: 'h', answer: '{"kind":"rejected"}' };
    expect(await ledger.append(anAppend('instance/none', 0, 0, { idempotency }))).toEqual({
      kind: 'appended', shard: 0, position: 0, version: 0,
    });
    expect(await ledger.append(anAppend('instance/none', 0, 1, { idempotency }))).toMatchObject({ kind: 'replayed' });
    expect(await ledger.purgeAnswers(60_000)).toBe(0);
    expect(await ledger.purgeAnswers(-1_000)).toBeGreaterThan(0);
    expect(await ledger.findAnswer('k-empty')).toBeUndefined();
  });

  it('gives a claim to one owner, takes nothing else of the append that lost it, and gives it on once released', async () => {
    const claim = (action: 'take' | 'release', key: string, owner: string) =>
      ({ claims: [{ action, kind: 'cloud_unique_id', key, owner }] }) as const;
    const two = (key: string, owner: string) => ({ claims: [...claim('take', `${key}-free`, owner).claims, ...claim('take', key, owner).claims] });
    expect(await ledger.append(anAppend('instance/a', 0, 1, claim('take', 'n1', 'instance/a')))).toMatchObject({ kind: 'appended' });
    expect(await ledger.append(anAppend('instance/a', 1, 1, claim('take', 'n1', 'instance/a')))).toMatchObject({ kind: 'appended' });
    expect(await ledger.append(anAppend('instance/b', 0, 1, two('n1', 'instance/b')))).toEqual({
      kind: 'claimed', held: [{ kind: 'cloud_unique_id', key: 'n1', owner: 'instance/a' }],
    });
    expect(await ledger.findClaim('cloud_unique_id', 'n1-free')).toBeUndefined();
    await ledger.append(anAppend('instance/b', 0, 1, claim('release', 'n1', 'instance/b')));
    expect(await ledger.findClaim('cloud_unique_id', 'n1')).toBe('instance/a');
    await ledger.append(anAppend('instance/a', 2, 1, claim('release', 'n1', 'instance/a')));
    expect(await ledger.append(anAppend('instance/b', 1, 1, two('n1', 'instance/b')))).toMatchObject({ kind: 'appended' });
    expect(await ledger.findClaim('cloud_unique_id', 'n1')).toBe('instance/b');
  });

  it('refuses UPDATE, DELETE and TRUNCATE of events in the database itself, also from a superuser', async () => {
    const client = new pg.Client({ connectionString: opened.connectionString });
    await client.connect();
    for (const change of ["update ledger.events set type = 'x'", 'delete from ledger.events', 'truncate ledger.events']) {
      await expect(client.query(change)).rejects.toThrow(/the ledger is append-only/);
    }
    await client.end();
  });

  it('answers busy past its queue instead of growing, and counts it', async () => {
    const busy: ShardRef[] = [];
    const small = await PostgresLedger.open({
      connectionString: opened.connectionString,
      limits: { queuedAppends: 5 },
      observer: { batchAppended: noop, conflicted: noop, appendRetried: noop, connectionLost: noop, refusedBusy: (shard) => busy.push(shard) },
    });
    const outcomes = await Promise.all(range(8).map((n) => small.append(anAppend(`instance/queue-${n}`, 0))));
    expect(outcomes.map(({ kind }) => kind)).toEqual([...Array<string>(5).fill('appended'), 'busy', 'busy', 'busy']);
    expect(busy).toHaveLength(3);
    await small.close();
  });
});

const noop = (): void => undefined;

describe('the ledger under many writers', () => {
  it('gives dense positions to 64 parallel writers in each of three processes, and each stream to one of them', async () => {
    const { ledger, connectionString, close } = await openTestLedger();
    const outcomes = await Promise.all(
      ['p1', 'p2', 'p3'].map((prefix) =>
        runProcess<Record<string, number>>('ledger-writer', [connectionString, 64, 40, prefix]),
      ),
    );
    const appended = outcomes.reduce((sum, counts) => sum + (counts['appended'] ?? 0), 0);
    // Each process makes 64 x 20 streams of its own; the 20 shared ones are made once.
    expect(appended).toBe(3 * 64 * 20 + 20);
    const events = await readWholeShard(ledger);
    expect(events).toHaveLength(appended * 2);
    expectDense(events);
    expect(events.map(({ time }) => time.getTime())).toEqual(events.map(({ time }) => time.getTime()).sort((a, b) => a - b));
    await close();
  });

  it('gives each claim to one of two processes that race for it, over shards that lock apart', async () => {
    const { ledger, connectionString, close } = await openTestLedger({ instances: 3, transactions: 1, tables: 1, statements: 1 });
    const won = await Promise.all(
      ['instance/left', 'instance/right'].map((owner) => runProcess<string[]>('claim-racer', [connectionString, owner, 300])),
    );
    expect(won.flat().sort()).toEqual(range(300).map((n) => `node-${n}`).sort());
    for (const key of won[0] ?? []) expect(await ledger.findClaim('cloud_unique_id', key)).toBe('instance/left');
    await close();
  });

  it('never lets a reader skip a writer that is frozen inside its transaction', async () => {
    const { ledger, connectionString, close } = await openTestLedger();
    await ledger.append(anAppend('instance/first', 0));
    const frozen = new pg.Client({ connectionString });
    await frozen.connect();
    await frozen.query('begin');
    // What append_events does first: from here on this writer owns position 2.
    await frozen.query('update ledger.shards set head = head + 1 where log = $1', ['instances']);
    await frozen.query(`insert into ledger.events select shard_id, 2, 'instance/frozen', 1, gen_random_uuid(), type,
      schema_version, time, data, metadata from ledger.events where position = 1`);

    let thirdDone = false;
    const third = ledger.append(anAppend('instance/third', 0)).then((outcome) => {
      thirdDone = true;
      return outcome;
    });
    for (let look = 0; look < 20; look += 1) {
      expect((await ledger.readShard(INSTANCES, 1, 10)).length).toBe(0);
    }
    expect(thirdDone).toBe(false);
    await frozen.query('commit');
    expect(await third).toMatchObject({ kind: 'appended', position: 3 });
    expect((await ledger.readShard(INSTANCES, 1, 10)).map(({ stream }) => stream)).toEqual(['instance/frozen', 'instance/third']);
    await frozen.end();
    await close();
  });
});
