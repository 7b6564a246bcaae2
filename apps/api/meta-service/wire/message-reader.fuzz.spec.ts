import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage } from './message-reader.js';
import { createInstanceRequest } from './requests.js';

const SECRET = 'S3CR3T';

const BODIES = [
  {
    instance_id: 'sample_instance_id',
    name: 'sample_instance_name',
    user_id: 'sample_user_id',
    vault: {
      hdfs_info: {
        build_conf: {
          fs_name: 'hdfs://127.0.0.1:8020',
          user: 'hadoop',
          hdfs_kerberos_keytab: SECRET,
          hdfs_kerberos_principal: 'hadoop/127.0.0.1@EXAMPLE',
          hdfs_confs: [{ key: 'hadoop.security.authentication', value: SECRET }],
        },
        prefix: 'sample_prefix',
      },
    },
  },
  {
    instance_id: 'legacy',
    sse_enabled: true,
    obj_info: { ak: SECRET, sk: SECRET, bucket: 'b', ctime: '1', mtime: 2, provider: 'COS', use_path_style: 'no' },
    ram_user: { user_id: 'u', ak: SECRET, sk: SECRET, encryption_info: { key_id: 1.5e3 } },
    unknown: { list: [1, -2.5e-3, true, null, '\u00e9\u{1f600}', {}] },
  },
].map((body) => Buffer.from(JSON.stringify(body)));

const aBody = fc.constantFrom(...BODIES);
const aPlace = fc.nat();
/** The bytes that mean something to the reader, and some that do not. */
const aByte = fc.oneof(
  fc.constantFrom(...Buffer.from('{}[]:,"\'\\u0d8-+.eE19 \n\ttfn/_$')),
  fc.integer({ min: 0, max: 255 }),
);

const mutation = fc.record({ at: aPlace, remove: fc.nat(20), insert: fc.array(aByte, { maxLength: 4 }) });
const mutatedBody = fc
  .tuple(aBody, fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([body, mutations]) => mutations.reduce(splice, body));

function splice(body: Buffer, { at, remove, insert }: { at: number; remove: number; insert: number[] }): Buffer {
  const from = body.length === 0 ? 0 : at % body.length;
  return Buffer.concat([body.subarray(0, from), Buffer.from(insert), body.subarray(from + remove)]);
}

const read = (body: Buffer) => readMessage(createInstanceRequest, body);

function isReadOrMalformed(body: Buffer): boolean {
  const result = read(body);
  return result.kind === 'read' ? typeof result.message === 'object' : result.detail.length > 0;
}

describe('any document is read or malformed, and nothing is thrown', () => {
  it.each([
    ['mutated bodies', 40_000, mutatedBody],
    ['random bytes', 20_000, fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes))],
    ['random JSON', 20_000, fc.json({ maxDepth: 4 }).map((json) => Buffer.from(json))],
    ['words of JSON in any order', 20_000, wordsOfJson()],
  ])('%s', (_, numRuns, documents: fc.Arbitrary<Buffer>) => {
    fc.assert(fc.property(documents, isReadOrMalformed), { numRuns });
  });

  it('a body with any member at any place', () => {
    const member = fc.constantFrom(...Object.keys(createInstanceRequest.specs));
    const body = fc.dictionary(member, fc.jsonValue({ maxDepth: 3 }));
    const documents = body.map((value) => Buffer.from(JSON.stringify(value)));
    fc.assert(fc.property(documents, isReadOrMalformed), { numRuns: 5_000 });
  });
});

it('the detail never holds a secret of the body', () => {
  const oneByteOff = fc
    .tuple(aBody, aPlace, fc.constantFrom(0, 1), fc.array(aByte, { maxLength: 1 }))
    .map(([body, at, remove, insert]) => splice(body, { at, remove, insert }));
  fc.assert(
    fc.property(oneByteOff, (body) => {
      const result = read(body);
      expect(result.kind === 'malformed' ? result.detail : '').not.toContain(SECRET);
    }),
    { numRuns: 20_000 },
  );
});

function wordsOfJson(): fc.Arbitrary<Buffer> {
  const word = fc.constantFrom(
    ...['{', '}', '[', ']', ':', ',', ' ', '"a"', "'b'", 'null', 'true', '1', '-1.5e3', '007', '"', '\\u', 'bare'],
    ...['"instance_id"', 'obj_info', '"obj_info":{', 'provider:', '"ctime":', 'vault:{', 'hdfs_confs:[', '"key":"k"'],
  );
  return fc.array(word, { maxLength: 30 }).map((words) => Buffer.from(`{${words.join('')}`));
}
