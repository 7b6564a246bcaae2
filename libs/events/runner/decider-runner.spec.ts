import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InstanceCommand } from '#domain/instance/instance.commands.js';
import type { InstanceAggregate } from '#domain/instance/instance.decider.js';
import { NOBODY, openTestLedger, type TestLedger } from '#test/support/ledger.js';
import { instanceAggregate } from '../catalogue/instance.aggregate.js';
import { silentLedgerObserver } from '../ledger/ledger-observer.js';
import { PostgresLedger } from '../ledger/postgres-ledger.js';
import { DeciderRunner } from './decider-runner.js';
import type { CommandContext, ExecuteOutcome } from './runner.types.js';
import { PostgresSnapshots } from './snapshots.js';

const range = (length: number): number[] => Array.from({ length }, (_, n) => n);
const create = (instanceId: string): InstanceCommand => ({ kind: 'CreateInstance', instanceId, at: 1 });
const setStatus = (instanceId: string, to: 'OVERDUE' | 'NORMAL'): InstanceCommand => ({
  kind: 'SetInstanceStatus', instanceId, op: to === 'OVERDUE' ? 6 : 7, at: 2,
});
const rename = (instanceId: string, name: string): InstanceCommand => ({ kind: 'RenameInstance', instanceId, name, at: 3 });

