import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import type { ApiDependencies } from '../api.module.js';
import { startTestApi, TOKEN, unreachedDependencies } from '../api.testing.js';
import { defaultHttpLimits, type HttpLimits } from './http-limits.js';
import { exchange, RawConnection, rawRequest } from './raw-http.testing.js';
import type { RunningApi } from './start-api.js';

const DROP = `/MetaService/http/drop_instance?token=${encodeURIComponent(TOKEN)}`;
const UNKNOWN = `/MetaService/http/no_such_op?token=${encodeURIComponent(TOKEN)}`;

describe('the HTTP server', () => {
  let api: RunningApi | undefined;
  const connections: RawConnection[] = [];

  afterEach(async () => {
    for (const connection of connections.splice(0)) connection.close();
    await api?.close();
    api = undefined;
  });

  const start = async (dependencies: Partial<ApiDependencies> = {}, ports = [0]): Promise<readonly string[]> => {
    api = await startTestApi(dependencies, ports);
    return api.urls;
  };
  const withLimits = (limits: Partial<HttpLimits>): Partial<ApiDependencies> => ({
    configuration: { ...unreachedDependencies.configuration, limits: { ...defaultHttpLimits, ...limits } },
  });
  const open = async (url = ''): Promise<RawConnection> => {
    const connection = await RawConnection.open(url);
    connections.push(connection);
    return connection;
  };

  describe('listening', () => {
    it('answers on every port it was given', async () => {
      const urls = await start({}, [0, 0]);
      expect(new Set(urls).size).toBe(2);
      for (const url of urls) expect(await exchange(url, rawRequest('GET', UNKNOWN))).toMatchObject({ status: 200 });
    });

    it('does not start when a port is taken, and gives back those it had', async () => {
      const taken = createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const { port } = taken.address() as AddressInfo;
      await expect(startTestApi({}, [0, port])).rejects.toThrow('EADDRINUSE');
      taken.close();
    });
  });

  describe('limits', () => {
    const tooLarge = { status: 413, body: '{\n    "code": "INVALID_ARGUMENT",\n    "msg": "request body is larger than 100 bytes"\n}\n' };

    it('takes a body of exactly the limit', async () => {
      const [url] = await start(withLimits({ bodyBytes: 100 }));
      const response = await exchange(url ?? '', rawRequest('PUT', DROP, '{}'.padEnd(100)));
      expect(response.body).toContain('instance id not set');
    });

    it('refuses a body that announces itself as larger, before it comes', async () => {
      const [url] = await start(withLimits({ bodyBytes: 100 }));
      const head = rawRequest('PUT', DROP, '', { 'content-length': '101' });
      expect(await exchange(url ?? '', head)).toMatchObject(tooLarge);
    });

    it('refuses a chunked body as soon as it is larger', async () => {
      const [url] = await start(withLimits({ bodyBytes: 100 }));
      const connection = await open(url);
      connection.send(`${rawRequest('PUT', DROP, '', { 'transfer-encoding': 'chunked' })}65\r\n${'x'.repeat(101)}\r\n`);
      expect(await connection.response()).toMatchObject(tooLarge);
    });

    it('lets a client finish sending what was refused, and use the connection again', async () => {
      const [url] = await start(withLimits({ bodyBytes: 100 }));
      const connection = await open(url);
      connection.send(rawRequest('PUT', DROP, 'x'.repeat(1_000_000)));
      connection.send(rawRequest('GET', UNKNOWN));
      expect(await connection.response()).toMatchObject(tooLarge);
      expect(await connection.response()).toMatchObject({ status: 200 });
    });

    it('closes the connection of a client that does not finish sending what was refused', async () => {
      const [url] = await start(withLimits({ bodyBytes: 100 }));
      const connection = await open(url);
      connection.send(rawRequest('PUT', DROP, '', { 'content-length': '101' }));
      expect(await connection.response()).toMatchObject(tooLarge);
      await connection.closed;
    });

    it('closes the connection of a client without the token that goes on sending', async () => {
      const [url] = await start();
      const connection = await open(url);
      connection.send(rawRequest('PUT', '/MetaService/http/drop_instance', '', { 'content-length': '1000' }));
      expect(await connection.response()).toMatchObject({ status: 403 });
      await connection.closed;
    });

    it('refuses a body that stops coming', async () => {
      const [url] = await start(withLimits({ bodyInactivityMs: 50 }));
      const connection = await open(url);
      connection.send(`${rawRequest('PUT', DROP, '', { 'content-length': '10' })}{`);
      const { status, body } = await connection.response();
      expect({ status, body }).toEqual({
        status: 408,
        body: '{\n    "code": "INVALID_ARGUMENT",\n    "msg": "no byte of the request body for 50 ms"\n}\n',
      });
      await connection.closed;
    });

    it('refuses headers that are too large', async () => {
      const [url] = await start();
      const headers = { 'x-large': 'x'.repeat(defaultHttpLimits.headerBytes) };
      const response = await exchange(url ?? '', rawRequest('GET', UNKNOWN, '', headers));
      expect(response).toMatchObject({ status: 431, body: expect.stringContaining('"INVALID_ARGUMENT"') });
    });

    it('takes headers just below the limit', async () => {
      const [url] = await start();
      const headers = { 'x-large': 'x'.repeat(defaultHttpLimits.headerBytes - 200) };
      expect(await exchange(url ?? '', rawRequest('GET', UNKNOWN, '', headers))).toMatchObject({ status: 200 });
    });

    it('refuses headers that do not end in time', async () => {
      const [url] = await start(withLimits({ headersMs: 100 }));
      const connection = await open(url);
      connection.send('GET /MetaService/http HTTP/1.1\r\nhost: te');
      expect(await connection.response()).toMatchObject({ status: 408, body: expect.stringContaining('"INVALID_ARGUMENT"') });
      await connection.closed;
    });

    it('refuses what is not HTTP', async () => {
      const [url] = await start();
      expect(await exchange(url ?? '', 'good morning\r\n\r\n')).toMatchObject({ status: 400 });
    });
  });

  describe('request ids', () => {
    const requestIds = (): { ids: (string | undefined)[]; dependencies: Partial<ApiDependencies> } => {
      const ids: (string | undefined)[] = [];
      const dependencies: Partial<ApiDependencies> = {
        commandRunner: {
          ...unreachedDependencies.commandRunner,
          execute: async (_aggregate, _id, _command, { metadata }) => {
            ids.push(metadata.requestId);
            return { kind: 'accepted', version: 1 };
          },
        },
      };
      return { ids, dependencies };
    };

    it.each([
      ['the one that the client gave', 'client-7:42', /^client-7:42$/],
      ['a UUIDv7 instead of one that could not be logged as it is', '" or 1=1', /^[0-9a-f]{8}-[0-9a-f]{4}-7/],
      ['a UUIDv7 instead of one that is too long', 'x'.repeat(129), /^[0-9a-f]{8}-[0-9a-f]{4}-7/],
    ])('are %s', async (_, given, expected) => {
      const { ids, dependencies } = requestIds();
      const [url] = await start(dependencies);
      await exchange(url ?? '', rawRequest('PUT', DROP, '{"instance_id": "prod"}', { 'x-request-id': given }));
      expect(ids).toEqual([expect.stringMatching(expected)]);
    });
  });

  describe('the log', () => {
    it('has the path of a request, and neither its token nor its body nor its headers', async () => {
      const lines: string[] = [];
      const logger = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
      const [url] = await start({ logger });
      const body = '{"instance_id": "", "sk": "BODY-SECRET"}';
      await exchange(url ?? '', rawRequest('PUT', DROP, body, { authorization: 'HEADER-SECRET' }));
      await exchange(url ?? '', rawRequest('PUT', '/MetaService/http/drop_instance?token=WRONG-SECRET', body));
      await api?.close();
      const log = lines.join('');
      expect(log).toContain('"path":"/MetaService/http/drop_instance","status":400');
      expect(log).toContain('"status":403');
      expect(log).not.toContain('SECRET');
      expect(log).not.toContain(encodeURIComponent(TOKEN));
    });
  });

  it('answers nobody, and counts nothing, when the client goes away within its body', async () => {
    const answered: string[] = [];
    const [url] = await start({ observer: { commandAnswered: (name) => answered.push(name) } });
    const connection = await open(url);
    connection.send(rawRequest('GET', UNKNOWN));
    connection.send(`${rawRequest('PUT', DROP, '', { 'content-length': '10' })}{`);
    await connection.response();
    connection.close();
    await connection.closed;
    await api?.close();
    expect(answered).toEqual(['unknown']);
  });

  describe('closing', () => {
    /** A runner that tells when a command has reached it, and answers when it is told to. */
    const heldRunner = () => {
      let reached: () => void = () => {};
      let release: () => void = () => {};
      const hasReached = new Promise<void>((resolve) => (reached = resolve));
      const released = new Promise<void>((resolve) => (release = resolve));
      const commandRunner: ApiDependencies['commandRunner'] = {
        ...unreachedDependencies.commandRunner,
        execute: async () => {
          reached();
          await released;
          return { kind: 'accepted', version: 1 };
        },
      };
      return { commandRunner, hasReached, release };
    };
    const dropProd = rawRequest('PUT', DROP, '{"instance_id": "prod"}');

    it('finishes the requests in flight and tells their clients that the connection ends', async () => {
      const { commandRunner, hasReached, release } = heldRunner();
      const [url] = await start({ commandRunner });
      const connection = await open(url);
      connection.send(dropProd);
      await hasReached;
      const closed = api?.close();
      release();
      const response = await connection.response();
      expect(response).toMatchObject({ status: 200 });
      expect(response.headers.get('connection')).toBe('close');
      await Promise.all([closed, connection.closed]);
    });

    it('closes idle connections, those that never sent a byte included', async () => {
      const [url] = await start();
      const used = await open(url);
      const silent = await open(url);
      used.send(rawRequest('GET', UNKNOWN));
      await used.response();
      await Promise.all([api?.close(), used.closed, silent.closed]);
    });

    it('does not wait for ever for a request that does not end', async () => {
      const { commandRunner, hasReached } = heldRunner();
      const [url] = await start({ ...withLimits({ drainMs: 50 }), commandRunner });
      const connection = await open(url);
      connection.send(dropProd);
      await hasReached;
      await Promise.all([api?.close(), connection.closed]);
    });

    it('forgets the pipelined requests of a client that went away', async () => {
      const { commandRunner, hasReached, release } = heldRunner();
      const [url] = await start({ commandRunner });
      const connection = await open(url);
      connection.send(dropProd + rawRequest('GET', UNKNOWN));
      await hasReached;
      connection.close();
      await connection.closed;
      release();
      await api?.close();
    });
  });
});
