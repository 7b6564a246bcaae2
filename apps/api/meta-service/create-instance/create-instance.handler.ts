import { randomUUID } from 'node:crypto';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CreateInstance } from '#domain/instance/instance.commands.js';
import { instanceAggregate } from '#events/catalogue/instance.aggregate.js';
import type { ApiConfiguration } from '../../api-configuration.js';
import { API_CONFIGURATION, CLOCK, DATA_KEYS, type Clock, type DataKeys } from '../../api-ports.js';
import { given } from '../given.js';
import { InstanceCommands, type InstanceOutcome } from '../instance-commands.js';
import type { CreateInstanceRequest } from '../wire/requests.js';
import { CreateInstanceCommand } from './create-instance.command.js';
import { sealObjectStore, sealRamUser, sealVault, type Seal } from './seal-storage.js';

/** Every instance gets its own data key, stored by the append that creates it: secrets and key exist together or not at all. */
@CommandHandler(CreateInstanceCommand)
export class CreateInstanceHandler implements ICommandHandler<CreateInstanceCommand> {
  constructor(
    @Inject(InstanceCommands) private readonly instances: InstanceCommands,
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(API_CONFIGURATION) private readonly configuration: ApiConfiguration,
  ) {}

  execute({ request, context }: CreateInstanceCommand): Promise<InstanceOutcome> {
    const owner = instanceAggregate.streamName(request.instance_id ?? '');
    const { dataKey, newDataKey } = this.dataKeys.generateDataKey(owner);
    const command = this.toDomain(request, (clear) => dataKey.seal(clear));
    return this.instances.execute(command, { ...context, dataKey: newDataKey, assume: 'new' });
  }

  private toDomain(request: CreateInstanceRequest, seal: Seal): CreateInstance {
    return {
      kind: 'CreateInstance',
      ...given({
        instanceId: request.instance_id,
        name: request.name,
        userId: request.user_id,
        sseEnabled: request.sse_enabled,
        vault: request.vault && sealVault(request.vault, seal),
        objectStore: request.obj_info && sealObjectStore(request.obj_info, seal),
        ramUser: request.ram_user && sealRamUser(request.ram_user, seal),
        hdfsPrefixSuffix: this.configuration.distinguishHdfsPath ? randomUUID() : undefined,
      }),
      at: this.clock.unixSeconds(),
    };
  }
}
