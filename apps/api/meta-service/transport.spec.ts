import { METHODS } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, TOKEN } from '../api.testing.js';
import type { RunningApi } from '../http/start-api.js';
import { exchange, rawRequest, RawConnection, type RawResponse } from '../http/raw-http.testing.js';

const BARE_SUCCESS = '{\n    "code": "OK",\n    "msg": ""\n}\n';
const MISSING_ID = '{\n    "code": "INVALID_ARGUMENT",\n    "msg": "instance id not set"\n}\n';
const authorized = (path: string): string => `${path}?token=${encodeURIComponent(TOKEN)}`;

describe('the transport of the Meta Service (contract, section 1)', () => {
  let api: RunningApi;
  const send = (request: string | Buffer): Promise<RawResponse> => exchange(api.urls[0] ?? '', request);
  const drop = authorized('/MetaService/http/drop_instance');

  beforeAll(async () => {
    api = await startTestApi();
  });
  afterAll(() => api.close());

  describe('1.1 URL, methods, path forms', () => {
    // Node answers CONNECT by itself; a response to HEAD has no body to compare.
    const methods = METHODS.filter((method) => method !== 'CONNECT' && method !== 'HEAD');

    it.each(methods)('never looks at the method: %s reads its body', async (method) => {
      const response = await send(rawRequest(method, drop, '{"instance_id": ""}'));
      expect(response).toMatchObject({ status: 400, body: MISSING_ID });
    });

    it.each([
      '/MetaService/http/drop_instance',
      '/MetaService/http/v1/drop_instance',
      '//MetaService//http//v1//drop_instance//',
      '/MetaService/http/drop_instance/',
    ])('reaches drop_instance by %s', async (path) => {
      expect(await send(rawRequest('PUT', authorized(path), '{}'))).toMatchObject({ status: 400, body: MISSING_ID });
    });

    it.each([
      ['an op that there is none of', '/MetaService/http/no_such_op'],
      ['another version', '/MetaService/http/v2/drop_instance'],
      ['a version in capitals', '/MetaService/http/V1/drop_instance'],
      ['an op in capitals', '/MetaService/http/DROP_INSTANCE'],
      ['an op with a further segment', '/MetaService/http/drop_instance/x'],
      ['an op named like a member of every object', '/MetaService/http/constructor'],
      ['an escape that is none', '/MetaService/http/%zz'],
      ['an empty op', '/MetaService/http'],
      ['a version without an op', '/MetaService/http/v1/'],
    ])('answers %s with the plain success', async (_, path) => {
      expect(await send(rawRequest('POST', authorized(path), '{'))).toMatchObject({ status: 200, body: BARE_SUCCESS });
    });

    it.each(['/MetaService', '/MetaService/https/drop_instance', '/metaservice/http/drop_instance', '/'])(
      'knows nothing of %s',
      async (path) => {
        expect(await send(rawRequest('GET', authorized(path)))).toMatchObject({ status: 404 });
      },
    );

    it('takes the input of get_instance from the query and ignores its body', async () => {
      const response = await send(rawRequest('POST', authorized('/MetaService/http/get_instance'), '[]'));
      expect(response.status).toBe(400);
      expect(response.body).toContain('empty instance_id and cloud_unique_id');
    });
  });

  describe('1.2 authentication', () => {
    it.each([
      ['a wrong token', '?token=guess', 'guess'],
      ['a token of the right length', '?token=TEST%20TOKEN', 'TEST TOKEN'],
      ['no token', '', '(not given)'],
      ['an empty token', '?token=', '(not given)'],
      ['a token without a value', '?token', '(not given)'],
      ['a right token followed by a wrong one', `?token=test%20token&token=x`, 'x'],
    ])('refuses %s as plain text', async (_, query, shown) => {
      const response = await send(rawRequest('PUT', `/MetaService/http/drop_instance${query}`, '{}'));
      expect(response).toMatchObject({ status: 403, body: `incorrect token, token=${shown}\n` });
      expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    });

    it('refuses before it looks at the op', async () => {
      expect(await send(rawRequest('PUT', '/MetaService/http/no_such_op?token=x'))).toMatchObject({ status: 403 });
    });

    it('refuses before it reads the body', async () => {
      const head = rawRequest('PUT', '/MetaService/http/drop_instance?token=x', '', { 'content-length': '100' });
      expect(await send(head)).toMatchObject({ status: 403 });
    });

    it('takes nothing from headers', async () => {
      const headers = { token: TOKEN, authorization: `Bearer ${TOKEN}` };
      const response = await send(rawRequest('PUT', '/MetaService/http/drop_instance', '{}', headers));
      expect(response).toMatchObject({ status: 403 });
    });

    it('counts the last of two tokens', async () => {
      const target = `/MetaService/http/no_such_op?token=x&token=${encodeURIComponent(TOKEN)}`;
      expect(await send(rawRequest('PUT', target))).toMatchObject({ status: 200 });
    });
  });

  describe('1.3 Content-Type and body', () => {
    it.each([
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json',
      'application/json; charset=latin1',
      'multipart/form-data',
      'no media type at all',
    ])('reads JSON whatever the Content-Type: %s', async (type) => {
      const response = await send(rawRequest('POST', drop, '{"instance_id": ""}', { 'content-type': type }));
      expect(response).toMatchObject({ status: 400, body: MISSING_ID });
    });

    it('reads JSON without a Content-Type', async () => {
      expect(await send(rawRequest('POST', drop, '{"instance_id": ""}'))).toMatchObject({ status: 400, body: MISSING_ID });
    });

    it('reads a chunked body that comes in pieces', async () => {
      const connection = await RawConnection.open(api.urls[0] ?? '');
      connection.send(rawRequest('DELETE', drop, '', { 'transfer-encoding': 'chunked' }));
      connection.send('9\r\n{"instanc\r\n');
      connection.send('a\r\ne_id": ""}\r\n0\r\n\r\n');
      expect(await connection.response()).toMatchObject({ status: 400, body: MISSING_ID });
      connection.close();
    });

    it('takes no body for an empty one, which is no JSON', async () => {
      const response = await send(rawRequest('GET', drop));
      expect(response.status).toBe(400);
      expect(response.body).toContain(`parse http request 'drop_instance': INVALID_ARGUMENT:`);
    });

    it('repeats the op in a parse error as it was given', async () => {
      const response = await send(rawRequest('PUT', authorized('//MetaService/http//v1/drop_instance/'), '{'));
      expect(response.body).toContain(`parse http request 'v1/drop_instance': INVALID_ARGUMENT:`);
    });

    it('answers pipelined requests in their order', async () => {
      const connection = await RawConnection.open(api.urls[0] ?? '');
      connection.send(rawRequest('PUT', drop, '{}') + rawRequest('GET', authorized('/MetaService/http/no_such_op')));
      expect(await connection.response()).toMatchObject({ status: 400 });
      expect(await connection.response()).toMatchObject({ status: 200 });
      connection.close();
    });
  });

  describe('1.4 the envelope', () => {
    it('comes as JSON', async () => {
      const { headers } = await send(rawRequest('GET', authorized('/MetaService/http/no_such_op')));
      expect(headers.get('content-type')).toMatch(/^application\/json/);
    });
  });

  describe('query parameters', () => {
    const asked = async (query: string): Promise<string> => {
      const target = `${authorized('/MetaService/http/get_instance')}&${query}`;
      return (await send(rawRequest('GET', target))).body;
    };

    // No instance can have an id with a blank, so nothing behind the wire is asked for these.
    it('are percent-decoded', async () => {
      expect(await asked('instance_id=a%20b%2Fc')).toContain('instance_id=a b/c err=KeyNotFound');
    });

    it('are taken as they are when an escape is broken', async () => {
      expect(await asked('instance_id=100%')).toContain('instance_id=100% err=KeyNotFound');
    });

    it('keep a plus sign', async () => {
      expect(await asked('instance_id=a+b')).toContain('instance_id=a+b err=KeyNotFound');
    });

    it('count the last time they are given', async () => {
      expect(await asked('instance_id=a%20a&instance_id=b%20b')).toContain('instance_id=b b err=KeyNotFound');
    });
  });
});
