import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../../api-ports.js';
import { given } from '../given.js';
import { InstanceCommands, type InstanceOutcome } from '../instance-commands.js';
import { SetInstanceStatusCommand } from './set-instance-status.command.js';

@CommandHandler(SetInstanceStatusCommand)
export class SetInstanceStatusHandler implements ICommandHandler<SetInstanceStatusCommand> {
  constructor(
    @Inject(InstanceCommands) private readonly instances: InstanceCommands,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ instanceId, op, context }: SetInstanceStatusCommand): Promise<InstanceOutcome> {
    const at = this.clock.unixSeconds();
    return this.instances.execute({ kind: 'SetInstanceStatus', ...given({ instanceId }), op, at }, context);
  }
}
