import type {
  HdfsVaultInput,
  ObjectStoreInput,
  RamUserInput,
  VaultInput,
} from '#domain/instance/instance.commands.js';
import { given } from '../given.js';
import type {
  HdfsInfoMessage,
  ObjectStoreInfoMessage,
  RamUserMessage,
  StorageVaultMessage,
} from '../wire/messages.js';

/** Seals a text under the data key of the instance to come. */
export type Seal = (clear: string) => string;

/** The storage of a request as the decider takes it: secrets sealed, members that were not sent absent. */
export function sealObjectStore(message: ObjectStoreInfoMessage, seal: Seal): ObjectStoreInput {
  return given({
    ak: sealGiven(message.ak, seal),
    sk: sealGiven(message.sk, seal),
    bucket: message.bucket,
    prefix: message.prefix,
    endpoint: message.endpoint,
    externalEndpoint: message.external_endpoint,
    region: message.region,
    provider: message.provider,
    userId: message.user_id,
    usePathStyle: message.use_path_style,
  });
}

export function sealVault(message: StorageVaultMessage, seal: Seal): VaultInput {
  return given({
    hdfs: message.hdfs_info && sealHdfs(message.hdfs_info, seal),
    objectStore: message.obj_info && sealObjectStore(message.obj_info, seal),
  });
}

export function sealRamUser(message: RamUserMessage, seal: Seal): RamUserInput {
  return given({
    userId: message.user_id,
    ak: sealGiven(message.ak, seal),
    sk: sealGiven(message.sk, seal),
  });
}

function sealHdfs(message: HdfsInfoMessage, seal: Seal): HdfsVaultInput {
  const conf = message.build_conf;
  return given({
    fsName: conf?.fs_name,
    user: conf?.user,
    kerberosPrincipal: conf?.hdfs_kerberos_principal,
    kerberosKeytab: sealGiven(conf?.hdfs_kerberos_keytab, seal),
    // Any of them may be a password; nothing in its key tells.
    confs: (conf?.hdfs_confs ?? []).map(({ key, value }) => ({ key, value: seal(value) })),
    prefix: message.prefix,
  });
}

const sealGiven = (clear: string | undefined, seal: Seal): string | undefined =>
  clear === undefined ? undefined : seal(clear);
