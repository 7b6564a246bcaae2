import { resolve } from 'node:path';
import { ConfigurationError } from './configuration-error.js';
import { givenValue, type Environment, type Flags, type Setting } from './setting.js';
import { DEFAULT_META_SERVICE_TOKEN, SETTINGS, type SettingValues } from './settings.js';

/** What a process of Lakeledger runs with: valid, with an absolute data folder. Holds secrets, so never log it whole. */
export type Configuration = SettingValues;

/** Throws a ConfigurationError that names the first flag or variable whose value cannot be used. */
export function readConfiguration(flags: Flags, environment: Environment): Configuration {
  refuseUnknownFlags(flags);
  const read = (setting: Setting): unknown => readSetting(setting, flags, environment);
  const values = Object.fromEntries(Object.entries(SETTINGS).map(([name, setting]) => [name, read(setting)])) as SettingValues;
  refusePublicDefaultToken(values);
  return { ...values, dataDir: resolve(values.dataDir) };
}

function refuseUnknownFlags(flags: Flags): void {
  const known = new Set<string | undefined>(Object.values<Setting>(SETTINGS).map((setting) => setting.flag));
  const unknown = Object.keys(flags).find((flag) => !known.has(flag));
  if (unknown !== undefined) throw new ConfigurationError(`There is no flag --${unknown}; --help lists those there are.`);
}

function readSetting(setting: Setting, flags: Flags, environment: Environment): unknown {
  const given = givenValue(setting, flags, environment);
  if (given === undefined) return setting.schema.parse(undefined);
  if (setting.repeatable !== true && given.values.length > 1) {
    throw new ConfigurationError(`${given.source} must be given only once.`);
  }
  const result = setting.schema.safeParse(setting.repeatable === true ? given.values : given.values[0]);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const value = setting.secret === true ? '' : ` "${given.values.join(',')}"`;
  throw new ConfigurationError(`${given.source}${value} is not usable: it ${issue?.message ?? 'has no meaning here'}.`);
}

/** The token is printed in public documents; whoever reaches the port with it can read every object store's keys. */
function refusePublicDefaultToken(values: SettingValues): void {
  if (values.metaServiceToken !== DEFAULT_META_SERVICE_TOKEN || values.allowDefaultToken || isLoopback(values.host)) return;
  throw new ConfigurationError(
    `Host ${values.host} is reachable from other machines while META_SERVICE_TOKEN is the published default: ` +
      'set META_SERVICE_TOKEN, or ask for it by name with --allow-default-token-on-public-interface.',
  );
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
