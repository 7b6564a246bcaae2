import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { findBinaries } from '#cli/embedded-postgres/binaries.js';
import { initialiseCluster, SUPERUSER } from '#cli/embedded-postgres/initialise-cluster.js';
import { settingArguments } from '#cli/embedded-postgres/postgres-settings.js';
import { spawnPostmaster, stopPostmaster } from '#cli/embedded-postgres/postmaster.js';
import { postgresAccount } from '#cli/embedded-postgres/system-account.js';

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgresUrl: string;
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

/** One real PostgreSQL for a whole run of the suite; every spec makes databases of its own in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'lakeledger-test-'));
  const account = await postgresAccount();
  const binaries = await findBinaries(account);
  const cluster = join(folder, 'postgres');
  const password = randomBytes(12).toString('hex');
  await initialiseCluster({ folder: cluster, password, binaries, account });
  const settings = [...settingArguments('lakeledger-specs'), '-c', 'max_connections=300'];
  const server = await spawnPostmaster({ cluster, binaries, account, settings, startLog: join(folder, 'start.log') }, await freePort());
  project.provide('postgresUrl', `postgresql://${SUPERUSER}:${password}@127.0.0.1:${server.port}/postgres`);
  return async () => {
    await stopPostmaster(server);
    await rm(folder, { recursive: true, force: true });
  };
}
