import { Command } from '@nestjs/cqrs';
import type { CommandContext } from '#events/runner/runner.types.js';
import type { InstanceOutcome } from '../instance-commands.js';
import type { CreateInstanceRequest } from '../wire/requests.js';

/** Carries the request as it was read: its secrets are in clear until the handler has sealed them. */
export class CreateInstanceCommand extends Command<InstanceOutcome> {
  constructor(
    readonly request: CreateInstanceRequest,
    readonly context: CommandContext,
  ) {
    super();
  }
}
