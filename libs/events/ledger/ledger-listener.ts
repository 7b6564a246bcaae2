import { NotificationListener } from '../notifications/notification-listener.js';
import { LOGS, type LogName } from './ledger.js';
import type { ShardSignals } from './shard-signals.js';

const isLog = (text: string | undefined): text is LogName => LOGS.some((log) => log === text);

/** Wakes the readers of shards that other processes append to: what append_events notifies, turned into signals. */
export function listenForAppends(
  connectionString: string,
  signals: ShardSignals,
  onLost: (error: unknown) => void,
): NotificationListener {
  return new NotificationListener({
    connectionString,
    channel: 'lakeledger_events',
    applicationName: 'lakeledger listen',
    onPayload: (payload) => {
      const [log, shard] = payload.split('/');
      if (isLog(log)) signals.advanced({ log, shard: Number(shard) });
    },
    onListening: () => signals.anyMayHaveAdvanced(),
    onLost,
  });
}
