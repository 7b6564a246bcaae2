import { afterEach, describe, expect, it } from 'vitest';
import { instanceDecider } from '#domain/instance/instance.decider.js';
import { LedgerUnavailable } from '#events/ledger/ledger.js';
import type { ApiDependencies } from '../api.module.js';
import { startTestApi, unreachedDependencies } from '../api.testing.js';
import type { RunningApi } from '../http/start-api.js';
import { DecidingRunner } from './deciding-runner.testing.js';
import type { InstanceOutcome } from './instance-commands.js';
import { MetaServiceClient } from './meta-service-client.testing.js';

type Answered = Exclude<InstanceOutcome, { readonly kind: 'rejected' }>;

describe('the calls on an instance', () => {
  let api: RunningApi | undefined;
  afterEach(() => api?.close());

  const start = async (dependencies: Partial<ApiDependencies>): Promise<MetaServiceClient> => {
    api = await startTestApi(dependencies);
    return new MetaServiceClient(api.urls[0] ?? '');
  };
  const answering = (execute: () => Promise<Answered>): Partial<ApiDependencies> => ({
    commandRunner: { ...unreachedDependencies.commandRunner, execute },
  });

  describe('become commands', () => {
    it.each([
      ['drop_instance', {}, { kind: 'DropInstance', instanceId: 'prod', at: 1_700_000_000 }],
      ['enable_instance_sse', {}, { kind: 'EnableInstanceSse', instanceId: 'prod', at: 1_700_000_000 }],
      ['disable_instance_sse', {}, { kind: 'DisableInstanceSse', instanceId: 'prod', at: 1_700_000_000 }],
      ['rename_instance', { name: 'x' }, { kind: 'RenameInstance', instanceId: 'prod', name: 'x', at: 1_700_000_000 }],
      ['set_instance_status', { op: 'SET_NORMAL' }, { kind: 'SetInstanceStatus', instanceId: 'prod', op: 7, at: 1_700_000_000 }],
    ])('%s', async (op, members, command) => {
      const commandRunner = new DecidingRunner();
      const client = await start({ commandRunner });
      await client.call(op, { instance_id: 'prod', ...members });
      expect(commandRunner.asked).toMatchObject([{ id: 'prod', command }]);
    });

    it('with who asked for what, from where', async () => {
      const commandRunner = new DecidingRunner();
      const client = await start({ commandRunner });
      await client.call('v1/drop_instance', { instance_id: 'prod' }, { 'x-request-id': 'r-1' });
      expect(commandRunner.asked[0]?.context.metadata).toEqual({
        requestId: 'r-1',
        principal: 'meta-service-token',
        remoteAddress: '127.0.0.1',
        operation: 'drop_instance',
      });
    });

    it('without the ledger being asked for an id that no instance can have', async () => {
      const commandRunner = new DecidingRunner();
      const client = await start({ commandRunner });
      const reply = await client.call('drop_instance', { instance_id: 'a\0b' });
      expect(reply).toMatchObject({ status: 404, msg: 'instance not existed, instance_id=a\0b, err=KeyNotFound' });
      expect(commandRunner.asked).toEqual([]);
    });
  });

  describe('set_instance_status shows the number of an op that sets no status (5.4, D-17)', () => {
    it.each([
      ['a missing one', {}, 0],
      ['an unknown name', { op: 'STOP' }, 0],
      ['DROP', { op: 'DROP' }, 1],
      ['a number', { op: 3 }, 3],
    ])('%s', async (_, members, number) => {
      const client = await start({ commandRunner: new DecidingRunner() });
      const reply = await client.call('set_instance_status', { instance_id: 'prod', ...members });
      expect(reply).toMatchObject({ status: 400, msg: `invalid request op, op=${number}` });
    });
  });

  describe('answer what the runner says', () => {
    it.each<[string, Answered, number, string, string]>([
      ['accepted', { kind: 'accepted', version: 1 }, 200, 'OK', ''],
      ['busy', { kind: 'busy' }, 500, 'INTERNAL_ERROR', 'reach max qps limit'],
      [
        'a key used for another request',
        { kind: 'key-reused' },
        422,
        'INVALID_ARGUMENT',
        'the Idempotency-Key was used for another request',
      ],
    ])('%s', async (_, outcome, status, code, msg) => {
      const client = await start(answering(async () => outcome));
      expect(await client.call('drop_instance', { instance_id: 'prod' })).toMatchObject({ status, code, msg });
    });

    it.each([
      ['the ledger is away', new LedgerUnavailable('connect ECONNREFUSED 10.0.0.7'), 'the ledger cannot be reached, please try again'],
      ['something nobody expects', new Error('password=hunter2'), 'internal error'],
    ])('without internals when it fails: %s', async (_, error, msg) => {
      const client = await start(answering(() => Promise.reject(error)));
      const reply = await client.call('drop_instance', { instance_id: 'prod' });
      expect(reply).toMatchObject({ status: 500, code: 'INTERNAL_ERROR', msg });
    });
  });

  describe('with an Idempotency-Key', () => {
    const contextOf = async (op: string, body: string, key: string) => {
      const commandRunner = new DecidingRunner(instanceDecider.initial);
      const client = await start({ commandRunner });
      await client.call(op, body, { 'idempotency-key': key });
      await api?.close();
      return commandRunner.asked[0]?.context.idempotency;
    };

    it('hand the runner the key, as one of this contract', async () => {
      expect(await contextOf('drop_instance', '{"instance_id":"prod"}', 'k')).toMatchObject({ key: 'meta-service/k' });
    });

    it('are the same request with and without v1/', async () => {
      const [plain, versioned] = [
        await contextOf('drop_instance', '{"instance_id":"prod"}', 'k'),
        await contextOf('v1/drop_instance', '{"instance_id":"prod"}', 'k'),
      ];
      expect(versioned).toEqual(plain);
    });

    it.each([
      ['op', 'enable_instance_sse', '{"instance_id":"prod"}'],
      ['body', 'drop_instance', '{"instance_id":"prod" }'],
    ])('are another request with another %s', async (_, op, body) => {
      const first = await contextOf('drop_instance', '{"instance_id":"prod"}', 'k');
      expect((await contextOf(op, body, 'k'))?.requestHash).not.toBe(first?.requestHash);
    });

    it.each([
      ['an empty key', ''],
      ['a key of 256 bytes', 'x'.repeat(256)],
      ['a key with a control character', 'a\tb'],
    ])('are refused for %s', async (_, key) => {
      const client = await start({});
      const reply = await client.call('drop_instance', { instance_id: 'prod' }, { 'idempotency-key': key });
      expect(reply).toMatchObject({ status: 400, code: 'INVALID_ARGUMENT', msg: expect.stringContaining('Idempotency-Key') });
    });

    it('take a key of 255 bytes', async () => {
      const key = 'x'.repeat(255);
      expect(await contextOf('drop_instance', '{"instance_id":"prod"}', key)).toMatchObject({ key: `meta-service/${key}` });
    });
  });

  it('are counted by op and code', async () => {
    const answered: string[] = [];
    const observer = { commandAnswered: (name: string, outcome: string) => answered.push(`${name} ${outcome}`) };
    const client = await start({ observer, commandRunner: new DecidingRunner() });
    await client.call('v1/drop_instance', { instance_id: 'prod' });
    await client.call('drop_instance', '{');
    await client.call('no_such_op', '');
    expect(answered).toEqual(['drop_instance NOT_FOUND', 'drop_instance INVALID_ARGUMENT', 'unknown OK']);
  });
});
