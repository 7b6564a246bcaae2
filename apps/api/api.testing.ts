import pino from 'pino';
import type { ApiDependencies } from './api.module.js';
import { defaultHttpLimits } from './http/http-limits.js';
import { startApi, type RunningApi } from './http/start-api.js';

export const TOKEN = 'test token';

const notReached = (what: string) => (): never => {
  throw new Error(`${what} was reached`);
};

/** Dependencies of calls that are answered before anything behind the wire is asked. */
export const unreachedDependencies: ApiDependencies = {
  configuration: {
    metaServiceToken: TOKEN,
    compatProfile: 'seed',
    distinguishHdfsPath: true,
    iamUser: { userId: 'iam', ak: 'iam-ak', sk: 'iam-sk' },
    limits: defaultHttpLimits,
  },
  logger: pino({ level: 'silent' }),
  observer: { commandAnswered: () => {} },
  clock: { unixSeconds: () => 1_700_000_000 },
  commandRunner: { execute: notReached('the runner'), load: notReached('the runner') },
  instanceReader: { find: notReached('the instance reader') },
  dataKeys: { generateDataKey: notReached('the data keys'), find: notReached('the data keys') },
  findClaim: notReached('the claims'),
};

/** An api on a free port of this machine. */
export function startTestApi(dependencies: Partial<ApiDependencies> = {}, ports: readonly number[] = [0]): Promise<RunningApi> {
  return startApi({ ...unreachedDependencies, ...dependencies, host: '127.0.0.1', ports });
}
