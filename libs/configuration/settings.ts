import { z } from 'zod';
import { LOGS, type LogName } from '#events/ledger/ledger.js';
import type { Setting } from './setting.js';

export const DEFAULT_META_SERVICE_TOKEN = 'greedisgood9999';
export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export const COMPAT_PROFILES = ['seed', 'upstream'] as const;

const MAX_SHARDS = 1024;

/** The schema's messages complete the sentence "`<flag or variable>` … ". */
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port number from 0 to 65535');

const onOff = z.enum(['on', 'off'], 'must be on or off').transform((value) => value === 'on');

const milliseconds = (least: number, most: number): z.ZodType<number> => {
  const message = `must be a number of milliseconds from ${String(least)} to ${String(most)}`;
  return z.string().regex(/^\d{1,9}$/, message).transform(Number).refine((ms) => ms >= least && ms <= most, message);
};

const secret = (least: number): z.ZodType<string> =>
  z.string().min(least, least === 1 ? 'must not be empty' : `must have at least ${String(least)} characters`);

const postgresUrl = z
  .string()
  .refine((value) => URL.canParse(value), 'must be a URL such as postgresql://user@host:5432/database')
  .refine((value) => /^postgres(ql)?:\/\//.test(value), 'must begin with postgresql://');

const isLog = (name: string): name is LogName => LOGS.some((log) => log === name);

/** `instances=2,tables=4`; a log that is not named keeps one shard. */
const shards = z.string().transform((text, context): Readonly<Record<LogName, number>> => {
  const counts: Record<LogName, number> = { instances: 1, transactions: 1, tables: 1, statements: 1 };
  for (const part of text.split(',')) {
    const [, log = '', digits = ''] = /^\s*([a-z]+)=(\d{1,4})\s*$/.exec(part) ?? [];
    const count = Number(digits);
    if (isLog(log) && count >= 1 && count <= MAX_SHARDS) counts[log] = count;
    else context.addIssue(`must be a list such as instances=2,tables=4 with 1 to ${String(MAX_SHARDS)} shards for ${LOGS.join(', ')}`);
  }
  return counts;
});

const setting = <S extends z.ZodType>(it: Setting<S>): Setting<S> => it;

/** Everything that can be set, in the order of `--help`. Anything not in this table cannot. */
export const SETTINGS = {
  ports: setting({
    variable: 'PORT',
    flag: 'port',
    placeholder: 'number',
    repeatable: true,
    help: 'port to listen on; may be repeated, 0 picks a free one',
    byDefault: '8080',
    schema: z.array(port).min(1).default([8080]),
  }),
  host: setting({
    variable: 'HOST',
    flag: 'host',
    placeholder: 'address',
    help: 'address to listen on',
    byDefault: '127.0.0.1',
    schema: z.string().regex(/^[\w.:-]+$/, 'must be an address or a host name').default('127.0.0.1'),
  }),
  dataDir: setting({
    variable: 'DATA_DIR',
    flag: 'data-dir',
    placeholder: 'folder',
    help: 'folder of the embedded PostgreSQL, the generated secrets and the logs',
    byDefault: './.lakeledger',
    schema: z.string().min(1, 'must not be empty').default('./.lakeledger'),
  }),
  databaseUrl: setting({
    variable: 'DATABASE_URL',
    flag: 'database-url',
    placeholder: 'url',
    // A URL can carry a password; error messages never repeat its value.
    secret: true,
    help: 'an existing PostgreSQL 15 or later instead of the embedded one',
    schema: postgresUrl.optional(),
  }),
  metaServiceToken: setting({
    variable: 'META_SERVICE_TOKEN',
    secret: true,
    help: 'token of the Meta Service calls',
    byDefault: DEFAULT_META_SERVICE_TOKEN,
    schema: secret(1).default(DEFAULT_META_SERVICE_TOKEN),
  }),
  adminToken: setting({
    variable: 'ADMIN_TOKEN',
    secret: true,
    help: 'token of the administration calls',
    byDefault: 'generated into the data folder',
    schema: secret(16).optional(),
  }),
  masterKey: setting({
    variable: 'MASTER_KEY',
    secret: true,
    help: 'key that wraps the data keys of the instances',
    byDefault: 'generated into the data folder',
    schema: z
      .string()
      .regex(/^\s*([0-9a-f]{64}|[\w+/-]{43}=?)\s*$/i, 'must be 32 bytes as 64 hex digits or as base64 (openssl rand -hex 32)')
      .optional(),
  }),
  allowDefaultToken: setting({
    variable: 'ALLOW_DEFAULT_TOKEN_ON_PUBLIC_INTERFACE',
    flag: 'allow-default-token-on-public-interface',
    help: 'listen beyond this machine although META_SERVICE_TOKEN is the published default',
    byDefault: 'off',
    schema: onOff.default(false),
  }),
  compatProfile: setting({
    variable: 'COMPAT_PROFILE',
    flag: 'compat-profile',
    placeholder: 'profile',
    help: 'whose answers to give where the two differ: seed or upstream',
    byDefault: 'seed',
    schema: z.enum(COMPAT_PROFILES, 'must be seed or upstream').default('seed'),
  }),
  distinguishHdfsPath: setting({
    variable: 'DISTINGUISH_HDFS_PATH',
    flag: 'distinguish-hdfs-path',
    placeholder: 'on|off',
    help: 'suffix the HDFS prefix of a new vault, so that no two instances share a directory',
    byDefault: 'on',
    schema: onOff.default(true),
  }),
  iamUserId: setting({
    variable: 'IAM_USER_ID',
    flag: 'iam-user-id',
    placeholder: 'id',
    help: 'the IAM user that every instance is shown with; its keys come from IAM_AK and IAM_SK',
    byDefault: 'empty',
    schema: z.string().default(''),
  }),
  iamAk: setting({ variable: 'IAM_AK', secret: true, help: 'access key of the IAM user', byDefault: 'empty', schema: z.string().default('') }),
  iamSk: setting({ variable: 'IAM_SK', secret: true, help: 'secret key of the IAM user', byDefault: 'empty', schema: z.string().default('') }),
  projector: setting({
    variable: 'PROJECTOR',
    flag: 'projector',
    placeholder: 'on|off',
    help: 'run the projector inside `start`',
    byDefault: 'on',
    schema: onOff.default(true),
  }),
  fenceTimeoutMs: setting({
    variable: 'FENCE_TIMEOUT_MS',
    flag: 'fence-timeout-ms',
    placeholder: 'ms',
    help: 'how long a read waits for the projector before it folds the stream instead',
    byDefault: '250',
    schema: milliseconds(0, 60_000).default(250),
  }),
  shards: setting({
    variable: 'SHARDS',
    flag: 'shards',
    placeholder: 'log=count,…',
    help: 'shards of each log; fixed when the ledger is created',
    byDefault: '1 each',
    schema: shards.default({ instances: 1, transactions: 1, tables: 1, statements: 1 }),
  }),
  logLevel: setting({
    variable: 'LOG_LEVEL',
    flag: 'log-level',
    placeholder: 'level',
    help: `how much to log: ${LOG_LEVELS.join(', ')}`,
    byDefault: 'info',
    schema: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  }),
} as const;

type Settings = typeof SETTINGS;
export type SettingName = keyof Settings;

/** Every setting with the value it got, before the rules that look at several of them. */
export type SettingValues = { readonly [N in SettingName]: z.output<Settings[N]['schema']> };
