import { All, Controller, Inject, Req, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { ApiConfiguration } from '../api-configuration.js';
import type { ApiObserver } from '../api-observer.js';
import { API_CONFIGURATION, API_LOGGER, API_OBSERVER } from '../api-ports.js';
import type { HttpLimits } from '../http/http-limits.js';
import type { QueryParameters } from '../http/query-string.js';
import { readBody } from '../http/read-body.js';
import { failure, OK, type Answer } from './answer.js';
import { answerError } from './command-answers.js';
import { META_SERVICE_ROUTE, operationName, operationPath } from './operation-path.js';
import { operations, type Call, type Operation } from './operations.js';

/** Every call of the Meta Service, whatever its method (contract, section 1). */
@Controller()
export class MetaServiceController {
  private readonly limits: HttpLimits;

  constructor(
    @Inject(CommandBus) private readonly commandBus: CommandBus,
    @Inject(QueryBus) private readonly queryBus: QueryBus,
    @Inject(API_CONFIGURATION) configuration: ApiConfiguration,
    @Inject(API_OBSERVER) private readonly observer: ApiObserver,
    @Inject(API_LOGGER) private readonly logger: Logger,
  ) {
    this.limits = configuration.limits;
  }

  @All(META_SERVICE_ROUTE)
  async take(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const startedAt = performance.now();
    const call = callOf(request);
    const operation = operations.get(call.op);
    const answer = operation === undefined ? OK : await this.run(operation, call, request);
    if (answer === undefined) return;
    const name = operation === undefined ? 'unknown' : call.op;
    this.observer.commandAnswered(name, answer.code, (performance.now() - startedAt) / 1_000);
    // What is left of a body that stopped coming would be taken for the next request.
    if (answer.status === 408) reply.header('connection', 'close');
    reply.code(answer.status).header('content-type', 'application/json; charset=utf-8').send(answer.body);
  }

  /** Undefined when the client is gone. */
  private async run(operation: Operation, call: Call, request: FastifyRequest): Promise<Answer | undefined> {
    try {
      return operation.input === 'query'
        ? await operation.run(request.query as QueryParameters, this.queryBus)
        : await this.runWithBody(operation.run, call, request);
    } catch (error) {
      this.logger.error({ err: error, requestId: request.id, op: call.op }, 'a call failed');
      return answerError(error);
    }
  }

  private async runWithBody(
    run: Extract<Operation, { readonly input: 'body' }>['run'],
    call: Call,
    request: FastifyRequest,
  ): Promise<Answer | undefined> {
    const read = await readBody(request.raw, this.limits);
    switch (read.kind) {
      case 'complete':
        return run(read.body, call, this.commandBus);
      case 'too-large':
        return failure('INVALID_ARGUMENT', `request body is larger than ${this.limits.bodyBytes} bytes`, 413);
      case 'stalled':
        return failure('INVALID_ARGUMENT', `no byte of the request body for ${this.limits.bodyInactivityMs} ms`, 408);
      case 'aborted':
        return undefined;
    }
  }
}

function callOf(request: FastifyRequest): Call {
  const path = operationPath(request.originalUrl) ?? '';
  const op = operationName(path);
  const key = request.headers['idempotency-key'];
  return {
    path,
    op,
    idempotencyKey: Array.isArray(key) ? key.join() : key,
    metadata: { requestId: request.id, principal: 'meta-service-token', remoteAddress: request.ip, operation: op },
  };
}
