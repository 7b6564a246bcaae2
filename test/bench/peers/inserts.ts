/** What a plain table with the ledger's columns and indexes costs: one row a statement, one statement a commit. */
export interface SingleRowInserts {
  readonly name: string;
  run(clients: number, seconds: number): Promise<InsertReport>;
}

export interface InsertReport {
  readonly perSecond: number;
  readonly averageMs: number;
}

export interface RowTexts {
  readonly data: string;
  readonly metadata: string;
}

/** Two parameters, data and metadata, of about 1 KB; the stream's id is as random as the ledger's are. */
export const INSERT = (data: string, metadata: string): string => `
  insert into peer.events (shard_id, position, stream, version, id, type, schema_version, time, data, metadata)
  values (1, nextval('peer.positions'), 'instance/' || left(replace(gen_random_uuid()::text, '-', ''), 24), 1,
          gen_random_uuid(), 'InstanceCreated', 1, now(), ${data}, ${metadata})`.replaceAll(/\s+/g, ' ');
