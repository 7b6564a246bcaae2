import { Module } from '@nestjs/common';
import { CreateInstanceHandler } from './create-instance/create-instance.handler.js';
import { DisableInstanceSseHandler } from './disable-instance-sse/disable-instance-sse.handler.js';
import { DropInstanceHandler } from './drop-instance/drop-instance.handler.js';
import { EnableInstanceSseHandler } from './enable-instance-sse/enable-instance-sse.handler.js';
import { CloudUniqueIdResolver } from './get-instance/cloud-unique-id.resolver.js';
import { GetInstanceHandler } from './get-instance/get-instance.handler.js';
import { InstanceLookup } from './get-instance/instance-lookup.js';
import { InstancePresenter } from './get-instance/present-instance.js';
import { InstanceCommands } from './instance-commands.js';
import { MetaServiceController } from './meta-service.controller.js';
import { RenameInstanceHandler } from './rename-instance/rename-instance.handler.js';
import { SetInstanceStatusHandler } from './set-instance-status/set-instance-status.handler.js';

@Module({
  controllers: [MetaServiceController],
  providers: [
    InstanceCommands,
    CreateInstanceHandler,
    DropInstanceHandler,
    SetInstanceStatusHandler,
    EnableInstanceSseHandler,
    DisableInstanceSseHandler,
    RenameInstanceHandler,
    GetInstanceHandler,
    InstanceLookup,
    InstancePresenter,
    CloudUniqueIdResolver,
  ],
})
export class MetaServiceModule {}
