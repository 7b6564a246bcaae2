import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MetaServiceClient } from '#api/meta-service/meta-service-client.testing.js';
import { audit } from '#test/support/audit/audit.js';
import { metricOf } from '#test/support/metrics.js';
import { createTestDatabase, type TestDatabase } from '#test/support/postgres.js';
import { faultSeed, rounds, SeededRandom } from '#test/support/seeded-random.js';
import { startClusterProcess, type ServerProcess } from '#test/support/server-process.js';

const TOKEN = 'greedisgood9999';
const CLIENTS = 32;
const PAIRS = rounds('READ_YOUR_WRITES_PAIRS', 10_000);
/** A frozen projector costs each read this much (ms): little, so that many reads meet it frozen. */
const FENCE_TIMEOUT_MS = 25;

const seed = faultSeed();

describe(`over two apis and a projector that freezes at random (FAULT_SEED=${seed})`, () => {
  let database: TestDatabase;
  let apis: readonly ServerProcess[];
  let projector: ServerProcess;

  beforeEach(async () => {
    database = await createTestDatabase();
    const env = {
      DATABASE_URL: database.connectionString,
      MASTER_KEY: randomBytes(32).toString('hex'),
      PORT: '0',
      FENCE_TIMEOUT_MS: String(FENCE_TIMEOUT_MS),
    };
    const [one, other, third] = await Promise.all([
      startClusterProcess('api', env),
      startClusterProcess('api', env),
      startClusterProcess('projector', env),
    ]);
    apis = [one, other];
    projector = third;
  });

  afterEach(async () => {
    await Promise.all([...apis, projector].map((process) => process.kill('SIGKILL')));
    await database.drop();
  });

  it(`each of ${PAIRS} creates, and each change after it, shows in the very next get`, { timeout: 300_000 }, async () => {
    const random = new SeededRandom(seed);
    const freezer = new Freezer(projector.pid, random.fork());
    const clients = apis.map(({ url }) => new MetaServiceClient(url, TOKEN)) as [MetaServiceClient, MetaServiceClient];
    const stale: string[] = [];
    let created = 0;

    const changeThenGet = async (op: string, body: { readonly instance_id: string }, expected: object, random: SeededRandom): Promise<void> => {
      const change = await random.pick(clients).call(op, body);
      const { text, result } = await random.pick(clients).ask('get_instance', { instance_id: body.instance_id });
      freezer.tick();
      const isFresh = change.code === 'OK' && Object.entries(expected).every(([name, value]) => (result as Record<string, unknown> | undefined)?.[name] === value);
      if (!isFresh) stale.push(`${op} was answered ${change.text} and read ${text}`);
    };
    const client = async (random: SeededRandom): Promise<void> => {
      while (created < PAIRS) {
        created += 1;
        const instance = { instance_id: `i-${created}` };
        await changeThenGet('create_instance', instance, { ...instance, status: 'NORMAL' }, random);
        if (random.once(4)) await changeThenGet('set_instance_status', { ...instance, ...OVERDUE }, { status: 'OVERDUE' }, random);
        if (random.once(4)) await changeThenGet('rename_instance', { ...instance, ...RENAMED }, RENAMED, random);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, () => client(random.fork())));

    freezer.thaw();
    expect(stale).toEqual([]);
    const sumOf = async (name: string, label?: string): Promise<number> =>
      (await Promise.all(apis.map(({ url }) => metricOf(url, name, label)))).reduce((sum, value) => sum + value);
    expect(await sumOf('lakeledger_fence_folds_total', 'cause="late"'), 'reads that folded').toBeGreaterThan(PAIRS / 100);
    expect(await sumOf('lakeledger_fence_folds_total', 'cause="failed"'), 'reads that failed').toBe(0);
    expect(await sumOf('lakeledger_fence_wait_seconds_count'), 'reads that waited').toBeGreaterThan(PAIRS / 100);
    expect((await audit(database.connectionString)).findings).toEqual([]);
  });
});

const OVERDUE = { op: 'SET_OVERDUE' };
const RENAMED = { name: 'another_name' };

/** Freezes a process, and thaws it again, after a random number of ticks each. Frozen, it stands in mid-statement. */
class Freezer {
  #isFrozen = false;
  #left = 0;

  constructor(
    private readonly pid: number,
    private readonly random: SeededRandom,
  ) {}

  tick(): void {
    this.#left -= 1;
    if (this.#left > 0) return;
    this.#left = this.random.between(20, 400);
    if (this.#isFrozen) this.thaw();
    else this.#freeze();
  }

  thaw(): void {
    this.#isFrozen = false;
    process.kill(this.pid, 'SIGCONT');
  }

  #freeze(): void {
    this.#isFrozen = true;
    process.kill(this.pid, 'SIGSTOP');
  }
}
