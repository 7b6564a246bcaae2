import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import type { CommandRunner } from '#events/runner/runner.types.js';
import type { ApiConfiguration } from './api-configuration.js';
import type { ApiObserver } from './api-observer.js';
import {
  API_CONFIGURATION,
  API_LOGGER,
  API_OBSERVER,
  CLOCK,
  COMMAND_RUNNER,
  DATA_KEYS,
  FIND_CLAIM,
  INSTANCE_READER,
  type Clock,
  type DataKeys,
  type FindClaim,
} from './api-ports.js';
import type { InstanceReader } from './meta-service/get-instance/instance-reader.js';
import { MetaServiceModule } from './meta-service/meta-service.module.js';

/** Everything that the api needs and does not make itself. */
export interface ApiDependencies {
  readonly configuration: ApiConfiguration;
  readonly logger: Logger;
  readonly observer: ApiObserver;
  readonly clock: Clock;
  readonly commandRunner: CommandRunner;
  readonly instanceReader: InstanceReader;
  readonly dataKeys: DataKeys;
  readonly findClaim: FindClaim;
  /** Routes beside the wire contracts: health, metrics. */
  readonly extraModules?: readonly DynamicModule[];
}

/** Hands the dependencies to the modules of the wire contracts, which ask for them by the tokens of `api-ports.ts`. */
@Module({})
export class ApiModule {
  static register(dependencies: ApiDependencies): DynamicModule {
    const providers = [
      { provide: API_CONFIGURATION, useValue: dependencies.configuration },
      { provide: API_LOGGER, useValue: dependencies.logger },
      { provide: API_OBSERVER, useValue: dependencies.observer },
      { provide: CLOCK, useValue: dependencies.clock },
      { provide: COMMAND_RUNNER, useValue: dependencies.commandRunner },
      { provide: INSTANCE_READER, useValue: dependencies.instanceReader },
      { provide: DATA_KEYS, useValue: dependencies.dataKeys },
      { provide: FIND_CLAIM, useValue: dependencies.findClaim },
    ];
    return {
      module: ApiModule,
      global: true,
      imports: [CqrsModule.forRoot(), MetaServiceModule, ...(dependencies.extraModules ?? [])],
      providers,
      exports: providers.map(({ provide }) => provide),
    };
  }
}
