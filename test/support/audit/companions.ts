import pg from 'pg';
import type { RecordedEvent } from '#events/ledger/ledger.js';

const SEALED = /"s1\.([\w-]+)\./g;
const KEY = 'meta-service/';

/**
 * What an append stores together with its events must not be there without them, nor they without it: the data key of
 * an instance, and the answer to an idempotency key (the load uses the request id as the key). A key that was
 * deleted on purpose is no finding: its instance has none left.
 */
export async function companionless(connectionString: string, events: readonly RecordedEvent[]): Promise<string[]> {
  const { dataKeys, answers } = await readCompanions(connectionString);
  const streams = new Set(events.map(({ stream }) => stream));
  const requests = new Set(events.map(({ metadata }) => metadata.requestId));
  return [
    ...dataKeys.filter(({ owner }) => !streams.has(owner)).map(({ owner }) => `a data key of ${owner}, which has no event`),
    ...events.flatMap((event) => sealedWithAnother(event, dataKeys)),
    ...answers.filter((key) => !requests.has(key)).map((key) => `an answer to ${key}, of which there is no event`),
  ];
}

interface Companions {
  readonly dataKeys: readonly { readonly keyId: string; readonly owner: string }[];
  readonly answers: readonly string[];
}

async function readCompanions(connectionString: string): Promise<Companions> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const dataKeys = await client.query<Companions['dataKeys'][number]>('select key_id as "keyId", owner from ledger.data_keys');
    const answers = await client.query<{ key: string }>(`select key from ledger.idempotency_keys where answer->>'kind' = 'accepted'`);
    return { dataKeys: dataKeys.rows, answers: answers.rows.map(({ key }) => key.slice(KEY.length)) };
  } finally {
    await client.end();
  }
}

function sealedWithAnother({ stream, data }: RecordedEvent, dataKeys: Companions['dataKeys']): string[] {
  const own = dataKeys.filter(({ owner }) => owner === stream).map(({ keyId }) => keyId);
  if (own.length === 0) return [];
  const foreign = [...data.matchAll(SEALED)].map(([, keyId = '']) => keyId).filter((keyId) => !own.includes(keyId));
  return foreign.map((keyId) => `${stream} is sealed with data key ${keyId}, which is not its own`);
}
