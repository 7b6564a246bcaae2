import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MetaServiceClient } from '#api/meta-service/meta-service-client.testing.js';
import { KeyRing } from '#events/secrets/key-ring.js';
import { MasterKey } from '#events/secrets/master-key.js';
import { audit } from '#test/support/audit/audit.js';
import { embeddedDatabaseOf } from '#test/support/embedded-database.js';
import { eventually } from '#test/support/eventually.js';
import { ByteScan, type Secret } from '#test/support/secrets/byte-scan.js';
import { callWithSecrets, clientSecrets, CONTROL, creations } from '#test/support/secrets/secretive-calls.js';
import { createServerFolder, startServer, type ServerFolder, type ServerProcess } from '#test/support/server-process.js';

const generated = (name: string): Secret => ({ name, value: randomBytes(30).toString('base64url') });

const metaServiceToken = generated('token of the Meta Service');
const adminToken = generated('admin token');
const iamAk = generated('ak of the IAM user');
const iamSk = generated('sk of the IAM user');

describe('secrets', () => {
  let folder: ServerFolder;
  let server: ServerProcess;
  let metaService: MetaServiceClient;

  beforeEach(async () => {
    folder = await createServerFolder();
    const env = {
      LOG_LEVEL: 'trace',
      META_SERVICE_TOKEN: metaServiceToken.value,
      ADMIN_TOKEN: adminToken.value,
      IAM_AK: iamAk.value,
      IAM_SK: iamSk.value,
    };
    server = await startServer({ dataDir: folder.path, env });
    metaService = new MetaServiceClient(server.url, metaServiceToken.value);
  });

  afterEach(async () => {
    await server.kill('SIGKILL');
    await folder.remove();
  });

  it('are nowhere in clear, base64 or hex: not in files, rows, logs, metrics or answers', { timeout: 120_000 }, async () => {
    const scan = new ByteScan([...Object.values(clientSecrets), metaServiceToken, adminToken, iamAk, iamSk]);
    const replies = await callWithSecrets(server.url, metaServiceToken.value);
    await createWhilePostgresDies();
    const found = replies.flatMap(({ body }, index) => scan.findings(`answer ${index}`, body));
    found.push(...scan.findings('metrics', await (await fetch(`${server.url}/metrics`)).text()));

    const connectionString = await embeddedDatabaseOf(folder.path);
    expect((await audit(connectionString)).findings).toEqual([]);
    const rows = await allRows(connectionString);
    found.push(...scan.findings('rows', rows));

    const { code, stdout, stderr } = await server.kill('SIGTERM');
    expect(code).toBe(0);
    found.push(...scan.findings('stdout', stdout), ...scan.findings('stderr', stderr));
    // Stopped cleanly, PostgreSQL has written everything to its files; what it wrote ahead is still there too.
    found.push(...(await scan.findingsInFolder(folder.path)));
    expect(found).toEqual([]);

    const control = new ByteScan([{ name: 'control', value: CONTROL }]);
    expect(control.findings('rows', rows)).toEqual(['control in clear in rows']);
    const seen = (await control.findingsInFolder(folder.path)).join('\n');
    expect(seen).toContain('control in clear in postgres/base/');
    expect(seen).toContain('control in clear in postgres/pg_wal/');
    expect(stderr).toContain('"level":"debug"');
  });

  it('of the server itself are in their own files alone', async () => {
    await callWithSecrets(server.url, metaServiceToken.value);
    const owned = await Promise.all(['master.key', 'postgres.password'].map(secretInFile));
    const { stdout, stderr } = await server.kill('SIGTERM');
    const scan = new ByteScan(owned);
    expect(scan.findings('output', stdout + stderr)).toEqual([]);
    expect(await scan.findingsInFolder(folder.path)).toEqual(owned.map(({ name }) => `${name} in clear in ${name}`));
  });

  it('of an instance are gone for good with its data key, and all else of it goes on', async () => {
    await callWithSecrets(server.url, metaServiceToken.value);
    const { ak, sk } = clientSecrets;
    expect(await storesOf('legacy')).toMatchObject([{ ak: ak.value, sk: sk.value, bucket: CONTROL }]);
    const connectionString = await embeddedDatabaseOf(folder.path);
    expect(await forget(connectionString, 'instance/legacy')).toBe('forgotten');

    expect(await storesOf('legacy')).toMatchObject([{ ak: '', sk: '', bucket: CONTROL }]);
    const overdue = await metaService.call('set_instance_status', { instance_id: 'legacy', op: 'SET_OVERDUE' });
    expect(overdue).toMatchObject({ status: 200 });
    const { result } = await metaService.ask('get_instance', { instance_id: 'legacy' });
    expect(result).toMatchObject({ status: 'OVERDUE', ram_user: { user_id: 'ram', ak: '', sk: '' } });
    expect((await audit(connectionString)).findings).toEqual([]);
  });

  const storesOf = async (instanceId: string): Promise<unknown> => {
    const { result } = await metaService.ask('get_instance', { instance_id: instanceId });
    return (result as { readonly obj_info?: unknown }).obj_info;
  };

  /** Its append fails, is logged, and is sent again. */
  async function createWhilePostgresDies(): Promise<void> {
    const killed = folder.postmasterPid() ?? 0;
    process.kill(killed, 'SIGKILL');
    await metaService.call('create_instance', { instance_id: 'late', ...creations['legacy'] });
    await eventually('PostgreSQL is back', async () => (await fetch(`${server.url}/health/ready`)).status === 200);
  }

  async function secretInFile(name: string): Promise<Secret> {
    return { name, value: (await readFile(join(folder.path, name), 'utf8')).trim() };
  }

  async function forget(connectionString: string, stream: string): Promise<string> {
    const pool = new pg.Pool({ connectionString });
    try {
      const { value } = await secretInFile('master.key');
      return await new KeyRing(pool, MasterKey.parse(value)).forget(stream);
    } finally {
      await pool.end();
    }
  }
});

/** Every row of every table that is ours, as text: PostgreSQL may have compressed a long value in its files. */
async function allRows(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_schema not in ('pg_catalog', 'information_schema')`);
    let contents = '';
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      contents += rows.map(({ row }) => `${row}\n`).join('');
    }
    return contents;
  } finally {
    await client.end();
  }
}
