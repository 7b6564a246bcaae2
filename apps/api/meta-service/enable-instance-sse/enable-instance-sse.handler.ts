import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CLOCK, type Clock } from '../../api-ports.js';
import { given } from '../given.js';
import { InstanceCommands, type InstanceOutcome } from '../instance-commands.js';
import { EnableInstanceSseCommand } from './enable-instance-sse.command.js';

@CommandHandler(EnableInstanceSseCommand)
export class EnableInstanceSseHandler implements ICommandHandler<EnableInstanceSseCommand> {
  constructor(
    @Inject(InstanceCommands) private readonly instances: InstanceCommands,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  execute({ instanceId, context }: EnableInstanceSseCommand): Promise<InstanceOutcome> {
    const at = this.clock.unixSeconds();
    return this.instances.execute({ kind: 'EnableInstanceSse', ...given({ instanceId }), at }, context);
  }
}
