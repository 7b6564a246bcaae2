import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLakeledger, type TestLakeledger } from '#test/support/lakeledger.js';

const objectStore = {
  ak: 'AK',
  sk: 'SK',
  bucket: 'warehouse',
  prefix: '/lake/',
  endpoint: 'cos.example.com',
  external_endpoint: 'public.cos.example.com',
  region: 'ap-north',
  provider: 'COS',
};

/** Contract meta-service, sections 4.3 and 4.5, from the socket to the database and back. */
describe('the life of an instance', () => {
  let lakeledger: TestLakeledger;
  beforeAll(async () => {
    lakeledger = await startTestLakeledger();
  });
  afterAll(() => lakeledger.stop());

  const get = async (instance_id: string) => (await lakeledger.metaService.ask('get_instance', { instance_id })).result;
  const call = (op: string, body: object, headers: Readonly<Record<string, string>> = {}) =>
    lakeledger.metaService.call(op, body, headers);

  it('is seen by every read that starts after the reply', async () => {
    const instance_id = 'lifecycle';
    const ok = { status: 200, code: 'OK' };

    expect(await call('create_instance', { instance_id, name: 'n', user_id: 'u', obj_info: objectStore })).toMatchObject(ok);
    expect(await get(instance_id)).toMatchObject({ status: 'NORMAL', obj_info: [{ id: '1', ak: 'AK', sk: 'SK', prefix: 'lake' }] });

    expect(await call('set_instance_status', { instance_id, op: 'SET_OVERDUE' })).toMatchObject(ok);
    expect(await get(instance_id)).toMatchObject({ status: 'OVERDUE' });

    expect(await call('enable_instance_sse', { instance_id })).toMatchObject(ok);
    expect(await get(instance_id)).toMatchObject({ sse_enabled: true, obj_info: [{ sse_enabled: true }] });

    expect(await call('rename_instance', { instance_id, name: 'm' })).toMatchObject(ok);
    expect(await get(instance_id)).toMatchObject({ name: 'm' });

    expect(await call('drop_instance', { instance_id })).toMatchObject(ok);
    expect(await get(instance_id)).toMatchObject({ status: 'DELETED' });

    expect(await call('create_instance', { instance_id })).toMatchObject({ status: 409, code: 'ALREADY_EXISTED' });
  });

  it('gets the first answer again for the same Idempotency-Key, and 422 for another request', async () => {
    const key = { 'idempotency-key': 'once' };
    const create = { instance_id: 'idempotent' };
    for (const _ of [1, 2, 3]) expect(await call('create_instance', create, key)).toMatchObject({ status: 200, code: 'OK' });
    expect(await call('create_instance', create)).toMatchObject({ status: 409 });
    expect(await call('create_instance', { instance_id: 'another' }, key)).toMatchObject({
      status: 422,
      code: 'INVALID_ARGUMENT',
    });
  });

  it('takes a text with U+0000 and gives it back', async () => {
    expect(await call('create_instance', { instance_id: 'nul', name: 'a\0b' })).toMatchObject({ status: 200 });
    expect(await get('nul')).toMatchObject({ name: 'a\0b' });
  });

  it('begins with an id that the indexes of PostgreSQL can hold', async () => {
    // Of random letters, for PostgreSQL would squeeze equal ones into any index.
    const longest = randomBytes(128).toString('hex');
    expect(await call('create_instance', { instance_id: longest })).toMatchObject({ status: 200 });
    expect(await get(longest)).toMatchObject({ instance_id: longest });
    for (const instance_id of [`${longest}0`, randomBytes(10_000).toString('hex')]) {
      expect(await call('create_instance', { instance_id })).toMatchObject({ status: 400, code: 'INVALID_ARGUMENT' });
      expect(await call('drop_instance', { instance_id })).toMatchObject({ status: 404 });
    }
  });
});
