import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServerFolder, isPostgres, startServer, until, untilEnded, type ServerFolder, type ServerProcess } from '#test/support/server-process.js';

const TOKEN = 'token=greedisgood9999';

let folder: ServerFolder;

beforeEach(async () => {
  folder = await createServerFolder();
});

afterEach(() => folder.remove());

const create = async ({ url }: ServerProcess, id: string): Promise<number> => {
  const body = JSON.stringify({ instance_id: id });
  return (await fetch(`${url}/MetaService/http/create_instance?${TOKEN}`, { method: 'POST', body })).status;
};

const find = async ({ url }: ServerProcess, id: string): Promise<number> =>
  (await fetch(`${url}/MetaService/http/get_instance?${TOKEN}&instance_id=${id}`)).status;

describe('after kill -9 of the server', () => {
  it('PostgreSQL lives on, and the next start adopts it with everything that was acknowledged', async () => {
    const server = await startServer({ dataDir: folder.path });
    expect(await create(server, 'kept')).toBe(200);
    const postmaster = folder.postmasterPid();
    await server.kill('SIGKILL');
    expect(await isPostgres(postmaster ?? 0)).toBe(true);

    const next = await startServer({ dataDir: folder.path });
    expect(folder.postmasterPid()).toBe(postmaster);
    expect(await find(next, 'kept')).toBe(200);
    expect(await next.kill('SIGTERM')).toMatchObject({ code: 0 });
    expect(await isPostgres(postmaster ?? 0)).toBe(false);
  });

  it('and of PostgreSQL with it, the next start recovers', async () => {
    const server = await startServer({ dataDir: folder.path });
    expect(await create(server, 'kept')).toBe(200);
    const postmaster = folder.postmasterPid() ?? 0;
    await server.kill('SIGKILL');
    process.kill(postmaster, 'SIGKILL');

    const next = await startServer({ dataDir: folder.path });
    expect(await find(next, 'kept')).toBe(200);
    await next.kill('SIGTERM');
  });

  it('a pid file that names a stranger does not stop the next start, nor the stranger', async () => {
    const server = await startServer({ dataDir: folder.path });
    await server.kill('SIGTERM');
    await writeFile(join(folder.path, 'postgres/postmaster.pid'), `${process.pid}\n${folder.path}/postgres\n`);

    const next = await startServer({ dataDir: folder.path });
    expect(folder.postmasterPid()).not.toBe(process.pid);
    await next.kill('SIGTERM');
  });
});

describe('when PostgreSQL dies under a running server', () => {
  it('is not ready meanwhile, starts it again, and goes on with what was acknowledged', async () => {
    const server = await startServer({ dataDir: folder.path });
    expect(await create(server, 'kept')).toBe(200);
    const readiness = async (): Promise<number> => (await fetch(`${server.url}/health/ready`)).status;
    const postmaster = folder.postmasterPid() ?? 0;
    process.kill(postmaster, 'SIGKILL');
    await untilEnded(postmaster);
    await until(async () => (await readiness()) === 503);
    await until(async () => (await readiness()) === 200);
    expect(folder.postmasterPid()).not.toBe(postmaster);
    expect(await find(server, 'kept')).toBe(200);
    expect(await create(server, 'new')).toBe(200);
    expect(await server.kill('SIGTERM')).toMatchObject({ code: 0 });
  });

  it('answers in the form of the contract while it is away', async () => {
    const server = await startServer({ dataDir: folder.path });
    process.kill(folder.postmasterPid() ?? 0, 'SIGKILL');
    const refused: { readonly code: string }[] = [];
    await until(async () => {
      const answer = await fetch(`${server.url}/MetaService/http/get_instance?${TOKEN}&instance_id=nobody`);
      const body = (await answer.json()) as { readonly code: string; readonly msg: string };
      refused.push(body);
      return body.msg.includes('KeyNotFound');
    });
    expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['INTERNAL_ERROR']));
    await server.kill('SIGTERM');
  });
});
