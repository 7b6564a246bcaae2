import pg from 'pg';
import { up } from '#api/health/health.js';
import { exposeLedgerGauges, ledgerMetrics } from '#api/metrics/ledger-metrics.js';
import { listenForAppends } from '#events/ledger/ledger-listener.js';
import type { LedgerObserver } from '#events/ledger/ledger-observer.js';
import { migrateLedger } from '#events/ledger/migrate-ledger.js';
import { PostgresLedger, SILENCE_MS } from '#events/ledger/postgres-ledger.js';
import { PostgresLogSource } from '#events/log-source/postgres-log-source.js';
import { DeciderRunner } from '#events/runner/decider-runner.js';
import { PostgresSnapshots } from '#events/runner/snapshots.js';
import { KeyRing } from '#events/secrets/key-ring.js';
import type { MasterKey } from '#events/secrets/master-key.js';
import type { Assembly } from './assembly.js';

const HOUR_MS = 3_600_000;
/** How long an answer to an idempotency key is kept. */
const ANSWERS_KEPT_MS = 24 * HOUR_MS;
/** For what is rare or small beside the ledger's own connections: data keys and snapshots. */
const SUPPORT_CONNECTIONS = 4;

export interface OpenLedger {
  readonly ledger: PostgresLedger;
  readonly source: PostgresLogSource;
}

/** The ledger, its schema up to date, and whoever reads its log woken by what any process appends. */
export async function openLedger(assembly: Assembly, connectionString: string): Promise<OpenLedger> {
  const { configuration, registry, shutdown, checks } = assembly;
  await migrateLedger(connectionString, configuration.shards);
  const observer = loggingObserver(assembly);
  const ledger = await PostgresLedger.open({ connectionString, observer });
  shutdown.add('ledger', () => ledger.close());
  exposeLedgerGauges(registry, ledger);
  const [shard] = ledger.shards('instances');
  checks.push({
    component: 'ledger',
    required: true,
    check: async () => {
      if (shard) await ledger.shardHead(shard);
      return up;
    },
  });
  const listener = listenForAppends(connectionString, ledger.signals, (error) => observer.connectionLost(error));
  await listener.start();
  shutdown.add('listener', () => listener.close());
  return { ledger, source: new PostgresLogSource(ledger, ledger.signals) };
}

export interface OpenCommands {
  readonly runner: DeciderRunner;
  readonly keyRing: KeyRing;
}

/** What it takes to run commands: deciders on the ledger, and the keys of the secrets that come with them. */
export async function openCommands(
  assembly: Assembly,
  { ledger }: OpenLedger,
  connectionString: string,
  masterKey: MasterKey,
): Promise<OpenCommands> {
  const { logger, shutdown } = assembly;
  const pool = new pg.Pool({
    connectionString,
    max: SUPPORT_CONNECTIONS,
    keepAlive: true,
    // Calls wait for these too, so a silent connection may not hold one for ever.
    query_timeout: SILENCE_MS,
    connectionTimeoutMillis: SILENCE_MS,
    application_name: 'lakeledger support',
  });
  pool.on('error', (error) => logger.warn({ err: error }, 'a connection to PostgreSQL broke'));
  shutdown.add('support connections', () => pool.end());
  const keyRing = new KeyRing(pool, masterKey);
  await keyRing.verify();
  const runner = new DeciderRunner({
    ledger,
    snapshots: new PostgresSnapshots(pool),
    onSnapshotFailed: (error) => logger.warn({ err: error }, 'a snapshot was not written'),
  });
  purgeAnswersHourly(assembly, ledger);
  return { runner, keyRing };
}

function loggingObserver({ registry, logger }: Assembly): LedgerObserver {
  const metrics = ledgerMetrics(registry);
  return {
    ...metrics,
    appendRetried: (shard, error) => {
      metrics.appendRetried(shard, error);
      logger.debug({ err: error, shard }, 'a batch of appends goes out again');
    },
    connectionLost: (error) => {
      metrics.connectionLost(error);
      logger.warn({ err: error }, 'a connection to PostgreSQL broke');
    },
  };
}

function purgeAnswersHourly({ logger, shutdown }: Assembly, ledger: PostgresLedger): void {
  const purge = (): void => {
    ledger.purgeAnswers(ANSWERS_KEPT_MS).catch((error: unknown) => {
      logger.warn({ err: error }, 'idempotency keys were not purged; the next hour tries again');
    });
  };
  const timer = setInterval(purge, HOUR_MS);
  timer.unref();
  shutdown.add('purge of idempotency keys', async () => clearInterval(timer));
}
