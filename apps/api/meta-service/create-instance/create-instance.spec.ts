import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CreateInstance } from '#domain/instance/instance.commands.js';
import type { DataKey } from '#events/secrets/data-key.js';
import { MasterKey } from '#events/secrets/master-key.js';
import type { ApiDependencies } from '../../api.module.js';
import { startTestApi, unreachedDependencies } from '../../api.testing.js';
import type { RunningApi } from '../../http/start-api.js';
import { DecidingRunner } from '../deciding-runner.testing.js';
import { MetaServiceClient } from '../meta-service-client.testing.js';

const objectStore = {
  ak: 'AK-IN-CLEAR',
  sk: 'SK-IN-CLEAR',
  bucket: 'warehouse',
  prefix: 'lake',
  endpoint: 'cos.example.com',
  external_endpoint: 'public.cos.example.com',
  region: 'ap-north',
  provider: 'COS',
};

describe('create_instance', () => {
  let runner: DecidingRunner;
  let dataKey: DataKey;
  let api: RunningApi;
  let client: MetaServiceClient;

  const start = async (dependencies: Partial<ApiDependencies> = {}): Promise<void> => {
    const masterKey = MasterKey.random();
    runner = new DecidingRunner();
    api = await startTestApi({
      commandRunner: runner,
      dataKeys: {
        ...unreachedDependencies.dataKeys,
        generateDataKey: (owner) => {
          const generated = masterKey.generateDataKey(owner);
          dataKey = generated.dataKey;
          return generated;
        },
      },
      ...dependencies,
    });
    client = new MetaServiceClient(api.urls[0] ?? '');
  };
  beforeEach(() => start());
  afterEach(() => api.close());

  const command = (): CreateInstance => runner.asked[0]?.command as CreateInstance;

  it('hands over what was sent, and nothing that was not', async () => {
    expect(await client.call('create_instance', { instance_id: 'prod' })).toMatchObject({ status: 200, code: 'OK' });
    const { hdfsPrefixSuffix, ...sent } = command();
    expect(sent).toEqual({ kind: 'CreateInstance', instanceId: 'prod', at: 1_700_000_000 });
    expect(hdfsPrefixSuffix).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('seals every secret of an object store, a vault and a RAM user', async () => {
    const hdfs = { build_conf: { fs_name: 'hdfs://name', hdfs_kerberos_keytab: 'KEYTAB-IN-CLEAR' }, prefix: '' };
    await client.call('create_instance', {
      instance_id: 'prod',
      obj_info: objectStore,
      vault: { hdfs_info: hdfs, obj_info: objectStore },
      ram_user: { user_id: 'ram', ak: 'RAM-AK-IN-CLEAR', sk: 'RAM-SK-IN-CLEAR' },
    });
    expect(JSON.stringify(runner.asked)).not.toContain('IN-CLEAR');
    const unseal = (sealed = ''): string => dataKey.unseal(sealed);
    const { objectStore: store, vault, ramUser } = command();
    expect([store?.ak, store?.sk].map(unseal)).toEqual(['AK-IN-CLEAR', 'SK-IN-CLEAR']);
    expect([vault?.objectStore?.ak, vault?.objectStore?.sk].map(unseal)).toEqual(['AK-IN-CLEAR', 'SK-IN-CLEAR']);
    expect(unseal(vault?.hdfs?.kerberosKeytab)).toBe('KEYTAB-IN-CLEAR');
    expect([ramUser?.ak, ramUser?.sk].map(unseal)).toEqual(['RAM-AK-IN-CLEAR', 'RAM-SK-IN-CLEAR']);
  });

  it('keeps an empty secret empty, so that the decider sees that none was given', async () => {
    const reply = await client.call('create_instance', { instance_id: 'prod', obj_info: { ...objectStore, sk: '' } });
    expect(reply).toMatchObject({ status: 400, msg: 's3 conf info err, please check it' });
    expect(command().objectStore?.sk).toBe('');
  });

  it('has the data key stored by the append that creates the instance', async () => {
    await client.call('create_instance', { instance_id: 'prod' });
    expect(runner.asked[0]?.context).toMatchObject({ dataKey: { owner: 'instance/prod' }, assume: 'new' });
  });

  it('leaves an HDFS prefix as it is when that is configured', async () => {
    await api.close();
    await start({ configuration: { ...unreachedDependencies.configuration, distinguishHdfsPath: false } });
    await client.call('create_instance', { instance_id: 'prod' });
    expect(command()).not.toHaveProperty('hdfsPrefixSuffix');
  });
});
