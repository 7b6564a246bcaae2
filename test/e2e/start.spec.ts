import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServerFolder, isPostgres, runServer, startServer, type ServerFolder } from '#test/support/server-process.js';

let folder: ServerFolder;

beforeEach(async () => {
  folder = await createServerFolder();
});

afterEach(() => folder.remove());

describe('lakeledger start', () => {
  it('says where it is ready in its last line, and above it what a newcomer needs', async () => {
    const server = await startServer({ dataDir: folder.path });
    const lines = server.stdout.trimEnd().split('\n');
    expect(lines.at(-1)).toBe(`ready ${server.url}`);
    expect(server.stdout).toContain(`data folder  ${folder.path}`);
    expect(server.stdout).toContain('token        greedisgood9999');
    const [, url = '', body = ''] = /^try +curl "(\S+)" -d '(.*)'$/m.exec(server.stdout) ?? [];
    const created = await fetch(url, { method: 'POST', body });
    expect(await created.text()).toBe('{\n    "code": "OK",\n    "msg": ""\n}\n');
    await server.kill('SIGTERM');
  });

  it('answers for its health and its metrics', async () => {
    const server = await startServer({ dataDir: folder.path });
    expect(await (await fetch(`${server.url}/health/live`)).json()).toEqual({ status: 'live' });
    const ready = await fetch(`${server.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ready', components: { postgres: { status: 'up' }, ledger: { status: 'up' }, projector: { status: 'up' } } },
    ]);
    expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('lakeledger_projector_lag_events 0');
    await server.kill('SIGTERM');
  });

  it('listens on every port that it was given', async () => {
    const server = await startServer({ dataDir: folder.path, args: ['--port', '0'] });
    const [, other = ''] = /^also at +(\S+)$/m.exec(server.stdout) ?? [];
    expect((await fetch(`${other}/health/live`)).status).toBe(200);
    await server.kill('SIGTERM');
  });

  it('refuses a second server on its data folder, and frees the folder when it stops', async () => {
    const server = await startServer({ dataDir: folder.path });
    const second = await runServer({ dataDir: folder.path });
    expect(second).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `Another server (process ${server.pid}) is running on the data folder ${folder.path}: stop it, or choose another with --data-dir.\n`,
    });
    await server.kill('SIGTERM');
    const third = await startServer({ dataDir: folder.path });
    await third.kill('SIGTERM');
  });

  it.each([
    [['--prot', '1'], {}, "unknown option '--prot'"],
    [['--fence-timeout-ms', 'soon'], {}, '--fence-timeout-ms "soon" is not usable'],
    [[], { COMPAT_PROFILE: 'both' }, 'COMPAT_PROFILE "both" is not usable'],
    [['--host', '0.0.0.0'], {}, 'Host 0.0.0.0 is reachable from other machines'],
    [[], { DATABASE_URL: 'postgresql://nobody:secret@127.0.0.1:1/none' }, 'DATABASE_URL leads to no PostgreSQL that answers'],
  ])('stops with one sentence at %j %j', async (args, env, sentence) => {
    const { code, stdout, stderr } = await runServer({ dataDir: folder.path, args, env });
    expect(stderr.trimEnd().split('\n')[0]).toContain(sentence);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toContain('secret');
  });
});

describe('a start that fails half-way', () => {
  it('says why in one sentence and leaves nothing running', async () => {
    await (await startServer({ dataDir: folder.path })).kill('SIGTERM');
    const { code, stderr } = await runServer({ dataDir: folder.path, args: ['--shards', 'instances=2'] });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^the log "instances" was created with 1 shard.* cannot be opened with 2[^\n]*\n$/),
    });
    expect(folder.postmasterPid()).toBeUndefined();
  });
});

describe('a server that is told to stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s ends with code 0, and PostgreSQL before it', async (signal) => {
    const server = await startServer({ dataDir: folder.path });
    const postmaster = folder.postmasterPid() ?? 0;
    expect(await isPostgres(postmaster)).toBe(true);
    expect(await server.kill(signal)).toMatchObject({ code: 0, signal: null });
    expect(await isPostgres(postmaster)).toBe(false);
    expect(folder.postmasterPid()).toBeUndefined();
  });

  it('takes the signal that npm passes on for the one from the terminal', async () => {
    const server = await startServer({ dataDir: folder.path });
    void server.kill('SIGINT');
    expect(await server.kill('SIGINT')).toMatchObject({ code: 0 });
    expect(folder.postmasterPid()).toBeUndefined();
  });

  it('answers the request in flight first', async () => {
    const server = await startServer({ dataDir: folder.path });
    const body = JSON.stringify({ instance_id: 'late' });
    const call = request(`${server.url}/MetaService/http/create_instance?token=greedisgood9999`, {
      method: 'PUT',
      // The server is at it from the moment that it asks for the body.
      headers: { 'content-length': body.length, expect: '100-continue' },
    });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      call.once('response', (response) => resolve(response.resume().statusCode));
      call.once('error', reject);
    });
    call.flushHeaders();
    await new Promise((resolve) => call.once('continue', resolve));
    const exited = server.kill('SIGTERM');
    call.end(body);
    expect(await answered).toBe(200);
    expect((await exited).code).toBe(0);
  });
});
