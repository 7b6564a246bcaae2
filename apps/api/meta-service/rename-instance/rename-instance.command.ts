import { Command } from '@nestjs/cqrs';
import type { CommandContext } from '#events/runner/runner.types.js';
import type { InstanceOutcome } from '../instance-commands.js';

export class RenameInstanceCommand extends Command<InstanceOutcome> {
  constructor(
    readonly instanceId: string | undefined,
    readonly name: string | undefined,
    readonly context: CommandContext,
  ) {
    super();
  }
}
