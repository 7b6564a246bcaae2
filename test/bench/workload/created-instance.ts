import type { InstanceCreated } from '#domain/instance/instance.events.js';

const SEALED_AK = `s1.Zx8kQm2Vt7LwPn4c.${'A'.repeat(86)}`;
const SEALED_SK = `s1.Zx8kQm2Vt7LwPn4c.${'B'.repeat(90)}`;

/** The event that the load's create_instance request leads to, secrets as long as real ones are once sealed. */
export const createdInstance = (instanceId: string): InstanceCreated => ({
  type: 'InstanceCreated',
  data: {
    instanceId,
    name: 'production_lakehouse',
    userId: 'u_8861204417',
    sseEnabled: false,
    enableStorageVault: true,
    vault: {
      id: '1',
      name: 'built_in_storage_vault',
      storage: {
        kind: 'object',
        objectStore: {
          id: '1',
          ctime: 1_763_000_000,
          mtime: 1_763_000_000,
          ak: SEALED_AK,
          sk: SEALED_SK,
          bucket: 'lake-warehouse-1308700295',
          prefix: 'production/lakehouse',
          endpoint: 'cos.internal.example.com',
          externalEndpoint: 'cos.eu-frankfurt.example.com',
          region: 'eu-frankfurt',
          provider: 'COS',
        },
      },
    },
    at: 1_763_000_000,
  },
});
