import { describe, expect, it } from 'vitest';
import { accepted } from '../decider.js';
import { given } from '../decider.testing.js';
import type { CreateInstance, ObjectStoreInput, RamUserInput } from './instance.commands.js';
import { instanceDecider } from './instance.decider.js';
import {
  createInstance,
  hdfsInput,
  instanceCreated,
  instanceDropped,
  objectStoreInput,
  ramUserInput,
  rejected,
  statusChanged,
} from './instance.testing.js';

const whenCreating = (members: Partial<CreateInstance>) => given(instanceDecider).when(createInstance(members));

/** Every way to leave one of `members` out, or to send it empty. */
function incomplete<T extends object>(whole: T, members: readonly (keyof T & string)[]): [string, T][] {
  return members.flatMap((member): [string, T][] => [
    [`${member} missing`, { ...whole, [member]: undefined }],
    [`${member} empty`, { ...whole, [member]: '' }],
  ]);
}

const required = ['ak', 'sk', 'bucket', 'endpoint', 'region', 'provider'] as const;

describe('create_instance, checks (section 5.1)', () => {
  it.each(incomplete<RamUserInput>(ramUserInput, ['userId', 'ak', 'sk']))(
    '#1 refuses a RAM user with %s',
    (_, ramUser) => {
      expect(whenCreating({ ramUser })).toEqual(rejected({ code: 'RAM_USER_INCOMPLETE' }));
    },
  );

  it.each(incomplete<ObjectStoreInput>(objectStoreInput, required))('#2 refuses obj_info with %s', (_, objectStore) => {
    expect(whenCreating({ objectStore })).toEqual(rejected({ code: 'OBJECT_STORE_INCOMPLETE' }));
  });

  it.each([undefined, ''])('#3 refuses the instance id %o', (instanceId) => {
    const { instanceId: _, ...withoutId } = createInstance();
    const command = instanceId === undefined ? withoutId : { ...withoutId, instanceId };
    expect(given(instanceDecider).when(command)).toEqual(rejected({ code: 'INSTANCE_ID_MISSING' }));
  });

  it.each(['a b', 'a/b', 'ä', 'prod\n', '1:prod:x'])('#3a refuses the instance id %o', (instanceId) => {
    expect(whenCreating({ instanceId })).toEqual(rejected({ code: 'INSTANCE_ID_MALFORMED', instanceId }));
  });

  it.each(['p', '0', '-', '_', 'Instance_0-a'])('#3a takes the instance id %o', (instanceId) => {
    expect(whenCreating({ instanceId })).toEqual(accepted([instanceCreated({ instanceId })]));
  });

  it('#4 refuses an HDFS prefix that holds a scheme, before it looks at fs_name', () => {
    const hdfs = { confs: [], prefix: '/hdfs://elsewhere/' };
    expect(whenCreating({ vault: { hdfs } })).toEqual(
      rejected({ code: 'HDFS_PREFIX_INVALID', prefix: '/hdfs://elsewhere/' }),
    );
  });

  it.each(['', '/', '///'])('#5 refuses the fs_name %o', (fsName) => {
    const hdfs = { ...hdfsInput, fsName };
    expect(whenCreating({ vault: { hdfs } })).toEqual(rejected({ code: 'HDFS_FS_NAME_INVALID', fsName }));
  });

  it('#5 refuses a missing fs_name', () => {
    expect(whenCreating({ vault: { hdfs: { confs: [] } } })).toEqual(
      rejected({ code: 'HDFS_FS_NAME_INVALID', fsName: '' }),
    );
  });

  it('#6 refuses a vault without any storage', () => {
    expect(whenCreating({ vault: {} })).toEqual(rejected({ code: 'OBJECT_STORE_INCOMPLETE' }));
  });

  it.each(incomplete<ObjectStoreInput>(objectStoreInput, [...required, 'externalEndpoint']))(
    '#6 refuses a vault whose obj_info has %s',
    (_, objectStore) => {
      expect(whenCreating({ vault: { objectStore } })).toEqual(rejected({ code: 'OBJECT_STORE_INCOMPLETE' }));
    },
  );

  it.each([
    ['NORMAL', []],
    ['OVERDUE', [statusChanged('OVERDUE')]],
    ['DELETED', [instanceDropped()]],
  ])('#7 refuses the id of an instance that is %s', (_, later) => {
    expect(given(instanceDecider, instanceCreated(), ...later).when(createInstance())).toEqual(
      rejected({ code: 'INSTANCE_ALREADY_EXISTS', instanceId: 'prod' }),
    );
  });

  it('answers with the first check that fails', () => {
    const failing = [
      [{ ramUser: {} }, 'RAM_USER_INCOMPLETE'],
      [{ objectStore: {} }, 'OBJECT_STORE_INCOMPLETE'],
      [{ instanceId: 'a b' }, 'INSTANCE_ID_MALFORMED'],
      [{ vault: { hdfs: { confs: [], prefix: '://' } } }, 'HDFS_PREFIX_INVALID'],
      [{}, 'INSTANCE_ALREADY_EXISTS'],
    ] as const;
    failing.forEach(([, code], first) => {
      const command = createInstance(Object.assign({}, ...failing.slice(first).map(([members]) => members)));
      expect(given(instanceDecider, instanceCreated()).when(command)).toMatchObject({ rejection: { code } });
    });
  });
});

