import pg from 'pg';
import { workForSeconds } from '../workload/work.js';
import { INSERT, type InsertReport, type RowTexts, type SingleRowInserts } from './inserts.js';

/** The same where pgbench is not installed: connections of `pg`, each with its statement prepared. */
export class PreparedInserts implements SingleRowInserts {
  readonly name = 'prepared inserts';

  constructor(
    private readonly connectionString: string,
    private readonly row: RowTexts,
  ) {}

  async run(clients: number, seconds: number): Promise<InsertReport> {
    const { data, metadata } = this.row;
    const insert = { name: 'insert', text: INSERT('$1', '$2'), values: [data, metadata] };
    const idle = Array.from({ length: clients }, () => new pg.Client({ connectionString: this.connectionString }));
    const all = [...idle];
    await Promise.all(all.map((client) => client.connect()));
    try {
      const perSecond = await workForSeconds(seconds, clients, async () => {
        const client = idle.pop();
        if (!client) throw new Error('every worker has a connection');
        await client.query(insert);
        idle.push(client);
      });
      return { perSecond, averageMs: (clients * 1_000) / perSecond };
    } finally {
      await Promise.all(all.map((client) => client.end()));
    }
  }
}
