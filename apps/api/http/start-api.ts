import 'reflect-metadata';
import { METHODS } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { ApiModule, type ApiDependencies } from '../api.module.js';
import { toMetaServiceRoute } from '../meta-service/operation-path.js';
import { tokenCheck } from '../meta-service/token-check.js';
import { Listeners } from './listeners.js';
import { NestLogger } from './nest-logger.js';
import { parseQueryString } from './query-string.js';
import { requestIdOf } from './request-id.js';

export interface ApiOptions extends ApiDependencies {
  readonly host: string;
  /** At least one; 0 picks a free one. */
  readonly ports: readonly number[];
}

export interface RunningApi {
  /** One a port, e.g. `http://127.0.0.1:8080`. */
  readonly urls: readonly string[];
  /** Finishes the requests in flight, then closes every connection. */
  close(): Promise<void>;
}

/** Rejects, with nothing left running, when a port cannot be had. */
export async function startApi(options: ApiOptions): Promise<RunningApi> {
  const app = await createApp(options);
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const listeners = new Listeners((request, response) => fastify.routing(request, response), options.configuration.limits);
  const close = async (): Promise<void> => {
    await listeners.drain();
    await app.close();
  };
  try {
    const urls: string[] = [];
    for (const port of options.ports) urls.push(await listeners.listen(port, options.host));
    return { urls, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function createApp(options: ApiOptions): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    genReqId: requestIdOf,
    rewriteUrl: ({ url = '/' }) => toMetaServiceRoute(url),
    routerOptions: { querystringParser: parseQueryString },
    skipMiddie: true,
  });
  const fastify: FastifyInstance = adapter.getInstance();
  acceptEveryMethod(fastify);
  fastify.addHook('onRequest', tokenCheck(options.configuration.metaServiceToken));
  logRequests(fastify, options.logger);
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.register(options), adapter, {
    logger: new NestLogger(options.logger),
    bodyParser: false,
    abortOnError: false,
  });
  await app.init();
  await fastify.ready();
  return app;
}

/**
 * The method of a call is never looked at (contract meta-service, section 1.1). To Fastify none has a body: it would
 * refuse one for its Content-Type, which means nothing here. Controllers read it themselves (`read-body.ts`).
 */
function acceptEveryMethod(fastify: FastifyInstance): void {
  for (const method of METHODS) {
    if (method !== 'CONNECT') fastify.addHttpMethod(method, { hasBody: false, overrideExisting: true });
  }
}

/** Without query string, headers and bodies: they hold the token and secrets. */
function logRequests(fastify: FastifyInstance, logger: Logger): void {
  if (!logger.isLevelEnabled('debug')) return;
  fastify.addHook('onResponse', (request, reply, done) => {
    const [path] = request.originalUrl.split('?', 1);
    const { id: requestId, method } = request;
    logger.debug({ requestId, method, path, status: reply.statusCode, ms: reply.elapsedTime }, 'answered');
    done();
  });
}
