import { describe, expect, it } from 'vitest';
import type { MessageDescriptor } from './message-descriptor.js';
import {
  clusterMessage,
  hdfsBuildConfMessage,
  hdfsInfoMessage,
  instanceMessage,
  nodeMessage,
  objectStoreInfoMessage,
  ramUserMessage,
  stageMessage,
  storageVaultMessage,
} from './messages.js';
import { alterInstanceRequest, createInstanceRequest, instanceOperationEnum } from './requests.js';

const names = (descriptor: MessageDescriptor): string => descriptor.fields.map((field) => field.name).join(', ');

describe('the messages have the members of section 2.4 in its order', () => {
  it.each([
    [
      'Instance',
      instanceMessage,
      'user_id, instance_id, name, lb_ip, ctime, mtime, clusters, obj_info, stages, status, ram_user, iam_user, ' +
        'sse_enabled, resource_ids, storage_vault_names, default_storage_vault_id, default_storage_vault_name, ' +
        'enable_storage_vault',
    ],
    [
      'Cluster',
      clusterMessage,
      'cluster_id, cluster_name, type, desc, nodes, mysql_user_name, public_endpoint, private_endpoint, ' +
        'cluster_status, ctime, mtime, cluster_names, cluster_policy, properties',
    ],
    [
      'Node',
      nodeMessage,
      'cloud_unique_id, name, ip, vpc_name, ctime, mtime, status, heartbeat_port, desc, edit_log_port, node_type, ' +
        'is_smooth_upgrade, host, public_endpoint, private_endpoint',
    ],
    [
      'ObjectStoreInfo',
      objectStoreInfoMessage,
      'ctime, mtime, id, ak, sk, bucket, prefix, endpoint, region, provider, external_endpoint, user_id, ' +
        'encryption_info, sse_enabled, use_path_style, cred_provider_type, role_arn, external_id',
    ],
    ['StorageVault', storageVaultMessage, 'id, name, hdfs_info, obj_info, path_format, alter_name'],
    ['HdfsInfo', hdfsInfoMessage, 'build_conf, prefix'],
    [
      'HdfsBuildConf',
      hdfsBuildConfMessage,
      'fs_name, user, hdfs_kerberos_principal, hdfs_kerberos_keytab, hdfs_confs',
    ],
    ['RamUser', ramUserMessage, 'user_id, ak, sk, external_id, encryption_info'],
    [
      'Stage',
      stageMessage,
      'type, mysql_user_name, name, obj_info, stage_id, properties, mysql_user_id, comment, create_time, ' +
        'access_type, role_name, arn, external_id',
    ],
    [
      'create_instance',
      createInstanceRequest,
      'instance_id, user_id, name, obj_info, ram_user, sse_enabled, vault, request_ip',
    ],
    ['alter instance', alterInstanceRequest, 'instance_id, op, name, request_ip, properties'],
  ])('%s', (_, descriptor, expected) => {
    expect(names(descriptor)).toBe(expected);
  });
});

it('every message has each field number once', () => {
  for (const descriptor of [instanceMessage, clusterMessage, nodeMessage, objectStoreInfoMessage, stageMessage]) {
    const numbers = descriptor.fields.map((field) => field.number);
    expect(new Set(numbers).size).toBe(numbers.length);
  }
});

it('use_path_style and what follows have two-byte tags, as the size rule of section 6.2 counts them', () => {
  const long = objectStoreInfoMessage.fields.filter((field) => field.number >= 16).map((field) => field.name);
  expect(long).toEqual(['use_path_style', 'cred_provider_type', 'role_arn', 'external_id']);
});

it('the operations of section 5.4 have their numbers', () => {
  expect(instanceOperationEnum.numbers).toMatchObject({
    UNKNOWN: 0,
    DROP: 1,
    REFRESH: 2,
    RENAME: 3,
    ENABLE_SSE: 4,
    DISABLE_SSE: 5,
    SET_OVERDUE: 6,
    SET_NORMAL: 7,
  });
});
