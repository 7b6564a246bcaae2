import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findBinaries } from './binaries.js';
import { initialiseCluster } from './initialise-cluster.js';
import { findOrphan } from './orphan.js';
import { settingArguments } from './postgres-settings.js';
import { spawnPostmaster, stopPostmaster, type Postmaster, type ServerPlan } from './postmaster.js';
import { postgresAccount } from './system-account.js';

const IDENTITY = 'lakeledger-orphan-spec';

let folder: string;
let plan: ServerPlan;
let survivor: Postmaster | undefined;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

const pidFile = (): string => join(plan.cluster, 'postmaster.pid');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lakeledger-orphan-'));
  const account = await postgresAccount();
  const binaries = await findBinaries(account);
  const cluster = join(folder, 'postgres');
  await initialiseCluster({ folder: cluster, password: 'for this spec', binaries, account });
  plan = { cluster, binaries, account, settings: settingArguments(IDENTITY), startLog: join(folder, 'start.log') };
});

afterEach(async () => {
  if (survivor) await stopPostmaster(survivor);
  survivor = undefined;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a PostgreSQL that outlived its server', () => {
  it('is found by its pid file and its mark', async () => {
    survivor = await spawnPostmaster(plan, await freePort());
    expect(await findOrphan(plan, IDENTITY)).toEqual({ pid: survivor.pid, port: survivor.port });
  });

  it('is stopped cleanly when it runs with settings of another version', async () => {
    const survivor = await spawnPostmaster({ ...plan, settings: [...plan.settings, '-c', 'jit=on'] }, await freePort());
    const newer = { ...plan, settings: [...plan.settings, '-c', 'work_mem=8MB'] };
    expect(await findOrphan(newer, IDENTITY)).toBeUndefined();
    await survivor.exited;
    expect(existsSync(pidFile())).toBe(false);
  });

  it('is left alone when it serves another folder, of which this one is a copy', async () => {
    survivor = await spawnPostmaster(plan, await freePort());
    expect(await findOrphan(plan, 'lakeledger-copy')).toBeUndefined();
    expect(existsSync(pidFile())).toBe(false);
    expect(await Promise.race([survivor.exited.then(() => 'ended'), Promise.resolve('alive')])).toBe('alive');
  });
});

describe('a cluster that nobody serves', () => {
  it('has no survivor', async () => {
    expect(await findOrphan(plan, IDENTITY)).toBeUndefined();
  });
});
