import type { z } from 'zod';

/** One value that whoever starts a process may choose: by environment variable, and by flag unless it is a secret. */
export interface Setting<S extends z.ZodType = z.ZodType> {
  readonly variable: string;
  /** Without the leading `--`. Secrets have none: other users can read a command line. */
  readonly flag?: string;
  /** How the flag's value is called in `--help`; absent for a switch, which needs none. */
  readonly placeholder?: string;
  readonly repeatable?: true;
  readonly secret?: true;
  readonly help: string;
  /** What `--help` shows; the value itself is the schema's. */
  readonly byDefault?: string;
  readonly schema: S;
}

/** Flags as the command line gave them: by name, repeated ones in order. */
export type Flags = Readonly<Record<string, readonly string[]>>;
export type Environment = Readonly<Record<string, string | undefined>>;

export interface GivenValue {
  /** The words for an error message: the flag or the variable that the value came from. */
  readonly source: string;
  readonly values: readonly string[];
}

/** A flag wins over its variable. An empty variable is one that was not set, except where a secret was meant. */
export function givenValue(setting: Setting, flags: Flags, environment: Environment): GivenValue | undefined {
  const fromFlag = setting.flag === undefined ? undefined : flags[setting.flag];
  if (fromFlag !== undefined) return { source: `--${setting.flag ?? ''}`, values: fromFlag };
  const fromEnvironment = environment[setting.variable];
  if (fromEnvironment === undefined) return undefined;
  if (fromEnvironment === '' && setting.secret === undefined) return undefined;
  const values = setting.repeatable === true ? fromEnvironment.split(',') : [fromEnvironment];
  return { source: setting.variable, values: values.map((value) => (setting.secret === true ? value : value.trim())) };
}
