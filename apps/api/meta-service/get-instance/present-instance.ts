import { Inject, Injectable } from '@nestjs/common';
import type { ObjectStore, RamUser, Sealed } from '#domain/instance/instance.events.js';
import type { Instance } from '#domain/instance/instance.state.js';
import { instanceAggregate } from '#events/catalogue/instance.aggregate.js';
import type { DataKey } from '#events/secrets/data-key.js';
import type { ApiConfiguration, IamUser } from '../../api-configuration.js';
import { API_CONFIGURATION, DATA_KEYS, type DataKeys } from '../../api-ports.js';
import { given } from '../given.js';
import { providerEnum, type InstanceMessage, type ObjectStoreInfoMessage, type RamUserMessage } from '../wire/messages.js';

type Unseal = (sealed: Sealed) => string;

/** What clients of the Meta Service have always been shown; how secrets really rest is nobody's business (section 16). */
const ENCRYPTION_INFO = { encryption_method: 'AES_256_ECB', key_id: 1n } as const;

/** An instance as `get_instance` shows it: secrets in clear, vaults by id and name only (contract, section 5.3). */
@Injectable()
export class InstancePresenter {
  private readonly iamUser: IamUser;

  constructor(
    @Inject(DATA_KEYS) private readonly dataKeys: DataKeys,
    @Inject(API_CONFIGURATION) configuration: ApiConfiguration,
  ) {
    this.iamUser = configuration.iamUser;
  }

  async present(instance: Instance): Promise<InstanceMessage> {
    return presentInstance(instance, await this.unsealerOf(instance), this.iamUser);
  }

  private async unsealerOf(instance: Instance): Promise<Unseal> {
    if (instance.objectStores.length === 0 && instance.ramUser === undefined) return unreadable;
    return unsealWith(await this.dataKeys.find(instanceAggregate.streamName(instance.instanceId)));
  }
}

/** Once its data key is deleted, a secret shows as empty: the member was given, and its value is gone. */
const unreadable: Unseal = () => '';

const unsealWith = (dataKey: DataKey | undefined): Unseal =>
  dataKey === undefined ? unreadable : (sealed) => dataKey.unseal(sealed);

export function presentInstance(instance: Instance, unseal: Unseal, iamUser: IamUser): InstanceMessage {
  return given({
    user_id: instance.userId,
    instance_id: instance.instanceId,
    name: instance.name,
    mtime: BigInt(instance.mtime),
    obj_info: instance.objectStores.map((store) => presentObjectStore(store, instance.sseEnabled, unseal)),
    status: instance.status,
    ram_user: instance.ramUser && presentRamUser(instance.ramUser, unseal),
    iam_user: { user_id: iamUser.userId, ak: iamUser.ak, sk: iamUser.sk, external_id: instance.instanceId },
    sse_enabled: instance.sseEnabled,
    resource_ids: instance.vaults.map(({ id }) => id),
    storage_vault_names: instance.vaults.map(({ name }) => name),
    enable_storage_vault: instance.enableStorageVault,
  });
}

function presentObjectStore(store: ObjectStore, sseEnabled: boolean, unseal: Unseal): ObjectStoreInfoMessage {
  return given({
    ctime: BigInt(store.ctime),
    mtime: BigInt(store.mtime),
    id: store.id,
    ak: unseal(store.ak),
    sk: unseal(store.sk),
    bucket: store.bucket,
    prefix: store.prefix,
    endpoint: store.endpoint,
    region: store.region,
    provider: providerEnum.names.get(store.provider ?? ''),
    external_endpoint: store.externalEndpoint,
    user_id: store.userId,
    encryption_info: ENCRYPTION_INFO,
    sse_enabled: sseEnabled,
    use_path_style: store.usePathStyle,
  });
}

const presentRamUser = ({ userId, ak, sk }: RamUser, unseal: Unseal): RamUserMessage => ({
  user_id: userId,
  ak: unseal(ak),
  sk: unseal(sk),
  encryption_info: ENCRYPTION_INFO,
});
