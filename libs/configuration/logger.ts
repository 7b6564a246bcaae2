import { destination, pino, type Logger, type LoggerOptions } from 'pino';
import type { LOG_LEVELS } from './settings.js';

const SECRET_NAMES = [
  'authorization',
  'token',
  'password',
  'connectionString',
  'ak',
  'sk',
  'masterKey',
  'adminToken',
  'iamAk',
  'iamSk',
  'metaServiceToken',
  'hdfs_kerberos_keytab',
  'kerberosKeytab',
];

export const loggerOptions = {
  base: null,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (label) => ({ level: label }) },
  redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
  serializers: { url: withoutToken, err: bareError },
} satisfies LoggerOptions;

/** One JSON object a line on stderr, whatever process it is: stdout is for people (docs/decisions/0012-logs-go-to-stderr.md). */
export const createLogger = (level: (typeof LOG_LEVELS)[number]): Logger =>
  pino({ ...loggerOptions, level }, destination({ dest: 2, sync: true }));

/** The token of the Meta Service is part of every URL (contract meta-service, section 1.2). */
function withoutToken(url: unknown): unknown {
  return typeof url === 'string' ? url.replace(/([?&]token=)[^&#]*/g, '$1[secret]') : url;
}

interface BareError {
  readonly type: string;
  readonly message: string;
  readonly code?: unknown;
  readonly stack?: string;
  readonly cause?: BareError;
}

/** What an error says, and nothing that hangs on it: those of pg carry their whole client, with the key that cancels its queries. */
function bareError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  return {
    type: error.name,
    message: error.message,
    ...('code' in error && { code: error.code }),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause instanceof Error && { cause: bareError(error.cause) as BareError }),
  };
}
