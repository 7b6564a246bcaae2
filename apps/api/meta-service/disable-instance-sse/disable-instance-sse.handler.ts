import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../../api-ports.js';
import { given } from '../given.js';
import { InstanceCommands, type InstanceOutcome } from '../instance-commands.js';
import { DisableInstanceSseCommand } from './disable-instance-sse.command.js';

@CommandHandler(DisableInstanceSseCommand)
export class DisableInstanceSseHandler implements ICommandHandler<DisableInstanceSseCommand> {
  constructor(
    @Inject(InstanceCommands) private readonly instances: InstanceCommands,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ instanceId, context }: DisableInstanceSseCommand): Promise<InstanceOutcome> {
    const at = this.clock.unixSeconds();
    return this.instances.execute({ kind: 'DisableInstanceSse', ...given({ instanceId }), at }, context);
  }
}
