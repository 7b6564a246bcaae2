import { DEFAULT_META_SERVICE_TOKEN } from '#configuration/settings.js';
import { ID_LENGTH } from './random-ids.js';

const ANY_ID = '0'.repeat(ID_LENGTH);
const PATH = '/MetaService/http';
const TOKEN = `token=${DEFAULT_META_SERVICE_TOKEN}`;

/** The object vault form of contract meta-service, section 5.1. */
const createInstanceBody = (instanceId: string): string =>
  JSON.stringify({
    instance_id: instanceId,
    name: 'production_lakehouse',
    user_id: 'u_8861204417',
    vault: {
      obj_info: {
        ak: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
        sk: 'Gu5t9xGARNpq86cd98joQYCN3cozk1qAEXAMPLE',
        bucket: 'lake-warehouse-1308700295',
        prefix: 'production/lakehouse',
        endpoint: 'cos.internal.example.com',
        external_endpoint: 'cos.eu-frankfurt.example.com',
        region: 'eu-frankfurt',
        provider: 'COS',
      },
    },
  });

/** Made anew for each connection, which sends the same bytes again and again with only the id replaced in place. */
export function createInstanceRequest(): (instanceId: string) => Buffer {
  const body = createInstanceBody(ANY_ID);
  const head = [
    `POST ${PATH}/create_instance?${TOKEN} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ];
  const request = Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`, 'latin1');
  const idStart = request.indexOf(ANY_ID);
  return (instanceId) => {
    request.write(instanceId, idStart, 'latin1');
    return request;
  };
}

export const getInstanceRequest = (instanceId: string): string =>
  `GET ${PATH}/get_instance?${TOKEN}&instance_id=${instanceId} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
