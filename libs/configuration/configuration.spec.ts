import { describe, expect, it } from 'vitest';
import { ConfigurationError } from './configuration-error.js';
import { readConfiguration } from './configuration.js';
import type { Environment, Flags } from './setting.js';

const sentence = (flags: Flags, environment: Environment): string => {
  try {
    readConfiguration(flags, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    expect(readConfiguration({}, {})).toMatchObject({
      ports: [8080],
      host: '127.0.0.1',
      dataDir: `${process.cwd()}/.lakeledger`,
      metaServiceToken: 'greedisgood9999',
      compatProfile: 'seed',
      projector: true,
      fenceTimeoutMs: 250,
      shards: { instances: 1, transactions: 1, tables: 1, statements: 1 },
      logLevel: 'info',
    });
  });

  it('takes a flag before its environment variable', () => {
    const { host, ports } = readConfiguration({ host: ['::1'] }, { HOST: 'localhost', PORT: '9000' });
    expect({ host, ports }).toEqual({ host: '::1', ports: [9000] });
  });

  it('listens on several ports, repeated as flags or separated by commas in the environment', () => {
    expect(readConfiguration({ port: ['8080', '0'] }, {}).ports).toEqual([8080, 0]);
    expect(readConfiguration({}, { PORT: '8080, 5000' }).ports).toEqual([8080, 5000]);
  });

  it('keeps one shard for each log that SHARDS does not name', () => {
    expect(readConfiguration({}, { SHARDS: 'instances=2, tables=4' }).shards).toEqual({
      instances: 2,
      transactions: 1,
      tables: 4,
      statements: 1,
    });
  });

  it('takes an empty variable for one that was not set', () => {
    expect(readConfiguration({}, { PORT: '', DATA_DIR: '' }).ports).toEqual([8080]);
  });

  it.each([
    [{ port: ['http'] }, {}, '--port "http" is not usable: it must be a port number from 0 to 65535.'],
    [{}, { PORT: '8080,65536' }, 'PORT "8080,65536" is not usable: it must be a port number from 0 to 65535.'],
    [{}, { PORT: '-1' }, 'PORT "-1" is not usable: it must be a port number from 0 to 65535.'],
    [{ host: ['a b'] }, {}, '--host "a b" is not usable: it must be an address or a host name.'],
    [{ host: ['a', 'b'] }, {}, '--host must be given only once.'],
    [{ 'data-dir': [''] }, {}, '--data-dir "" is not usable: it must not be empty.'],
    [{}, { COMPAT_PROFILE: 'Seed' }, 'COMPAT_PROFILE "Seed" is not usable: it must be seed or upstream.'],
    [{}, { PROJECTOR: 'yes' }, 'PROJECTOR "yes" is not usable: it must be on or off.'],
    [{}, { LOG_LEVEL: 'loud' }, /^LOG_LEVEL "loud" is not usable: it must be one of fatal, error,/],
    [{}, { FENCE_TIMEOUT_MS: '60001' }, /^FENCE_TIMEOUT_MS "60001" is not usable: it must be a number of milliseconds/],
    [{ shards: ['tables=0'] }, {}, /^--shards "tables=0" is not usable: it must be a list such as/],
    [{ shards: ['views=1'] }, {}, /^--shards "views=1" is not usable: it must be a list such as/],
    [{ prot: ['8080'] }, {}, 'There is no flag --prot; --help lists those there are.'],
  ] as const)('refuses %j %j with a sentence that names it', (flags, environment, message) => {
    expect(sentence(flags, environment)).toMatch(message);
  });

  it.each([
    ['META_SERVICE_TOKEN', '', 'META_SERVICE_TOKEN is not usable: it must not be empty.'],
    ['ADMIN_TOKEN', 'hunter2', 'ADMIN_TOKEN is not usable: it must have at least 16 characters.'],
    ['MASTER_KEY', 'hunter2', 'MASTER_KEY is not usable: it must be 32 bytes as 64 hex digits or as base64 (openssl rand -hex 32).'],
    ['DATABASE_URL', 'mysql://root:hunter2@db', 'DATABASE_URL is not usable: it must begin with postgresql://.'],
  ])('names a bad %s without repeating it', (variable, value, message) => {
    expect(sentence({}, { [variable]: value })).toBe(message);
  });
});

describe('listening beyond this machine', () => {
  it.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1'])('is not what %s does', (host) => {
    expect(sentence({ host: [host] }, {})).toBe('accepted');
  });

  it.each(['0.0.0.0', '::', '192.168.1.10', '127.evil.example'])('with the default token is refused on %s', (host) => {
    expect(sentence({ host: [host] }, {})).toContain(`Host ${host} is reachable from other machines`);
  });

  it('is allowed with a token of its own, or by name', () => {
    expect(sentence({ host: ['0.0.0.0'] }, { META_SERVICE_TOKEN: 'mine' })).toBe('accepted');
    expect(sentence({ host: ['0.0.0.0'], 'allow-default-token-on-public-interface': ['on'] }, {})).toBe('accepted');
  });
});
