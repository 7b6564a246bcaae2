import type { Configuration } from '#configuration/configuration.js';
import { DEFAULT_META_SERVICE_TOKEN } from '#configuration/settings.js';
import type { RunningLakeledger } from './lakeledger.js';

/** The object vault of contract meta-service, section 5.1, with nothing in it that has to exist. */
const FIRST_INSTANCE = {
  instance_id: 'first',
  name: 'first',
  user_id: 'me',
  vault: {
    obj_info: {
      ak: 'ak',
      sk: 'sk',
      bucket: 'lake',
      prefix: 'first',
      endpoint: 's3.example.com',
      external_endpoint: 's3.example.com',
      region: 'eu',
      provider: 'S3',
    },
  },
};

/** What a newcomer needs; the last line says that requests are served, and where. */
export function welcome(running: RunningLakeledger, configuration: Configuration): string {
  const { urls, dataFolder } = running;
  const [first = ''] = urls;
  const { metaServiceToken: token } = configuration;
  const isDefault = token === DEFAULT_META_SERVICE_TOKEN;
  // Output is kept by those who collect it; a token of one's own is not for them. The shell fills it in.
  const shownToken = isDefault ? token : 'the value of META_SERVICE_TOKEN';
  const tokenInUrl = isDefault ? token : '$META_SERVICE_TOKEN';
  const lines = [
    `data folder  ${dataFolder}`,
    `token        ${shownToken}`,
    ...(configuration.adminToken === undefined ? [`admin token  in ${dataFolder}/admin.token`] : []),
    ...urls.slice(1).map((url) => `also at      ${url}`),
    `try          curl "${first}/MetaService/http/create_instance?token=${tokenInUrl}" -d '${JSON.stringify(FIRST_INSTANCE)}'`,
    `ready ${first}`,
  ];
  return lines.join('\n');
}
