import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../../api-ports.js';
import { given } from '../given.js';
import { InstanceCommands, type InstanceOutcome } from '../instance-commands.js';
import { RenameInstanceCommand } from './rename-instance.command.js';

@CommandHandler(RenameInstanceCommand)
export class RenameInstanceHandler implements ICommandHandler<RenameInstanceCommand> {
  constructor(
    @Inject(InstanceCommands) private readonly instances: InstanceCommands,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ instanceId, name, context }: RenameInstanceCommand): Promise<InstanceOutcome> {
    const at = this.clock.unixSeconds();
    return this.instances.execute({ kind: 'RenameInstance', ...given({ instanceId, name }), at }, context);
  }
}