describe('create_instance, what is created (section 5.1)', () => {
  it('without storage: in storage-vault mode, and no vault yet (D-20)', () => {
    expect(whenCreating({ name: 'production', userId: '10000' })).toEqual(
      accepted([instanceCreated({ name: 'production', userId: '10000' })]),
    );
  });

  it('legacy: object store "1", not in storage-vault mode', () => {
    expect(whenCreating({ objectStore: { ...objectStoreInput, userId: 'u', usePathStyle: true } })).toEqual(
      accepted([
        instanceCreated({
          enableStorageVault: false,
          objectStore: { ...objectStoreInput, id: '1', ctime: 100, mtime: 100, userId: 'u', usePathStyle: true },
        }),
      ]),
    );
  });

  it("legacy: an external_endpoint that was not given is stored as '' (D-11, section 18)", () => {
    const { externalEndpoint: _, ...withoutExternal } = objectStoreInput;
    expect(whenCreating({ objectStore: withoutExternal })).toMatchObject({
      events: [{ data: { objectStore: { externalEndpoint: '' } } }],
    });
  });

  it('HDFS: the built-in vault "1", with its own directory', () => {
    const hdfs = { ...hdfsInput, user: 'doris', kerberosPrincipal: 'doris@LAKE', kerberosKeytab: 'sealed-keytab' };
    expect(whenCreating({ vault: { hdfs }, hdfsPrefixSuffix: 'GUID' })).toEqual(
      accepted([
        instanceCreated({
          vault: {
            id: '1',
            name: 'built_in_storage_vault',
            storage: { kind: 'hdfs', hdfs: { ...hdfs, prefix: 'lake_GUID' } },
          },
        }),
      ]),
    );
  });

  it('HDFS: trims the end of fs_name and both ends of the prefix', () => {
    const hdfs = { confs: [], fsName: 'hdfs://namenode:8020///', prefix: '\t/ /lake/a b/ /' };
    expect(whenCreating({ vault: { hdfs } })).toMatchObject({
      events: [{ data: { vault: { storage: { hdfs: { fsName: 'hdfs://namenode:8020', prefix: 'lake/a b' } } } } }],
    });
  });

  it('HDFS: an empty prefix still gets its suffix', () => {
    expect(
      whenCreating({ vault: { hdfs: { confs: [], fsName: 'hdfs://n' } }, hdfsPrefixSuffix: 'GUID' }),
    ).toMatchObject({
      events: [{ data: { vault: { storage: { hdfs: { prefix: '_GUID' } } } } }],
    });
  });

  it('object vault: the built-in vault "1" in object storage', () => {
    expect(whenCreating({ vault: { objectStore: { ...objectStoreInput, prefix: '/ lake /' } } })).toEqual(
      accepted([
        instanceCreated({
          vault: {
            id: '1',
            name: 'built_in_storage_vault',
            storage: {
              kind: 'object',
              objectStore: { ...objectStoreInput, id: '1', ctime: 100, mtime: 100, prefix: 'lake' },
            },
          },
        }),
      ]),
    );
  });

  it('a vault with both hdfs_info and obj_info is an HDFS vault', () => {
    expect(whenCreating({ vault: { hdfs: hdfsInput, objectStore: {} } })).toMatchObject({
      events: [{ data: { vault: { storage: { kind: 'hdfs' } } } }],
    });
  });

  it('obj_info and vault: object store "1", vault "2", not in storage-vault mode', () => {
    expect(whenCreating({ objectStore: objectStoreInput, vault: { objectStore: objectStoreInput } })).toMatchObject({
      events: [{ data: { enableStorageVault: false, objectStore: { id: '1' }, vault: { id: '2' } } }],
    });
  });

  it('with a RAM user, and with sse as asked for', () => {
    expect(whenCreating({ ramUser: ramUserInput, sseEnabled: true })).toEqual(
      accepted([instanceCreated({ ramUser: ramUserInput, sseEnabled: true })]),
    );
  });

  it('is NORMAL, has no clusters, and its mtime is its creation (section 5.3)', () => {
    expect(given(instanceDecider, instanceCreated({ ramUser: ramUserInput })).state).toEqual({
      kind: 'existing',
      instance: {
        instanceId: 'prod',
        status: 'NORMAL',
        sseEnabled: false,
        enableStorageVault: true,
        objectStores: [],
        vaults: [],
        ramUser: ramUserInput,
        clusters: [],
        mtime: 100,
      },
    });
  });
});
