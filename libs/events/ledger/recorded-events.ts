import type { EventMetadata, RecordedEvent, ShardRef } from './ledger.js';

/** The columns of ledger.events as ROW_COLUMNS selects them; read as arrays, the cheapest form that pg has. */
export type EventRow = [
  position: number,
  stream: string,
  version: number,
  id: string,
  type: string,
  schemaVersion: number,
  timeMs: number,
  data: string,
  metadata: string,
];

/**
 * Positions and versions stay below 2^53, and as float8 they arrive as numbers. They are ordered by as
 * `events.position`: the bare name would be the float8 of the output, in whose order there is no index.
 */
const ROW_COLUMNS = `position::float8, stream, version::float8, id::text, type, schema_version,
  (extract(epoch from time) * 1000)::float8, data::text, metadata::text`;

export const READ_STREAM = {
  name: 'read_stream',
  text: `select ${ROW_COLUMNS} from ledger.events
          where shard_id = $1 and stream = $2 and version > $3 order by events.version`,
};

export const READ_SHARD = {
  name: 'read_shard',
  text: `select ${ROW_COLUMNS} from ledger.events
          where shard_id = $1 and position > $2 order by events.position limit $3`,
};

export function recordedEvent({ log, shard }: ShardRef, row: EventRow): RecordedEvent {
  const [position, stream, version, id, type, schemaVersion, timeMs, data, metadata] = row;
  return {
    log,
    shard,
    position,
    stream,
    version,
    id,
    type,
    schemaVersion,
    time: new Date(timeMs),
    data,
    metadata: JSON.parse(metadata) as EventMetadata,
  };
}
