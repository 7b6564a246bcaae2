import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../../api-ports.js';
import { given } from '../given.js';
import { InstanceCommands, type InstanceOutcome } from '../instance-commands.js';
import { DropInstanceCommand } from './drop-instance.command.js';

@CommandHandler(DropInstanceCommand)
export class DropInstanceHandler implements ICommandHandler<DropInstanceCommand> {
  constructor(
    @Inject(InstanceCommands) private readonly instances: InstanceCommands,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ instanceId, context }: DropInstanceCommand): Promise<InstanceOutcome> {
    const at = this.clock.unixSeconds();
    return this.instances.execute({ kind: 'DropInstance', ...given({ instanceId }), at }, context);
  }
}
