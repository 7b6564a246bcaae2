import { Module, type DynamicModule } from '@nestjs/common';
import type { HealthCheck } from './health.js';
import { HEALTH_CHECKS, HealthController } from './health.controller.js';

@Module({})
export class HealthModule {
  /** `checks` is read at every request, so components may join while the process starts. */
  static of(checks: readonly HealthCheck[]): DynamicModule {
    return {
      module: HealthModule,
      controllers: [HealthController],
      providers: [{ provide: HEALTH_CHECKS, useValue: checks }],
    };
  }
}
