import { Option, type Command } from 'commander';
import type { Flags, Setting } from '#configuration/setting.js';
import { SETTINGS } from '#configuration/settings.js';

const settings: readonly Setting[] = Object.values<Setting>(SETTINGS);

/** Gives a command every flag of the configuration, and the variables that have none as part of its help. */
export function addConfigurationOptions(command: Command): Command {
  for (const setting of settings) {
    const option = optionOf(setting);
    if (option) command.addOption(option);
  }
  const variables = settings.filter((setting) => setting.flag === undefined).map(variableLine);
  return command.addHelpText('after', `\nEnvironment variables without a flag for their value:\n${variables.join('\n')}`);
}

/** The flags that were given, as the configuration reads them. */
export function givenFlags(command: Command): Flags {
  const values: Readonly<Record<string, unknown>> = command.opts();
  return Object.fromEntries(
    settings.flatMap((setting) => {
      const option = optionOf(setting);
      const value = option && values[option.attributeName()];
      if (option === undefined || value === undefined) return [];
      return [[option.long?.slice(2) ?? '', Array.isArray(value) ? value.map(String) : ['on']]];
    }),
  );
}

function optionOf(setting: Setting): Option | undefined {
  if (setting.flag === undefined) return undefined;
  const help = `${setting.help} (${setting.variable}${setting.byDefault === undefined ? '' : `, default ${setting.byDefault}`})`;
  if (setting.placeholder === undefined) return new Option(`--${setting.flag}`, help);
  return new Option(`--${setting.flag} <${setting.placeholder}>`, help).argParser(collect);
}

/** All of them are kept: whether a flag may come twice is for the configuration to say. */
const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), value];

const variableLine = ({ variable, help, byDefault }: Setting): string =>
  `  ${variable.padEnd(20)}${help}${byDefault === undefined ? '' : ` (default ${byDefault})`}`;
