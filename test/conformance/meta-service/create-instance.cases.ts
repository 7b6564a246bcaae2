import { call } from '#test/support/meta-service-client.js';
import { existed, invalid, OK } from '#test/support/meta-service-replies.js';
import { table, type Case } from './case.js';
import { create, drop, hdfs, objectStore, ramUser, without } from './instance.js';

const badRamUser = invalid('ram user info err, please check it');
const badStore = invalid('s3 conf info err, please check it');
const noId = invalid('instance id not set');
const badId = invalid('instance_id not match [0-9a-zA-Z_-]+');
const alreadyThere = existed('instance already existed, instance_id=<id>');

const vault = (members: object) => create({ vault: members });
const hdfsVault = (members: object) => vault({ hdfs_info: { ...hdfs, ...members } });
const fsName = (fs_name: string) => hdfsVault({ build_conf: { fs_name } });

/** One case where the member is not sent, and one where it is sent empty. */
const missingOrEmpty = <T extends object>(
  row: string,
  block: T,
  members: readonly (keyof T & string)[],
  inRequest: (block: object) => Pick<Case, 'call' | 'reply'>,
): Case[] =>
  members.flatMap((member) => [
    { row: `${row} without ${member}`, ...inRequest(without(block, member)) },
    { row: `${row} with an empty ${member}`, ...inRequest({ ...block, [member]: '' }) },
  ]);

export const createInstanceChecks = table('5.1 create_instance: checks', [
  { row: '#1 an empty ram_user', call: create({ ram_user: {} }), reply: badRamUser },
  ...missingOrEmpty('#1 ram_user', ramUser, ['user_id', 'ak', 'sk'], (ram_user) => ({
    call: create({ ram_user }),
    reply: badRamUser,
  })),

  { row: '#2 an empty obj_info', call: create({ obj_info: {} }), reply: badStore },
  ...missingOrEmpty('#2 obj_info', objectStore, ['ak', 'sk', 'bucket', 'endpoint', 'region', 'provider'], (obj_info) => ({
    call: create({ obj_info }),
    reply: badStore,
  })),
  { row: '#2 a provider nobody knows', call: create({ obj_info: { ...objectStore, provider: 'MINIO' } }), reply: badStore },
  { row: '#2 a provider in small letters', call: create({ obj_info: { ...objectStore, provider: 'cos' } }), reply: badStore },
  { row: '#2 a number of no provider', call: create({ obj_info: { ...objectStore, provider: 99 } }), reply: badStore },

  { row: '#3 no instance_id', call: call('create_instance', {}), reply: noId },
  { row: '#3 an empty instance_id', call: call('create_instance', { instance_id: '' }), reply: noId },
  { row: '#3 an instance_id of null', call: call('create_instance', { instance_id: null }), reply: noId },

  ...['a b', 'a.b', 'a:b', 'a/b', 'é', 'a\n', ' a'].map((instance_id) => ({
    row: `#3a, D-15 the instance_id ${JSON.stringify(instance_id)}`,
    call: call('create_instance', { instance_id }),
    reply: badId,
  })),
  {
    row: '#3a every character that an instance_id can have',
    call: call('create_instance', { instance_id: 'Az_-09<id>' }),
    reply: OK,
  },
  { row: '#3a an instance_id of one character', call: call('create_instance', { instance_id: '-' }), reply: OK },

  {
    row: '#4 a URL as HDFS prefix',
    call: hdfsVault({ prefix: 'hdfs://nn/lake' }),
    reply: invalid('invalid prefix: hdfs://nn/lake'),
  },
  { row: '#4 :// within an HDFS prefix', call: hdfsVault({ prefix: '/a://b/' }), reply: invalid('invalid prefix: /a://b/') },

  { row: '#5 an empty hdfs_info', call: vault({ hdfs_info: {} }), reply: invalid('invalid fs_name: ') },
  { row: '#5 no build_conf', call: vault({ hdfs_info: { prefix: 'lake' } }), reply: invalid('invalid fs_name: ') },
  { row: '#5 no fs_name', call: hdfsVault({ build_conf: { user: 'hadoop' } }), reply: invalid('invalid fs_name: ') },
  { row: '#5 an empty fs_name', call: fsName(''), reply: invalid('invalid fs_name: ') },
  { row: '#5 nothing but slashes as fs_name', call: fsName('///'), reply: invalid('invalid fs_name: ///') },

  { row: '#6 an empty vault', call: vault({}), reply: badStore },
  { row: '#6 an empty obj_info in the vault', call: vault({ obj_info: {} }), reply: badStore },
  ...missingOrEmpty(
    '#6 obj_info in the vault',
    objectStore,
    ['ak', 'sk', 'bucket', 'endpoint', 'region', 'provider', 'external_endpoint'],
    (obj_info) => ({ call: vault({ obj_info }), reply: badStore }),
  ),

  { row: '#7 the same request again', given: [create()], call: create(), reply: alreadyThere },
  { row: '#7 another request for the same id', given: [create()], call: create({ obj_info: objectStore }), reply: alreadyThere },
  { row: '#7 the id of a dropped instance', given: [create(), drop], call: create(), reply: alreadyThere },
]);

/** The order of the table is visible to clients (section 17, 16): of two errors at once the earlier row answers. */
export const createInstanceOrder = table('5.1 create_instance: two errors at once', [
  { row: '#1 before #2', call: create({ ram_user: {}, obj_info: {} }), reply: badRamUser },
  { row: '#1 before #3', call: call('create_instance', { ram_user: {} }), reply: badRamUser },
  { row: '#2 before #3', call: call('create_instance', { obj_info: {} }), reply: badStore },
  { row: '#2 before #3a', call: call('create_instance', { instance_id: 'a b', obj_info: {} }), reply: badStore },
  { row: '#2 before #5', call: create({ obj_info: {}, vault: { hdfs_info: {} } }), reply: badStore },
  { row: '#3 before #4', call: call('create_instance', { vault: { hdfs_info: { prefix: '://' } } }), reply: noId },
  { row: '#3 before #6', call: call('create_instance', { vault: {} }), reply: noId },
  { row: '#3a before #5', call: call('create_instance', { instance_id: 'a b', vault: { hdfs_info: {} } }), reply: badId },
  { row: '#4 before #5', call: vault({ hdfs_info: { prefix: '://' } }), reply: invalid('invalid prefix: ://') },
  { row: '#1 before #7', given: [create()], call: create({ ram_user: {} }), reply: badRamUser },
  { row: '#2 before #7', given: [create()], call: create({ obj_info: {} }), reply: badStore },
  { row: '#4 before #7', given: [create()], call: hdfsVault({ prefix: '://' }), reply: invalid('invalid prefix: ://') },
  { row: '#5 before #7', given: [create()], call: fsName(''), reply: invalid('invalid fs_name: ') },
  { row: '#6 before #7', given: [create()], call: vault({}), reply: badStore },
]);
