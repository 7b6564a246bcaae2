// A process of its own that fights for claims: `claim-racer.js <url> <owner> <claims>`.
// Prints one JSON line with the keys that it won.
import { PostgresLedger } from '#events/ledger/postgres-ledger.js';
import { uuidV7 } from '#events/uuid-v7.js';

const [connectionString = '', owner = '', claims = '1'] = process.argv.slice(2);
const ledger = await PostgresLedger.open({ connectionString });

async function take(n: number): Promise<string[]> {
  const key = `node-${n}`;
  const { kind } = await ledger.append({
    stream: { log: 'instances', name: `${owner}-${n}` },
    expectedVersion: 0,
    events: [{ id: uuidV7(), type: 'Tested', schemaVersion: 1, data: '{}' }],
    metadata: { principal: owner },
    claims: [{ action: 'take', kind: 'cloud_unique_id', key, owner }],
  });
  return kind === 'appended' ? [key] : [];
}

const won = await Promise.all(Array.from({ length: Number(claims) }, (_, n) => take(n)));
await ledger.close();
process.stdout.write(`${JSON.stringify(won.flat())}\n`);
