import { randomBytes, randomInt } from 'node:crypto';
import { exchange, RawConnection, rawRequest, type RawResponse } from '#api/http/raw-http.testing.js';
import type { Secret } from './byte-scan.js';

const secret = (name: string): Secret => ({ name, value: randomBytes(30).toString('base64url') });

/** What a client sends and only `get_instance` may give back. */
export const clientSecrets = {
  ak: secret('ak of an object store'),
  sk: secret('sk of an object store'),
  vaultAk: secret('ak of a vault'),
  vaultSk: secret('sk of a vault'),
  /** As long as a real one, so that PostgreSQL puts it where it puts long values. */
  keytab: { name: 'kerberos keytab', value: randomBytes(6_000).toString('base64url') },
  ramAk: secret('ak of a RAM user'),
  ramSk: secret('sk of a RAM user'),
  rejected: secret('secret of a call that is rejected'),
  malformed: secret('secret of a malformed body'),
  numeric: { name: 'secret that is a number', value: Array.from({ length: 24 }, () => randomInt(1, 10)).join('') },
  header: secret('secret in a header'),
  wrongToken: secret('token that is not ours'),
};

const { ak, sk, vaultAk, vaultSk, keytab, ramAk, ramSk, rejected, malformed, numeric, header, wrongToken } = clientSecrets;

const objectStore = (akValue: string, skValue: string): object => ({
  ak: akValue, sk: skValue, bucket: CONTROL, prefix: 'p', endpoint: 'e', external_endpoint: 'x', region: 'r', provider: 'S3', user_id: 'bucket-user',
});

/** No secret: it must be found where events are, or the scan does not see what is there. */
export const CONTROL = `bucket-${randomBytes(12).toString('hex')}`;

/** By instance id: every form of contract meta-service, section 5.1, that has secrets. */
export const creations: Readonly<Record<string, object>> = {
  legacy: { obj_info: objectStore(ak.value, sk.value), ram_user: { user_id: 'ram', ak: ramAk.value, sk: ramSk.value } },
  vault: { vault: { obj_info: objectStore(vaultAk.value, vaultSk.value) } },
  hdfs: {
    vault: {
      hdfs_info: {
        build_conf: { fs_name: 'hdfs://n', user: 'u', hdfs_kerberos_principal: 'p', hdfs_kerberos_keytab: keytab.value },
        prefix: 'p',
      },
    },
  },
};

/** Calls that are refused although, or because, of the secrets in them. */
const refusals: readonly (readonly [op: string, body: object])[] = [
  ['create_instance', { instance_id: 'half', obj_info: { sk: rejected.value } }],
  ['create_instance', { instance_id: 'half', obj_info: { ak: rejected.value, sk: rejected.value, bucket: 'b' }, vault: {} }],
  ['create_instance', { instance_id: 'half', ram_user: { user_id: '', ak: rejected.value, sk: rejected.value } }],
  ['create_instance', { instance_id: 'no blanks', obj_info: objectStore(rejected.value, rejected.value) }],
  ['create_instance', { obj_info: objectStore(rejected.value, rejected.value) }],
  ['create_instance', { instance_id: 'half', vault: { hdfs_info: { build_conf: { fs_name: '', hdfs_kerberos_keytab: rejected.value } } } }],
  ['drop_instance', { instance_id: 'nobody', obj_info: objectStore(rejected.value, rejected.value) }],
  ['set_instance_status', { instance_id: 'legacy', op: 'SET_NORMAL', sk: rejected.value }],
  ['no_such_op', objectStore(rejected.value, rejected.value)],
];

