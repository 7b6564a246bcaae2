import { afterEach, describe, expect, it } from 'vitest';
import type { Instance } from '#domain/instance/instance.state.js';
import { MasterKey } from '#events/secrets/master-key.js';
import type { ApiDependencies } from '../../api.module.js';
import { startTestApi, unreachedDependencies } from '../../api.testing.js';
import type { RunningApi } from '../../http/start-api.js';
import { MetaServiceClient } from '../meta-service-client.testing.js';

const { dataKey } = MasterKey.random().generateDataKey('instance/prod');

const bare: Instance = {
  instanceId: 'prod',
  status: 'NORMAL',
  sseEnabled: false,
  enableStorageVault: true,
  objectStores: [],
  vaults: [],
  clusters: [],
  mtime: 1_700_000_000,
};

const full: Instance = {
  ...bare,
  name: 'production',
  userId: 'u1',
  status: 'OVERDUE',
  sseEnabled: true,
  enableStorageVault: false,
  objectStores: [
    {
      id: '1',
      ctime: 1_600_000_000,
      mtime: 1_600_000_001,
      ak: dataKey.seal('AK'),
      sk: dataKey.seal('SK'),
      bucket: 'b',
      prefix: 'p',
      endpoint: 'e',
      externalEndpoint: '',
      region: 'r',
      provider: 'COS',
    },
  ],
  vaults: [
    { id: '2', name: 'built_in_storage_vault', storage: { kind: 'hdfs', hdfs: { fsName: 'h', confs: [], prefix: '' } } },
  ],
  ramUser: { userId: 'ram', ak: dataKey.seal('RAM-AK'), sk: dataKey.seal('RAM-SK') },
};

const encryption_info = { encryption_method: 'AES_256_ECB', key_id: '1' };
const iam_user = { user_id: 'iam', ak: 'iam-ak', sk: 'iam-sk', external_id: 'prod' };

describe('get_instance (contract, section 5.3)', () => {
  let api: RunningApi | undefined;
  afterEach(() => api?.close());

  const start = async (instance: Instance | undefined, dependencies: Partial<ApiDependencies> = {}) => {
    api = await startTestApi({
      instanceReader: { find: async (id) => (id === instance?.instanceId ? instance : undefined) },
      dataKeys: { ...unreachedDependencies.dataKeys, find: async () => dataKey },
      findClaim: async () => undefined,
      ...dependencies,
    });
    return new MetaServiceClient(api.urls[0] ?? '');
  };

  it('shows a bare instance without the members it does not have, in the order of the contract', async () => {
    const client = await start(bare);
    expect((await client.ask('get_instance', { instance_id: 'prod' })).text).toBe(`{
    "code": "OK",
    "msg": "",
    "result": {
        "instance_id": "prod",
        "mtime": "1700000000",
        "status": "NORMAL",
        "iam_user": {
            "user_id": "iam",
            "ak": "iam-ak",
            "sk": "iam-sk",
            "external_id": "prod"
        },
        "sse_enabled": false,
        "enable_storage_vault": true
    }
}
`);
  });

  it('shows everything it has, secrets in clear, vaults by id and name', async () => {
    const client = await start(full);
    expect((await client.ask('get_instance', { instance_id: 'prod' })).result).toEqual({
      user_id: 'u1',
      instance_id: 'prod',
      name: 'production',
      mtime: '1700000000',
      obj_info: [
        {
          ctime: '1600000000',
          mtime: '1600000001',
          id: '1',
          ak: 'AK',
          sk: 'SK',
          bucket: 'b',
          prefix: 'p',
          endpoint: 'e',
          region: 'r',
          provider: 'COS',
          external_endpoint: '',
          encryption_info,
          sse_enabled: true,
        },
      ],
      status: 'OVERDUE',
      ram_user: { user_id: 'ram', ak: 'RAM-AK', sk: 'RAM-SK', encryption_info },
      iam_user,
      sse_enabled: true,
      resource_ids: ['2'],
      storage_vault_names: ['built_in_storage_vault'],
      enable_storage_vault: false,
    });
  });

  it('shows secrets as empty once their key is deleted', async () => {
    const client = await start(full, { dataKeys: { ...unreachedDependencies.dataKeys, find: async () => undefined } });
    expect((await client.ask('get_instance', { instance_id: 'prod' })).result).toMatchObject({
      obj_info: [{ ak: '', sk: '' }],
      ram_user: { ak: '', sk: '' },
    });
  });

  it('shows a dropped instance', async () => {
    const client = await start({ ...bare, status: 'DELETED' });
    expect((await client.ask('get_instance', { instance_id: 'prod' })).result).toMatchObject({ status: 'DELETED' });
  });

  it('lets instance_id win over cloud_unique_id', async () => {
    const client = await start(bare);
    const reply = await client.ask('get_instance', { instance_id: 'prod', cloud_unique_id: '1:other:x' });
    expect(reply).toMatchObject({ status: 200, result: { instance_id: 'prod' } });
  });

  it.each([
    ['nothing asked for', {}, 400, 'empty instance_id and cloud_unique_id'],
    ['two empty ids', { instance_id: '', cloud_unique_id: '' }, 400, 'empty instance_id and cloud_unique_id'],
    ['a cloud_unique_id of no instance', { cloud_unique_id: '1:none:x' }, 400, 'cannot find instance_id with cloud_unique_id=1:none:x'],
    ['an absent id', { instance_id: 'none' }, 500, 'failed to get instance, info=failed to get instance, instance_id=none err=KeyNotFound'],
    ['an id that no instance can have', { instance_id: 'a\0' }, 500, 'failed to get instance, info=failed to get instance, instance_id=a\0 err=KeyNotFound'],
  ])('refuses %s', async (_, parameters, status, msg) => {
    const client = await start(bare);
    const reply = await client.ask('get_instance', parameters);
    expect(reply).toMatchObject({ status, msg });
    expect(reply.result).toBeUndefined();
  });

  describe('finds the instance of a cloud_unique_id (section 4.2)', () => {
    it('that a node is registered with', async () => {
      const findClaim = async (kind: string, key: string) =>
        kind === 'cloud_unique_id' && key === 'compute_node_4' ? 'instance/prod' : undefined;
      const client = await start(bare, { findClaim });
      expect(await client.ask('get_instance', { cloud_unique_id: 'compute_node_4' })).toMatchObject({ status: 200 });
    });

    it.each(['1:prod:x', '1x:prod:y', '01:prod:y', ':1::prod:x:'])('that names it: %s', async (id) => {
      const client = await start(bare);
      expect((await client.ask('get_instance', { cloud_unique_id: id })).status).toBe(200);
    });

    it.each(['prod', '1:prod', '2:prod:x', 'x:prod:y', '1:prod:x:y', '1:prod:', '1:none:x', '\0'])(
      'but not of one that does not: %j',
      async (id) => {
        const client = await start(bare);
        expect((await client.ask('get_instance', { cloud_unique_id: id })).status).toBe(400);
      },
    );
  });
});
