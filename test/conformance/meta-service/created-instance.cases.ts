import { expect } from 'vitest';
import { OK } from '#test/support/meta-service-replies.js';
import { table } from './case.js';
import { create, hdfs, objectStore, ramUser, shown, shownRamUser, shownStore, shownVault, without } from './instance.js';

const legacy = (members: object, shownMembers: object = {}) => ({
  call: create({ obj_info: { ...objectStore, ...members } }),
  reply: OK,
  shows: shown({ obj_info: [shownStore({ ...members, ...shownMembers })], enable_storage_vault: false }),
});
const hdfsVault = (members: object) => ({
  call: create({ vault: { hdfs_info: { ...hdfs, ...members } } }),
  reply: OK,
  shows: shown(shownVault('1')),
});
const recordsHdfs = (members: object) => ({
  records: { vault: { id: '1', name: 'built_in_storage_vault', storage: { kind: 'hdfs', hdfs: members } } },
});
const recordsPrefix = (pattern: RegExp) => recordsHdfs({ prefix: expect.stringMatching(pattern) });
const isSealed = (secret: string): unknown => expect.not.stringContaining(secret);

export const createdInstances = table('5.1 create_instance: the instance that comes to be', [
  { row: 'D-20 without storage', call: create(), reply: OK, shows: shown() },
  {
    row: 'name and user_id',
    call: create({ name: 'test-instance', user_id: '10000' }),
    reply: OK,
    shows: shown({ name: 'test-instance', user_id: '10000' }),
  },
  {
    row: '2.1 name and user_id given as empty are present',
    call: create({ name: '', user_id: '' }),
    reply: OK,
    shows: shown({ name: '', user_id: '' }),
  },
  {
    row: '18 a name is printed as raw UTF-8',
    call: create({ name: 'é 湖 \u{1f30a}' }),
    reply: OK,
    shows: shown({ name: 'é 湖 \u{1f30a}' }),
  },
  { row: 'sse_enabled', call: create({ sse_enabled: true }), reply: OK, shows: shown({ sse_enabled: true }) },

  { row: 'legacy: obj_info has id 1, and ak and sk come back in clear', ...legacy({}) },
  {
    row: 'D-11 legacy: external_endpoint not given is stored as empty',
    ...legacy({ external_endpoint: undefined }, { external_endpoint: '' }),
  },
  { row: 'legacy: an empty external_endpoint', ...legacy({ external_endpoint: '' }) },
  { row: 'legacy: no prefix', ...legacy({ prefix: undefined }) },
  { row: 'legacy: user_id of the store', ...legacy({ user_id: 'bucket-user' }) },
  {
    row: 'legacy: /, blank and tab are trimmed off the prefix',
    ...legacy({ prefix: ' \t//lake / a/\t ' }, { prefix: 'lake / a' }),
  },
  { row: 'legacy: a prefix of nothing else is empty', ...legacy({ prefix: ' / ' }, { prefix: '' }) },
  ...['OSS', 'S3', 'COS', 'OBS', 'BOS', 'GCP', 'AZURE', 'TOS'].map((provider) => ({
    row: `legacy: the provider ${provider}`,
    ...legacy({ provider }),
  })),
  {
    row: 'legacy: the store takes sse_enabled from the instance',
    call: create({ obj_info: objectStore, sse_enabled: true }),
    reply: OK,
    shows: shown({ obj_info: [shownStore({ sse_enabled: true })], sse_enabled: true, enable_storage_vault: false }),
  },
  {
    row: 'legacy: ram_user',
    call: create({ obj_info: objectStore, ram_user: ramUser }),
    reply: OK,
    shows: shown({ obj_info: [shownStore()], ram_user: shownRamUser, enable_storage_vault: false }),
  },
  {
    row: 'legacy: secrets are sealed in the event',
    ...legacy({}),
    records: { objectStore: { ak: isSealed('an-ak'), sk: isSealed('an-sk') } },
  },

  {
    row: 'object vault: id 1 and the one name; what is in it is not shown',
    call: create({ vault: { obj_info: objectStore } }),
    reply: OK,
    shows: shown(shownVault('1')),
    records: {
      vault: { id: '1', storage: { kind: 'object', objectStore: { id: '1', bucket: 'warehouse', prefix: 'lake', sk: isSealed('an-sk') } } },
    },
  },
  {
    row: 'object vault: without a prefix',
    call: create({ vault: { obj_info: without(objectStore, 'prefix') } }),
    reply: OK,
    shows: shown(shownVault('1')),
  },

  {
    row: 'HDFS vault: id 1 and the one name; what is in it is not shown',
    ...hdfsVault({}),
    ...recordsHdfs({ fsName: 'hdfs://namenode:8020', user: 'hadoop' }),
  },
  {
    row: 'HDFS vault: the prefix is trimmed and suffixed with a GUID',
    ...hdfsVault({ prefix: '/lake/' }),
    ...recordsPrefix(/^lake_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  },
  { row: 'HDFS vault: without a prefix', ...hdfsVault({ prefix: undefined }), ...recordsPrefix(/^_[0-9a-f-]{36}$/) },
  {
    row: 'HDFS vault: slashes are trimmed off the end of fs_name',
    ...hdfsVault({ build_conf: { fs_name: 'hdfs://nn//' } }),
    ...recordsHdfs({ fsName: 'hdfs://nn' }),
  },
  {
    row: 'HDFS vault: kerberos and hdfs_confs',
    ...hdfsVault({
      build_conf: {
        ...hdfs.build_conf,
        hdfs_kerberos_principal: 'hadoop/host@REALM',
        hdfs_kerberos_keytab: '/etc/lake.keytab',
        hdfs_confs: [{ key: 'hadoop.security.authentication', value: 'kerberos' }],
      },
    }),
    ...recordsHdfs({
      kerberosPrincipal: 'hadoop/host@REALM',
      kerberosKeytab: isSealed('keytab'),
      confs: [{ key: 'hadoop.security.authentication', value: isSealed('kerberos') }],
    }),
  },
  {
    row: '#4 to #6 hdfs_info in a vault wins over an obj_info beside it',
    call: create({ vault: { hdfs_info: hdfs, obj_info: {} } }),
    reply: OK,
    shows: shown(shownVault('1')),
    ...recordsHdfs({ fsName: 'hdfs://namenode:8020' }),
  },

  {
    row: 'both: obj_info has id 1, the vault id 2, and the instance is of the legacy kind',
    call: create({ obj_info: objectStore, vault: { hdfs_info: hdfs } }),
    reply: OK,
    shows: shown({ obj_info: [shownStore()], ...shownVault('2'), enable_storage_vault: false }),
  },
]);