describe('the decider runner', () => {
  let opened: TestLedger;
  let pool: pg.Pool;
  let here: DeciderRunner;
  let elsewhere: DeciderRunner;
  let otherLedger: PostgresLedger;
  beforeAll(async () => {
    opened = await openTestLedger();
    otherLedger = await PostgresLedger.open({ connectionString: opened.connectionString });
    pool = new pg.Pool({ connectionString: opened.connectionString, max: 4 });
    here = new DeciderRunner({ ledger: opened.ledger, snapshots: new PostgresSnapshots(pool), snapshotEvery: 10 });
    elsewhere = new DeciderRunner({ ledger: otherLedger, snapshots: new PostgresSnapshots(pool), snapshotEvery: 10 });
  });
  afterAll(async () => {
    await pool.end();
    await otherLedger.close();
    await opened.close();
  });

  const run = (runner: DeciderRunner, id: string, command: InstanceCommand, context: Partial<CommandContext> = {}) =>
    runner.execute(instanceAggregate, id, command, { metadata: NOBODY, ...context });
  const kinds = (outcomes: readonly ExecuteOutcome<InstanceAggregate>[]) => outcomes.map(({ kind }) => kind).sort();
  const versionsOf = async (id: string) =>
    (await opened.ledger.readStream({ log: 'instances', name: `instance/${id}` }, 0)).map(({ version }) => version);

  it('accepts one of many equal creations over two processes, and rejects the rest from fresh state', async () => {
    const outcomes = await Promise.all(
      range(40).map((n) => run(n % 2 ? here : elsewhere, 'raced', create('raced'), { assume: 'new' })),
    );
    expect(kinds(outcomes)).toEqual(['accepted', ...Array<string>(39).fill('rejected')]);
    expect(await versionsOf('raced')).toEqual([1]);
  });

  it('does not answer from an assumed state: dropping an instance that exists is decided on its events', async () => {
    await run(elsewhere, 'assumed', create('assumed'));
    const outcome = await run(here, 'assumed', { kind: 'DropInstance', instanceId: 'assumed', at: 4 }, { assume: 'new' });
    expect(outcome).toEqual({ kind: 'accepted', version: 2 });
  });

  it('does not reject from a cache that another process has overtaken', async () => {
    await run(here, 'stale', create('stale'));
    await run(elsewhere, 'stale', setStatus('stale', 'OVERDUE'));
    // The cache here still says NORMAL, which would make this a rejection.
    expect(await run(here, 'stale', setStatus('stale', 'NORMAL'))).toEqual({ kind: 'accepted', version: 3 });
    expect((await elsewhere.load(instanceAggregate, 'stale')).version).toBe(3);
  });

  it.each(['from the cache', 'from the ledger'])('lets commands on one stream build on each other while their appends are on the way, %s', async (from) => {
    const id = from.replaceAll(' ', '-');
    const conflicts: unknown[] = [];
    const observer = { ...silentLedgerObserver, conflicted: (shard: unknown) => conflicts.push(shard) };
    const ledger = await PostgresLedger.open({ connectionString: opened.connectionString, observer });
    const runner = new DeciderRunner({ ledger, snapshots: new PostgresSnapshots(pool) });
    await run(elsewhere, id, create(id));
    if (from === 'from the cache') await runner.load(instanceAggregate, id);
    const outcomes = await Promise.all(range(200).map((n) => run(runner, id, rename(id, `name-${n}`))));
    expect(kinds(outcomes)).toEqual(Array<string>(200).fill('accepted'));
    expect(await versionsOf(id)).toEqual(range(201).map((n) => n + 1));
    expect(conflicts).toEqual([]);
    await ledger.close();
  });

  it('loses no command when several processes fight for one stream', async () => {
    await run(here, 'fought', create('fought'));
    const outcomes = await Promise.all(
      range(120).map((n) => run(n % 2 ? here : elsewhere, 'fought', rename('fought', `name-${n}`))),
    );
    const acceptedCount = outcomes.filter(({ kind }) => kind === 'accepted').length;
    expect(outcomes.every(({ kind }) => kind === 'accepted' || kind === 'busy')).toBe(true);
    expect(await versionsOf('fought')).toEqual(range(acceptedCount + 1).map((n) => n + 1));
  });

  it('answers rejections among commands in flight from a state that was durable', async () => {
    await run(here, 'mixed', create('mixed'));
    const outcomes = await Promise.all(
      range(100).map((n) => run(here, 'mixed', setStatus('mixed', n % 3 === 0 ? 'OVERDUE' : 'NORMAL'))),
    );
    const acceptedCount = outcomes.filter(({ kind }) => kind === 'accepted').length;
    expect(kinds(outcomes)).toEqual([...Array<string>(acceptedCount).fill('accepted'), ...Array<string>(100 - acceptedCount).fill('rejected')]);
    expect(await versionsOf('mixed')).toHaveLength(acceptedCount + 1);
  });

  it('executes an idempotency key once and repeats its first answer, acceptance or rejection', async () => {
    const idempotency = { key: 'create-once', requestHash: 'h1' };
    const outcomes = await Promise.all(
      range(100).map((n) => run(n % 2 ? here : elsewhere, 'once', create('once'), { assume: 'new', idempotency })),
    );
    expect(outcomes).toEqual(Array(100).fill({ kind: 'accepted', version: 1 }));
    expect(await run(here, 'once', create('once'), { idempotency: { ...idempotency, requestHash: 'h2' } })).toEqual({
      kind: 'key-reused',
    });

    const early = { key: 'drop-early', requestHash: 'h3' };
    const drop: InstanceCommand = { kind: 'DropInstance', instanceId: 'late', at: 5 };
    const first = await run(here, 'late', drop, { idempotency: early });
    expect(first.kind).toBe('rejected');
    await run(here, 'late', create('late'));
    expect(await run(elsewhere, 'late', drop, { idempotency: early })).toEqual(first);
    expect(await versionsOf('late')).toEqual([1]);
  });

  it('loads from a snapshot and the events after it, and does without one of another shape', async () => {
    await run(here, 'long', create('long'));
    for (const n of range(25)) await run(here, 'long', rename('long', `name-${n}`));
    const cold = () =>
      new DeciderRunner({ ledger: opened.ledger, snapshots: new PostgresSnapshots(pool), snapshotEvery: 1_000 });
    const { rows } = await pool.query<{ version: string }>("select version from ledger.snapshots where stream = 'instance/long'");
    expect(Number(rows[0]?.version)).toBeGreaterThanOrEqual(10);
    const warm = await here.load(instanceAggregate, 'long');
    expect(await cold().load(instanceAggregate, 'long')).toEqual(warm);
    expect(await cold().load({ ...instanceAggregate, stateVersion: 99 }, 'long')).toEqual(warm);
  });

  it('fails a command whose ledger is gone, and goes on when it is back', async () => {
    const away = await PostgresLedger.open({ connectionString: opened.connectionString, limits: { retryForMs: 200 } });
    const runner = new DeciderRunner({ ledger: away, snapshots: new PostgresSnapshots(pool) });
    await run(runner, 'before', create('before'));
    // A cut connection: the batch goes out again on a new one.
    await pool.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lakeledger append'");
    expect(await run(runner, 'after', create('after'))).toEqual({ kind: 'accepted', version: 1 });
    await away.close();
  });
});
