import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MetaServiceClient, type Reply } from '#api/meta-service/meta-service-client.testing.js';
import { audit } from '#test/support/audit/audit.js';
import { brokenPromises } from '#test/support/audit/kept-promises.js';
import { embeddedDatabaseOf } from '#test/support/embedded-database.js';
import { eventually } from '#test/support/eventually.js';
import { InstanceLoad } from '#test/support/load/instance-load.js';
import { freezePostgres } from '#test/support/postgres-processes.js';
import { faultSeed } from '#test/support/seeded-random.js';
import { createServerFolder, startServer, type ServerFolder, type ServerProcess } from '#test/support/server-process.js';

const TOKEN = 'greedisgood9999';
const CLIENTS = 16;
/** A call waits for a connection, and then on it, for 10 s of silence each at most. */
const ANSWERED_WITHIN_MS = 30_000;

const seed = faultSeed();

describe(`while PostgreSQL is away (FAULT_SEED=${seed})`, () => {
  let folder: ServerFolder;
  let server: ServerProcess;
  let load: InstanceLoad;

  const readiness = async (): Promise<number> => (await fetch(`${server.url}/health/ready`)).status;

  /** A change and a getter: both must be refused, in time, in the form of the contract. */
  const expectRefusals = async (): Promise<void> => {
    const client = new MetaServiceClient(server.url, TOKEN);
    const startedAt = performance.now();
    const answers = await Promise.all([
      client.call('drop_instance', { instance_id: 'early' }),
      client.ask('get_instance', { instance_id: 'early' }),
    ]);
    expect(performance.now() - startedAt).toBeLessThan(ANSWERED_WITHIN_MS);
    for (const answer of answers) expect(answer).toMatchObject(REFUSAL);
  };

  const expectNothingLost = async (): Promise<void> => {
    await load.pause();
    const { events, findings } = await audit(await embeddedDatabaseOf(folder.path));
    // The calls of this spec itself are not the load's.
    const ofLoad = events.filter(({ stream }) => stream !== 'instance/early');
    expect([...load.surprises, ...findings, ...brokenPromises(load.changes, ofLoad)]).toEqual([]);
  };

  const find = (instanceId: string): Promise<Reply> => new MetaServiceClient(server.url, TOKEN).ask('get_instance', { instance_id: instanceId });

  beforeEach(async () => {
    folder = await createServerFolder();
    server = await startServer({ dataDir: folder.path });
    await new MetaServiceClient(server.url, TOKEN).call('create_instance', { instance_id: 'early' });
    load = new InstanceLoad({ seed, token: TOKEN, clients: CLIENTS });
    load.resume(server.url);
    await load.next(100, 'acknowledged');
  });

  afterEach(async () => {
    const stopped = load.stop();
    await server.kill('SIGKILL');
    await stopped;
    await folder.remove();
  });

  it('frozen, every call is refused in bounded time, and once it is thawed everything goes on', { timeout: 120_000 }, async () => {
    const refused = load.next(CLIENTS, 'unsettled');
    const frozen = await freezePostgres(folder.postmasterPid() ?? 0);
    try {
      expect(await readiness()).toBe(503);
      await Promise.all([expectRefusals(), refused]);
      expect(await readiness()).toBe(503);
    } finally {
      frozen.thaw();
    }
    await eventually('the server is ready again', async () => (await readiness()) === 200);
    await load.next(100, 'acknowledged');
    expect(await find('early')).toMatchObject({ status: 200 });
    await expectNothingLost();
  });

  it('dead, with nothing to start it from for a while, calls are refused, and then it comes back by itself', { timeout: 120_000 }, async () => {
    const refused = load.next(CLIENTS, 'unsettled');
    const cluster = join(folder.path, 'postgres');
    const postmaster = folder.postmasterPid() ?? 0;
    await rename(cluster, `${cluster}.away`);
    process.kill(postmaster, 'SIGKILL');
    await eventually('the server knows', async () => (await readiness()) === 503);
    await Promise.all([expectRefusals(), refused]);
    expect(await readiness()).toBe(503);
    await rename(`${cluster}.away`, cluster);
    await eventually('the server is ready again', async () => (await readiness()) === 200);
    expect(folder.postmasterPid()).not.toBe(postmaster);
    await load.next(100, 'acknowledged');
    expect(await find('early')).toMatchObject({ status: 200 });
    await expectNothingLost();
  });
});

const REFUSAL = { status: 500, code: 'INTERNAL_ERROR', msg: 'the ledger cannot be reached, please try again' };
