import { expect } from 'vitest';
import { ask, call } from '#test/support/meta-service-client.js';
import { internal, invalid, okWith } from '#test/support/meta-service-replies.js';
import { at, clusterOf, table, type Case } from './case.js';
import { create, drop, setOverdue, shown } from './instance.js';

const notAsked = invalid('empty instance_id and cloud_unique_id');
const absent = (id: string) => internal(`failed to get instance, info=failed to get instance, instance_id=${id} err=KeyNotFound`);
const unresolved = (id: string) => invalid(`cannot find instance_id with cloud_unique_id=${id}`);
const byUniqueId = (cloud_unique_id: string) => ask('get_instance', { cloud_unique_id });

export const getInstance = table('5.3 get_instance', [
  { row: '#1 neither id', call: ask('get_instance', {}), reply: notAsked },
  { row: '#1 both ids empty', call: ask('get_instance', { instance_id: '', cloud_unique_id: '' }), reply: notAsked },
  {
    row: '#1 ids in the body do not count',
    given: [create()],
    call: ask('get_instance', {}, { body: { instance_id: '<id>' } }),
    reply: notAsked,
  },
  { row: '#2 a cloud_unique_id of nobody', call: byUniqueId('compute_node_4'), reply: unresolved('compute_node_4') },
  { row: '#3, D-31 absent', call: ask('get_instance', { instance_id: '<id>' }), reply: absent('<id>') },
  { row: '#3 an instance_id that no instance can have', call: ask('get_instance', { instance_id: 'a b' }), reply: absent('a b') },
  { row: 'by instance_id', given: [create()], call: ask('get_instance', { instance_id: '<id>' }), reply: okWith(shown()) },
  { row: 'by cloud_unique_id', given: [create()], call: byUniqueId('1:<id>:x'), reply: okWith(shown()) },
  {
    row: 'instance_id wins over cloud_unique_id',
    given: [create()],
    call: ask('get_instance', { instance_id: '<id>', cloud_unique_id: '1:other:x' }),
    reply: okWith(shown()),
  },
  {
    row: 'instance_id wins over cloud_unique_id, also when it is the absent one',
    given: [create()],
    call: ask('get_instance', { instance_id: 'other', cloud_unique_id: '1:<id>:x' }),
    reply: absent('other'),
  },
  {
    row: 'an empty instance_id leaves it to cloud_unique_id',
    given: [create()],
    call: ask('get_instance', { instance_id: '', cloud_unique_id: '1:<id>:x' }),
    reply: okWith(shown()),
  },
  {
    row: 'every member in the order of 2.4, byte for byte',
    given: [
      create({
        name: 'lake',
        user_id: 'u',
        sse_enabled: true,
        obj_info: {
          ak: 'a"k',
          sk: 's\\k',
          bucket: 'b',
          prefix: '/p/',
          endpoint: 'e',
          region: 'r',
          provider: 'S3',
          user_id: 'bu',
        },
        ram_user: { user_id: 'ru', ak: 'ra', sk: 'rs' },
        vault: { hdfs_info: { build_conf: { fs_name: 'hdfs://nn' }, prefix: 'p' } },
      }),
      setOverdue,
    ],
    call: ask('get_instance', { instance_id: '<id>' }),
    reply: { status: 200, body: wholeEnvelope() },
  },
]);

/** Only the id, for what a cluster looks like is another table's matter. */
const theInstance = { status: 200, body: expect.stringContaining('"instance_id": "<id>"') };

/** Section 4.2: step 2 splits by `:` and ignores empty parts; step 3 asks that the instance exists, in any status. */
const resolves = (cloud_unique_id: string, row: string): Case => ({
  row: `#2 ${cloud_unique_id}: ${row}`,
  given: [create()],
  call: byUniqueId(cloud_unique_id),
  reply: okWith(shown()),
});
const doesNot = (cloud_unique_id: string, row: string): Case => ({
  row: `#2 ${cloud_unique_id}: ${row}`,
  given: [create()],
  call: byUniqueId(cloud_unique_id),
  reply: unresolved(cloud_unique_id),
});