/** Bodies that cannot be read, each broken at or around the secret. */
const brokenBodies: readonly (string | Buffer)[] = [
  `{"instance_id": "broken", "obj_info": {"sk": "${malformed.value}`,
  `{"instance_id": "broken", "obj_info": {"sk": "${malformed.value}" "ak": ""}}`,
  `{"instance_id": "broken", "obj_info": {"sk": ${malformed.value}}}`,
  `{"instance_id": "broken", "obj_info": {"sk": {"value": "${malformed.value}"}}}`,
  `{"instance_id": "broken", "obj_info": {"ak": ${numeric.value}, "sk": ${numeric.value}}}`,
  `{"instance_id": "broken", "vault": {"hdfs_info": {"build_conf": {"hdfs_kerberos_keytab": ${numeric.value}}}}}`,
  `{"instance_id": "broken", "obj_info": "${malformed.value}"}`,
  `{"instance_id": "broken", "ram_user": ["${malformed.value}"]}`,
  `{"instance_id": "broken", "${malformed.value}": }`,
  `"${malformed.value}"`,
  malformed.value,
  Buffer.concat([Buffer.from(`{"instance_id": "broken", "obj_info": {"sk": "${malformed.value}`), Buffer.of(0xff, 0xfe)]),
  // PostgreSQL holds no U+0000 in a text: it refuses what was sealed already.
  JSON.stringify({ instance_id: 'zero', name: 'a\0b', obj_info: objectStore(malformed.value, malformed.value) }),
];

const HEADERS = {
  authorization: `Bearer ${header.value}`,
  'proxy-authorization': `Basic ${header.value}`,
  cookie: `session=${header.value}`,
  'x-amz-security-token': header.value,
  'x-request-id': `id ${header.value}`,
  referer: `http://client/?sk=${header.value}`,
};

/** The request id too, as the audit knows it; elsewhere it holds a secret, and blanks that make it unusable as one. */
const keyed = (key: string): Readonly<Record<string, string>> => ({ 'idempotency-key': key, 'x-request-id': key });

/** Sends calls of every kind with secrets in them. Gives the replies to those that must not give any back. */
export async function callWithSecrets(url: string, token: string): Promise<readonly RawResponse[]> {
  const target = (op: string, given = token): string => `/MetaService/http/${op}?token=${encodeURIComponent(given)}`;
  const put = (op: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<RawResponse> =>
    exchange(url, rawRequest('PUT', target(op), body, { ...HEADERS, ...headers }));
  const replies: RawResponse[] = [];

  for (const [instanceId, storage] of Object.entries(creations)) {
    const body = JSON.stringify({ instance_id: instanceId, name: instanceId, user_id: 'u', ...storage });
    // Stored with its answer, given again, refused for another request, and then refused for what it is.
    replies.push(await put('create_instance', body, keyed(`create-${instanceId}`)));
    replies.push(await put('create_instance', body, keyed(`create-${instanceId}`)));
    replies.push(await put('drop_instance', body, keyed(`create-${instanceId}`)));
    replies.push(await put('create_instance', body));
    replies.push(await put('create_instance', body, keyed(`refused-${instanceId}`)));
    replies.push(await put('enable_instance_sse', body));
  }
  for (const [op, body] of refusals) replies.push(await put(op, JSON.stringify(body), keyed(`refused-${replies.length}`)));
  for (const body of brokenBodies) {
    const head = rawRequest('PUT', target('create_instance'), '', { ...HEADERS, 'content-length': String(Buffer.byteLength(body)) });
    replies.push(await exchange(url, Buffer.concat([Buffer.from(head), Buffer.from(body)])));
  }
  const tooLarge = rawRequest('PUT', target('create_instance'), '', { 'content-length': String(2 ** 30) });
  replies.push(await exchange(url, `${tooLarge}{"sk": "${malformed.value}"`));
  // The contract repeats a wrong token (section 1.2), and a wrong value of a field that holds no secret (2.3), to the
  // client that sent it: these replies are not looked at.
  await exchange(url, rawRequest('PUT', target('create_instance', wrongToken.value), JSON.stringify(creations['legacy'])));
  await put('create_instance', `{"obj_info": {"use_path_style": "${malformed.value}"}}`);
  replies.push(await exchange(url, `PUT sk=${malformed.value} is no HTTP\r\n\r\n`));
  await breakOff(url, target('create_instance'));
  for (const instanceId of Object.keys(creations)) await exchange(url, rawRequest('GET', `${target('get_instance')}&instance_id=${instanceId}`));
  return replies;
}

/** A client that goes away in the middle of a secret. */
async function breakOff(url: string, target: string): Promise<void> {
  const connection = await RawConnection.open(url);
  connection.send(rawRequest('PUT', target, '', { 'content-length': '500' }) + `{"sk": "${malformed.value}`);
  connection.close();
  await connection.closed;
}
