import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { readiness, type HealthCheck } from './health.js';

export const HEALTH_CHECKS = Symbol('HealthChecks');

/** For whoever keeps the process running: `live` asks for a restart by not answering, `ready` decides on traffic. */
@Controller('health')
export class HealthController {
  constructor(@Inject(HEALTH_CHECKS) private readonly checks: readonly HealthCheck[]) {}

  @Get('live')
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const answer = await readiness(this.checks);
    await reply.code(answer.status === 'not ready' ? 503 : 200).send(answer);
  }
}
