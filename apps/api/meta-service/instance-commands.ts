import { Inject, Injectable } from '@nestjs/common';
import { decide } from '#domain/decider.js';
import type { InstanceCommand } from '#domain/instance/instance.commands.js';
import { INSTANCE_ID } from '#domain/instance/instance.creation.js';
import { instanceDecider, type InstanceAggregate } from '#domain/instance/instance.decider.js';
import type { CommandContext, CommandRunner, ExecuteOutcome } from '#events/runner/runner.types.js';
import { COMMAND_RUNNER } from '../api-ports.js';
import { instanceAggregate } from '#events/catalogue/instance.aggregate.js';

export type InstanceOutcome = ExecuteOutcome<InstanceAggregate>;

/** Runs a command on the instance that it names. */
@Injectable()
export class InstanceCommands {
  constructor(@Inject(COMMAND_RUNNER) private readonly runner: CommandRunner) {}

  async execute(command: InstanceCommand, context: CommandContext): Promise<InstanceOutcome> {
    const { instanceId = '' } = command;
    return INSTANCE_ID.test(instanceId)
      ? this.runner.execute(instanceAggregate, instanceId, command, context)
      : decideWithoutStream(command);
  }
}

/**
 * No instance can have an id outside the pattern (contract, D-15), so that its stream is known to be empty: the ledger
 * is not asked, and never sees a name that is empty, or that PostgreSQL could not hold.
 */
function decideWithoutStream(command: InstanceCommand): InstanceOutcome {
  const decision = decide(instanceDecider, command, instanceDecider.initial);
  if (decision.kind === 'accepted') throw new Error(`${command.kind} was accepted for an id that no instance can have`);
  return decision;
}
