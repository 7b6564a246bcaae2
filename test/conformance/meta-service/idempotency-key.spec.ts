import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, type MetaServiceCall } from '#test/support/meta-service-client.js';
import { existed, invalid, keyReused, notFound, OK } from '#test/support/meta-service-replies.js';
import { race, startTwoServers, type TwoServers } from '#test/support/two-servers.js';
import { objectStore } from './instance.js';

const reused = keyReused('the Idempotency-Key was used for another request');
const overdue = (instance_id: string) => call('set_instance_status', { instance_id, op: 'SET_OVERDUE' });
const drop = (instance_id: string) => call('drop_instance', { instance_id });
const create = (instance_id: string, more: object = {}) => call('create_instance', { instance_id, ...more });
const withKey = (key: string, keyed: MetaServiceCall): MetaServiceCall => ({ ...keyed, headers: { 'idempotency-key': key } });

/** Guarantee 6 of the design, on two servers and one database: whichever of them a repeat reaches, it is one request. */
describe('an Idempotency-Key', () => {
  let servers: TwoServers;
  beforeAll(async () => {
    servers = await startTwoServers();
  });
  afterAll(() => servers.stop());

  it('gives the first answer again, on every server', async () => {
    const once = withKey('again', create('again', { vault: { obj_info: objectStore } }));
    expect(await servers.first(once)).toEqual(OK);
    expect(await servers.first(once)).toEqual(OK);
    expect(await servers.second(once)).toEqual(OK);
    expect(await servers.second(create('again'))).toEqual(existed('instance already existed, instance_id=again'));
    expect(await servers.eventsOf('again')).toEqual(['InstanceCreated']);
  });

  it('makes one create of 100 that race', async () => {
    const once = withKey('creates', create('creates', { obj_info: objectStore }));
    const replies = await race(servers, Array<MetaServiceCall>(100).fill(once));
    expect(replies).toEqual(Array(100).fill(OK));
    expect(await servers.eventsOf('creates')).toEqual(['InstanceCreated']);
  });

  it('makes one drop of 100 that race, each of which would succeed by itself', async () => {
    await servers.first(create('drops'));
    const replies = await race(servers, Array<MetaServiceCall>(100).fill(withKey('drops', drop('drops'))));
    expect(replies).toEqual(Array(100).fill(OK));
    expect(await servers.eventsOf('drops')).toEqual(['InstanceCreated', 'InstanceDropped']);
  });

  it('lets one of two requests win that race for it, and refuses every repeat of the other', async () => {
    await servers.first(create('either'));
    const rename = (name: string) => withKey('either', call('rename_instance', { instance_id: 'either', name }));
    const [lake, sea] = [rename('lake'), rename('sea')];
    // By pairs, so that either server gets both requests.
    const calls = Array.from({ length: 25 }, () => [lake, lake, sea, sea]).flat();
    const replies = await race(servers, calls);
    const statusesOf = (of: MetaServiceCall) => new Set(replies.filter((_, index) => calls[index] === of).map(({ status }) => status));
    expect([...statusesOf(lake), ...statusesOf(sea)].toSorted()).toEqual([200, 422]);
    expect(await servers.eventsOf('either')).toEqual(['InstanceCreated', 'InstanceRenamed']);
  });

  it('gives a rejection again, although the request would succeed by now', async () => {
    const early = withKey('early', overdue('early'));
    const absent = notFound('instance not existed, instance_id=early, err=KeyNotFound');
    expect(await servers.first(early)).toEqual(absent);
    expect(await servers.first(create('early'))).toEqual(OK);
    expect(await servers.first(early)).toEqual(absent);
    expect(await servers.second(early)).toEqual(absent);
    expect(await servers.second(overdue('early'))).toEqual(OK);
  });

  it('gives a success again, although the request would be rejected by now', async () => {
    const once = withKey('late', overdue('late'));
    await servers.first(create('late'));
    expect(await servers.first(once)).toEqual(OK);
    expect(await servers.second(overdue('late'))).toEqual(
      invalid('the instance has already set  instance to overdue, instance_id = late'),
    );
    expect(await servers.second(once)).toEqual(OK);
  });

  it('gives the answer again of a request that changed nothing', async () => {
    const rename = (name: string) => call('rename_instance', { instance_id: 'same', name });
    const same = withKey('same', rename('lake'));
    await servers.first(create('same', { name: 'lake' }));
    expect(await servers.first(same)).toEqual(OK);
    await servers.first(rename('sea'));
    expect(await servers.first(same)).toEqual(OK);
    expect(await servers.eventsOf('same')).toEqual(['InstanceCreated', 'InstanceRenamed']);
  });

  describe('that was used already', () => {
    beforeAll(async () => {
      await servers.first(withKey('used', create('used')));
    });

    it.each<[string, MetaServiceCall]>([
      ['another body', create('used-otherwise')],
      ['the same members in another order', call('create_instance', '{ "instance_id": "used" }')],
      ['another op with the same body', drop('used')],
      ['a request that would be rejected', create('used', { vault: {} })],
    ])('refuses %s', async (_, other) => {
      expect(await servers.first(withKey('used', other))).toEqual(reused);
      expect(await servers.second(withKey('used', other))).toEqual(reused);
      expect(await servers.eventsOf('used')).toEqual(['InstanceCreated']);
      expect(await servers.eventsOf('used-otherwise')).toEqual([]);
    });

    it('takes the op with v1/, and any method, for the same request', async () => {
      const { body = '' } = create('used');
      expect(await servers.second(withKey('used', call('v1/create_instance', body, { method: 'POST' })))).toEqual(OK);
    });

    it('does not keep a getter from answering', async () => {
      const get = withKey('used', { op: 'get_instance', query: { instance_id: 'used' } });
      expect(await servers.first(get)).toMatchObject({ status: 200 });
    });
  });

  it('is not used up by a body that could not be read', async () => {
    expect((await servers.first(withKey('unread', call('create_instance', '{')))).status).toBe(400);
    expect(await servers.first(withKey('unread', create('unread')))).toEqual(OK);
  });

  it.each([
    ['empty', ''],
    ['of 256 characters', 'k'.repeat(256)],
    ['with a control character', 'a\tb'],
  ])('that is %s is refused', async (_, key) => {
    expect(await servers.first(withKey(key, create('unusable')))).toEqual(
      invalid('invalid Idempotency-Key: expected 1 to 255 bytes without control characters'),
    );
    expect(await servers.eventsOf('unusable')).toEqual([]);
  });
});