export const cloudUniqueIds = table('4.2 cloud_unique_id to instance', [
  {
    row: '#1 of any form, once a node has it',
    given: [create(), clusterOf('node of <id>')],
    call: byUniqueId('node of <id>'),
    reply: theInstance,
  },
  {
    row: '#1 a node that has it wins over the instance that it names',
    given: [create(), call('create_instance', { instance_id: '<id>_b' }), clusterOf('1:<id>_b:x')],
    call: byUniqueId('1:<id>_b:x'),
    reply: theInstance,
  },
  {
    row: '#1 the unique ids of nodes are matched whole',
    given: [create(), clusterOf('node of <id>')],
    call: byUniqueId('node of <id>!'),
    reply: unresolved('node of <id>!'),
  },
  resolves('1:<id>:be-1', 'the plain form'),
  resolves('1:<id>:no such node', 'a node of that name need not exist'),
  resolves('1x:<id>:a', 'leading digits count, so 1x is 1'),
  resolves('01:<id>:a', 'leading zeros'),
  resolves('1.5:<id>:a', 'digits up to the point'),
  resolves(' 1:<id>:a', 'blanks before the digits, as C has it'),
  resolves('+1:<id>:a', 'a sign, as C has it'),
  resolves(':1::<id>:::a:', 'empty parts are ignored'),
  doesNot('0:<id>:a', 'another number'),
  doesNot('2:<id>:a', 'another number'),
  doesNot('11:<id>:a', 'another number'),
  doesNot('-1:<id>:a', 'another number'),
  doesNot('0x1:<id>:a', 'hexadecimal, of which 0 counts'),
  doesNot('x1:<id>:a', 'digits that do not lead'),
  doesNot('<id>', 'one part'),
  doesNot('1:<id>', 'two parts'),
  doesNot('1:<id>:', 'two parts and an empty one'),
  doesNot('1:<id>:a:b', 'four parts'),
  doesNot('1:other:a', '#3 an instance that does not exist'),
  doesNot('1:a b:a', '#3 an instance that cannot exist'),
  doesNot(':', 'no part at all'),
  {
    row: '#3 a DELETED instance counts as existing',
    given: [create(), drop],
    call: byUniqueId('1:<id>:a'),
    reply: okWith(shown({ status: 'DELETED', mtime: at(2) })),
  },
]);

function wholeEnvelope(): string {
  return `{
    "code": "OK",
    "msg": "",
    "result": {
        "user_id": "u",
        "instance_id": "<id>",
        "name": "lake",
        "mtime": "1700000002",
        "obj_info": [
            {
                "ctime": "1700000001",
                "mtime": "1700000001",
                "id": "1",
                "ak": "a\\"k",
                "sk": "s\\\\k",
                "bucket": "b",
                "prefix": "p",
                "endpoint": "e",
                "region": "r",
                "provider": "S3",
                "external_endpoint": "",
                "user_id": "bu",
                "encryption_info": {
                    "encryption_method": "AES_256_ECB",
                    "key_id": "1"
                },
                "sse_enabled": true
            }
        ],
        "status": "OVERDUE",
        "ram_user": {
            "user_id": "ru",
            "ak": "ra",
            "sk": "rs",
            "encryption_info": {
                "encryption_method": "AES_256_ECB",
                "key_id": "1"
            }
        },
        "iam_user": {
            "user_id": "iam",
            "ak": "iam-ak",
            "sk": "iam-sk",
            "external_id": "<id>"
        },
        "sse_enabled": true,
        "resource_ids": [
            "2"
        ],
        "storage_vault_names": [
            "built_in_storage_vault"
        ],
        "enable_storage_vault": false
    }
}
`;
}
