import { randomUUID } from 'node:crypto';
import { anAppend, openTestLedger } from '#test/support/ledger.js';
import { listenForAppends } from '../ledger/ledger-listener.js';
import type { Ledger } from '../ledger/ledger.js';
import { PostgresLedger } from '../ledger/postgres-ledger.js';
import { describeLogSource } from './log-source.contract.js';
import { PostgresLogSource } from './postgres-log-source.js';

const growBy = (ledger: Ledger) => async (events: number) => {
  for (let n = 0; n < events; n += 1) await ledger.append(anAppend(`instance/${randomUUID()}`, 0));
};

describeLogSource('PostgreSQL', async () => {
  const { ledger, connectionString, close } = await openTestLedger();
  const elsewhere = await PostgresLedger.open({ connectionString });
  const listener = listenForAppends(connectionString, ledger.signals, () => undefined);
  await listener.start();
  return {
    source: new PostgresLogSource(ledger, ledger.signals),
    grow: growBy(ledger),
    growElsewhere: growBy(elsewhere),
    close: async () => {
      await listener.close();
      await elsewhere.close();
      await close();
    },
  };
});
