import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#test/support/postgres.js';
import { createServerFolder, runCommand, startClusterProcess, startServer } from '#test/support/server-process.js';

const TOKEN = 'token=greedisgood9999';

const create = async (url: string, id: string): Promise<number> => {
  const body = JSON.stringify({ instance_id: id });
  return (await fetch(`${url}/MetaService/http/create_instance?${TOKEN}`, { method: 'POST', body })).status;
};

const find = async (url: string, id: string): Promise<number> =>
  (await fetch(`${url}/MetaService/http/get_instance?${TOKEN}&instance_id=${id}`)).status;

describe('the processes of a cluster', () => {
  let database: TestDatabase;
  let env: Readonly<Record<string, string>>;

  beforeEach(async () => {
    database = await createTestDatabase();
    env = { DATABASE_URL: database.connectionString, MASTER_KEY: randomBytes(32).toString('hex'), PORT: '0' };
  });

  afterEach(() => database.drop());

  it('show in one api what another acknowledged, with a projector and without', async () => {
    const [one, other] = await Promise.all([startClusterProcess('api', env), startClusterProcess('api', env)]);
    expect(await create(one.url, 'early')).toBe(200);
    expect(await find(other.url, 'early')).toBe(200);
    const projector = await startClusterProcess('projector', env);
    expect(await create(one.url, 'late')).toBe(200);
    expect(await find(other.url, 'late')).toBe(200);
    const exits = await Promise.all([one, other, projector].map((each) => each.kill('SIGTERM')));
    expect(exits.map(({ code }) => code)).toEqual([0, 0, 0]);
  });

  it('refuse a master key that the secrets were not sealed with', async () => {
    const first = await startClusterProcess('api', env);
    await first.kill('SIGTERM');
    const stranger = { ...env, MASTER_KEY: randomBytes(32).toString('hex') };
    await expect(startClusterProcess('api', stranger)).rejects.toThrow('this is not the master key');
  });
});

describe('lakeledger rebuild instances', () => {
  it('makes the read model anew while the server is down', async () => {
    const folder = await createServerFolder();
    const server = await startServer({ dataDir: folder.path });
    expect(await create(server.url, 'kept')).toBe(200);
    await server.kill('SIGTERM');

    const rebuilt = await runCommand(['rebuild', 'instances', '--data-dir', folder.path]);
    expect(rebuilt).toMatchObject({ code: 0, stderr: '' });
    expect(rebuilt.stdout).toContain('rebuilt the read model of instances from 1 events');

    const next = await startServer({ dataDir: folder.path });
    expect(await find(next.url, 'kept')).toBe(200);
    await next.kill('SIGTERM');
    await folder.remove();
  });
});
