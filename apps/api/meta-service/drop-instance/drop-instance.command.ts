import { Command } from '@nestjs/cqrs';
import type { CommandContext } from '#events/runner/runner.types.js';
import type { InstanceOutcome } from '../instance-commands.js';

export class DropInstanceCommand extends Command<InstanceOutcome> {
  constructor(
    readonly instanceId: string | undefined,
    readonly context: CommandContext,
  ) {
    super();
  }
}
