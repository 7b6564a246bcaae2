import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, type MetaServiceCall } from '#test/support/meta-service-client.js';
import { existed, invalid, OK, type Reply } from '#test/support/meta-service-replies.js';
import { race, startTwoServers, type TwoServers } from '#test/support/two-servers.js';

const RACERS = 40;

/** One success and the same refusal for everybody else, in whatever order they came. */
const oneSuccess = (refusal: Reply): readonly Reply[] => [OK, ...Array<Reply>(RACERS - 1).fill(refusal)];
const successFirst = (replies: readonly Reply[]): readonly Reply[] => replies.toSorted((a, b) => a.status - b.status);

/** Contract, section 4.4: calls on one instance serialize, and a lost race is answered from the fresh state. */
describe('calls that race on two servers', () => {
  let servers: TwoServers;
  beforeAll(async () => {
    servers = await startTwoServers();
  });
  afterAll(() => servers.stop());

  const raceOf = async (op: string, instance_id: string, more: object = {}): Promise<readonly Reply[]> => {
    await servers.first(call('create_instance', { instance_id }));
    return race(servers, Array<MetaServiceCall>(RACERS).fill(call(op, { instance_id, ...more })));
  };

  it('create an instance once', async () => {
    const create = call('create_instance', { instance_id: 'new' });
    const replies = await race(servers, Array<MetaServiceCall>(RACERS).fill(create));
    expect(successFirst(replies)).toEqual(oneSuccess(existed('instance already existed, instance_id=new')));
    expect(await servers.eventsOf('new')).toEqual(['InstanceCreated']);
  });

  it('set a status once', async () => {
    const replies = await raceOf('set_instance_status', 'status', { op: 'SET_OVERDUE' });
    const refusal = invalid('the instance has already set  instance to overdue, instance_id = status');
    expect(successFirst(replies)).toEqual(oneSuccess(refusal));
    expect(await servers.eventsOf('status')).toEqual(['InstanceCreated', 'InstanceStatusChanged']);
  });

  it('enable sse once', async () => {
    const replies = await raceOf('enable_instance_sse', 'sse');
    expect(successFirst(replies)).toEqual(oneSuccess(invalid('failed to enable sse, instance has enabled sse')));
    expect(await servers.eventsOf('sse')).toEqual(['InstanceCreated', 'InstanceSseChanged']);
  });

  it('drop an instance as often as they are asked to', async () => {
    expect(await raceOf('drop_instance', 'drop')).toEqual(Array(RACERS).fill(OK));
    expect(await servers.eventsOf('drop')).toEqual(['InstanceCreated', ...Array<string>(RACERS).fill('InstanceDropped')]);
  });
});
