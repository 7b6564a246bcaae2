import { Command, CommanderError } from 'commander';
import { readConfiguration, type Configuration } from '#configuration/configuration.js';
import { addConfigurationOptions, givenFlags } from './configuration-options.js';
import { exitWith } from './exit.js';
import { rebuildInstancesCommand } from './rebuild/rebuild-instances.command.js';
import { start } from './start/start.command.js';

type Run = (configuration: Configuration) => Promise<void>;

const program = new Command('lakeledger').description('Event-sourced control plane for a lakehouse');

/** A subcommand that is run with the configuration its flags and the environment make. */
function addCommand(parent: Command, name: string, description: string, run: Run): void {
  addConfigurationOptions(parent.command(name).description(description)).action(async (_options: object, command: Command) => {
    await run(readConfiguration(givenFlags(command), process.env));
  });
}

addCommand(program, 'start', 'run everything in one process: PostgreSQL, ledger, projector, api', start);
const rebuild = program.command('rebuild').description('make read models anew from the ledger');
addCommand(rebuild, 'instances', 'the read model of instances, object stores, vaults, clusters and nodes', rebuildInstancesCommand);

/** Commander would print and exit by itself, with codes of its own. */
function takeOverExits(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined }).allowExcessArguments(false);
  for (const subcommand of command.commands) takeOverExits(subcommand);
}

takeOverExits(program);
try {
  await program.parseAsync();
  process.exit(0);
} catch (error) {
  const wasAnswered = error instanceof CommanderError && error.exitCode === 0;
  exitWith(wasAnswered ? undefined : error);
}
