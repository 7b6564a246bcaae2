import { PostgresLedger } from '#events/ledger/postgres-ledger.js';
import { PostgresLogSource } from '#events/log-source/postgres-log-source.js';
import { rebuildInstances } from '#projector/rebuild-instances.js';
import { ReadModels } from '#read-models/read-models.js';

/** Gives the events a second. */
export async function rebuildReadModels(connectionString: string): Promise<number> {
  const ledger = await PostgresLedger.open({ connectionString });
  const readModels = await ReadModels.open({ connectionString });
  try {
    const source = new PostgresLogSource(ledger, ledger.signals);
    const startedAt = performance.now();
    const events = await rebuildInstances({ readModels, connectionString, ledger, source });
    return events / ((performance.now() - startedAt) / 1_000);
  } finally {
    await readModels.close();
    await ledger.close();
  }
}
