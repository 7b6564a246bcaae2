// A process of its own that writes to a ledger: `ledger-writer.js <url> <writers> <appends each> <prefix>`.
// Prints one JSON line with the outcomes by kind.
import { PostgresLedger } from '#events/ledger/postgres-ledger.js';
import { uuidV7 } from '#events/uuid-v7.js';

const [connectionString = '', writers = '1', appends = '1', prefix = ''] = process.argv.slice(2);
const ledger = await PostgresLedger.open({ connectionString });
const outcomes: Record<string, number> = {};

async function write(writer: number): Promise<void> {
  for (let n = 0; n < Number(appends); n += 1) {
    const { kind } = await ledger.append({
      // Half of the streams are this writer's own, half are fought for by all.
      stream: { log: 'instances', name: n % 2 ? `instance/shared-${n}` : `instance/${prefix}-${writer}-${n}` },
      expectedVersion: 0,
      events: [1, 2].map((part) => ({ id: uuidV7(), type: 'Tested', schemaVersion: 1, data: JSON.stringify({ part }) })),
      metadata: { principal: prefix },
    });
    outcomes[kind] = (outcomes[kind] ?? 0) + 1;
  }
}

await Promise.all(Array.from({ length: Number(writers) }, (_, writer) => write(writer)));
await ledger.close();
process.stdout.write(`${JSON.stringify(outcomes)}\n`);
