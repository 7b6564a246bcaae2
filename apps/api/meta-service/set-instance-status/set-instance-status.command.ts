import { Command } from '@nestjs/cqrs';
import type { CommandContext } from '#events/runner/runner.types.js';
import type { InstanceOutcome } from '../instance-commands.js';

export class SetInstanceStatusCommand extends Command<InstanceOutcome> {
  constructor(
    readonly instanceId: string | undefined,
    /** The number of the wanted operation in the upstream enum, 0 when missing or unknown (contract, 5.4, D-17). */
    readonly op: number,
    readonly context: CommandContext,
  ) {
    super();
  }
}
