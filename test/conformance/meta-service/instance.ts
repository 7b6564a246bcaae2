import { call, type MetaServiceCall } from '#test/support/meta-service-client.js';
import { at } from './case.js';

/** The storage blocks of contract meta-service, section 5.1, as clients send them. */
export const objectStore = {
  ak: 'an-ak',
  sk: 'an-sk',
  bucket: 'warehouse',
  prefix: 'lake',
  endpoint: 'cos.example.com',
  external_endpoint: 'public.cos.example.com',
  region: 'ap-north',
  provider: 'COS',
};
export const hdfs = { build_conf: { fs_name: 'hdfs://namenode:8020', user: 'hadoop' }, prefix: 'lake' };
export const ramUser = { user_id: 'ram', ak: 'ram-ak', sk: 'ram-sk' };

export const create = (members: object = {}): MetaServiceCall => call('create_instance', { instance_id: '<id>', ...members });
export const onInstance = (op: string, members: object = {}): MetaServiceCall => call(op, { instance_id: '<id>', ...members });
export const drop = onInstance('drop_instance');
export const setOverdue = onInstance('set_instance_status', { op: 'SET_OVERDUE' });
export const setNormal = onInstance('set_instance_status', { op: 'SET_NORMAL' });
export const enableSse = onInstance('enable_instance_sse');
export const disableSse = onInstance('disable_instance_sse');

export const without = <T extends object>(block: T, member: keyof T): Partial<T> => ({ ...block, [member]: undefined });

/** Whom the servers of this suite are told to show as the IAM user (section 5.3). */
export const IAM_USER = { IAM_USER_ID: 'iam', IAM_AK: 'iam-ak', IAM_SK: 'iam-sk' };

/** Field numbers of the messages decide the print order (section 2.4). */
const INSTANCE_ORDER = [
  'user_id',
  'instance_id',
  'name',
  'ctime',
  'mtime',
  'obj_info',
  'status',
  'ram_user',
  'iam_user',
  'sse_enabled',
  'resource_ids',
  'storage_vault_names',
  'enable_storage_vault',
] as const;
const OBJECT_STORE_ORDER = [
  'ctime',
  'mtime',
  'id',
  'ak',
  'sk',
  'bucket',
  'prefix',
  'endpoint',
  'region',
  'provider',
  'external_endpoint',
  'user_id',
  'encryption_info',
  'sse_enabled',
  'use_path_style',
] as const;

type Members<Name extends string> = Readonly<Partial<Record<Name, unknown>>>;

const inOrder = <Name extends string>(order: readonly Name[], members: Members<Name>): object =>
  Object.fromEntries(order.map((name) => [name, members[name]]));

const encryption_info = { encryption_method: 'AES_256_ECB', key_id: '1' };

/** An instance of `create()` as `get_instance` shows it, but for the members given; `undefined` is a member left out. */
export const shown = (members: Members<(typeof INSTANCE_ORDER)[number]> = {}): object =>
  inOrder(INSTANCE_ORDER, {
    instance_id: '<id>',
    mtime: at(1),
    status: 'NORMAL',
    iam_user: { user_id: 'iam', ak: 'iam-ak', sk: 'iam-sk', external_id: '<id>' },
    sse_enabled: false,
    enable_storage_vault: true,
    ...members,
  });

/** The entry of `obj_info` that `objectStore` becomes. */
export const shownStore = (members: Members<(typeof OBJECT_STORE_ORDER)[number]> = {}): object =>
  inOrder(OBJECT_STORE_ORDER, {
    ctime: at(1),
    mtime: at(1),
    id: '1',
    ...objectStore,
    encryption_info,
    sse_enabled: false,
    ...members,
  });

export const shownRamUser = { ...ramUser, encryption_info };

/** A vault is shown by its id and its one name, never by what is in it (section 5.3). */
export const shownVault = (id: string): object => ({ resource_ids: [id], storage_vault_names: ['built_in_storage_vault'] });
