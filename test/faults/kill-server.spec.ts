import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '#test/support/audit/audit.js';
import { brokenPromises } from '#test/support/audit/kept-promises.js';
import { embeddedDatabaseOf } from '#test/support/embedded-database.js';
import { eventually } from '#test/support/eventually.js';
import { InstanceLoad } from '#test/support/load/instance-load.js';
import { faultSeed, rounds, SeededRandom } from '#test/support/seeded-random.js';
import { createServerFolder, startServer, type ServerFolder, type ServerProcess } from '#test/support/server-process.js';

const TOKEN = 'greedisgood9999';
const CLIENTS = 32;
const SERVER_KILLS = rounds('SERVER_KILLS', 20);
const POSTGRES_KILLS = rounds('POSTGRES_KILLS', 5);
const POWER_CUTS = rounds('POWER_CUTS', 3);
const A_ROUND_MS = 20_000;

const seed = faultSeed();

describe(`under load, nothing acknowledged is lost by kill -9 (FAULT_SEED=${seed})`, () => {
  let folder: ServerFolder;
  let server: ServerProcess;
  let load: InstanceLoad;
  let random: SeededRandom;

  const start = async (): Promise<void> => {
    server = await startServer({ dataDir: folder.path });
  };
  /** A moment of the load's own: right at an acknowledgement, with the requests of all other clients on their way. */
  const aRandomMoment = (): Promise<void> => load.next(random.between(1, 400), 'acknowledged');
  const findings = async (): Promise<readonly string[]> => {
    const { events, findings } = await audit(await embeddedDatabaseOf(folder.path));
    return [...load.surprises, ...findings, ...brokenPromises(load.changes, events)];
  };

  beforeEach(async () => {
    folder = await createServerFolder();
    random = new SeededRandom(seed);
    load = new InstanceLoad({ seed, token: TOKEN, clients: CLIENTS });
    await start();
    load.resume(server.url);
  });

  afterEach(async () => {
    const stopped = load.stop();
    await server.kill('SIGKILL');
    await stopped;
    await folder.remove();
  });

  it(`of the server, ${SERVER_KILLS} times`, { timeout: SERVER_KILLS * A_ROUND_MS }, async () => {
    for (let kill = 0; kill < SERVER_KILLS; kill += 1) {
      await aRandomMoment();
      const quiet = load.pause();
      await server.kill('SIGKILL');
      await quiet;
      await start();
      expect(await findings()).toEqual([]);
      load.resume(server.url);
    }
  });

  it(`of PostgreSQL, ${POSTGRES_KILLS} times, under a server that goes on by itself`, { timeout: POSTGRES_KILLS * A_ROUND_MS }, async () => {
    for (let kill = 0; kill < POSTGRES_KILLS; kill += 1) {
      await aRandomMoment();
      const killed = folder.postmasterPid() ?? 0;
      process.kill(killed, 'SIGKILL');
      await eventually('another PostgreSQL takes its place', () => ![undefined, killed].includes(folder.postmasterPid()));
      await aRandomMoment();
      await load.pause();
      expect(await findings()).toEqual([]);
      load.resume(server.url);
    }
  });

  it(`of both at once, ${POWER_CUTS} times`, { timeout: POWER_CUTS * A_ROUND_MS }, async () => {
    for (let cut = 0; cut < POWER_CUTS; cut += 1) {
      await aRandomMoment();
      const quiet = load.pause();
      process.kill(folder.postmasterPid() ?? 0, 'SIGKILL');
      await server.kill('SIGKILL');
      await quiet;
      await start();
      expect(await findings()).toEqual([]);
      load.resume(server.url);
    }
  });
});
