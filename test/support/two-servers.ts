import { randomBytes } from 'node:crypto';
import { instanceAggregate } from '#events/catalogue/instance.aggregate.js';
import { PostgresLedger } from '#events/ledger/postgres-ledger.js';
import { startTestLakeledger } from './lakeledger.js';
import { send, type MetaServiceCall } from './meta-service-client.js';
import type { Reply } from './meta-service-replies.js';

/** Two servers on one database, as two replicas behind a load balancer are. */
export interface TwoServers {
  readonly first: (call: MetaServiceCall) => Promise<Reply>;
  readonly second: (call: MetaServiceCall) => Promise<Reply>;
  /** Types of the events of one instance, in order. */
  eventsOf(instanceId: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export async function startTwoServers(): Promise<TwoServers> {
  const MASTER_KEY = randomBytes(32).toString('hex');
  const first = await startTestLakeledger({ MASTER_KEY });
  const { connectionString } = first;
  const second = await startTestLakeledger({ MASTER_KEY, DATABASE_URL: connectionString, PROJECTOR: 'off' });
  const ledger = await PostgresLedger.open({ connectionString });
  const sendTo = (url: string) => async (call: MetaServiceCall) => {
    const { status, body } = await send(url, call);
    return { status, body };
  };
  return {
    first: sendTo(first.url),
    second: sendTo(second.url),
    eventsOf: async (instanceId) => {
      const events = await ledger.readStream({ log: 'instances', name: instanceAggregate.streamName(instanceId) }, 0);
      return events.map(({ type }) => type);
    },
    stop: async () => {
      await ledger.close();
      await second.stop();
      await first.stop();
    },
  };
}

/** The same call at once, by turns on the one and the other; replies in the order of the calls. */
export const race = (servers: TwoServers, calls: readonly MetaServiceCall[]): Promise<readonly Reply[]> =>
  Promise.all(calls.map((call, index) => (index % 2 === 0 ? servers.first(call) : servers.second(call))));
