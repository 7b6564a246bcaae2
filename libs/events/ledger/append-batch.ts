import type { ClaimChange } from '#domain/decider.js';
import type { Append, AppendOutcome, RecordedEvent, ShardRef } from './ledger.js';

/** Calls `ledger.append_events` (migrations/0002-append-events.sql), whose comment explains the arrays. */
export const APPEND_EVENTS = {
  name: 'append_events',
  text: `select outcomes, head::float8 as head, (extract(epoch from appended_at) * 1000)::float8 as time, details
           from ledger.append_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                                     $19, $20, $21)`,
};

export interface AppendEventsRow {
  readonly outcomes: string;
  /** Of the shard, before the batch. */
  readonly head: number;
  /** Of every event in the batch, in unix ms. */
  readonly time: number;
  readonly details: readonly AppendDetail[] | null;
}

/** Stands in no JSON text, neither raw in a string nor as white space. */
const SEPARATOR = '\u001e';

interface AppendDetail {
  readonly append: number;
  readonly version?: number;
  readonly position?: number | null;
  readonly requestHash?: string;
  readonly answer?: string;
  readonly held?: readonly { kind: string; key: string; owner: string }[];
}

/** A column that no append of the batch fills goes as null, which spares the function the work for it. */
const columnOrNull = <T>(appends: readonly Append[], column: (append: Append) => T | undefined): (T | null)[] | null =>
  appends.some((append) => column(append) !== undefined) ? appends.map((append) => column(append) ?? null) : null;

function eventColumns(appends: readonly Append[]): unknown[] {
  const append: number[] = [];
  const version: number[] = [];
  const id: string[] = [];
  const type: string[] = [];
  const schemaVersion: number[] = [];
  const data: string[] = [];
  appends.forEach(({ events, expectedVersion }, index) => {
    events.forEach((event, offset) => {
      append.push(index + 1);
      version.push(expectedVersion + offset + 1);
      id.push(event.id);
      type.push(event.type);
      schemaVersion.push(event.schemaVersion);
      data.push(event.data);
    });
  });
  return [append, version, id, type, schemaVersion, data.join(SEPARATOR)];
}

function claimColumns(appends: readonly Append[]): unknown[] {
  const claims: (ClaimChange & { append: number })[] = appends.flatMap(({ claims = [] }, index) =>
    claims.map((claim) => ({ ...claim, append: index + 1 })),
  );
  if (claims.length === 0) return [null, null, null, null, null];
  return [
    claims.map(({ append }) => append),
    claims.map(({ action }) => action === 'take'),
    claims.map(({ kind }) => kind),
    claims.map(({ key }) => key),
    claims.map(({ owner }) => owner),
  ];
}

/** The parameters of APPEND_EVENTS for these appends, all of the shard with this id. */
export function appendEventsParameters(shardId: number, appends: readonly Append[]): unknown[] {
  return [
    shardId,
    appends.map(({ stream }) => stream.name),
    appends.map(({ expectedVersion }) => expectedVersion),
    appends.map(({ events }) => events.length),
    appends.map(({ metadata }) => JSON.stringify(metadata)).join(SEPARATOR),
    columnOrNull(appends, ({ idempotency }) => idempotency?.key),
    columnOrNull(appends, ({ idempotency }) => idempotency?.requestHash),
    columnOrNull(appends, ({ idempotency }) => idempotency?.answer),
    columnOrNull(appends, ({ dataKey }) => dataKey?.keyId),
    columnOrNull(appends, ({ dataKey }) => dataKey?.wrapped),
    ...eventColumns(appends),
    ...claimColumns(appends),
  ];
}

function exceptionalOutcome(shard: number, append: Append, letter: string, detail: AppendDetail): AppendOutcome {
  switch (letter) {
    case 'c':
      // The stream holds the very event that was sent: an earlier try of this append had succeeded unheard.
      return typeof detail.position === 'number'
        ? { kind: 'appended', shard, position: detail.position, version: append.expectedVersion + append.events.length }
        : { kind: 'conflict', version: detail.version ?? 0 };
    case 'h':
      return { kind: 'claimed', held: detail.held ?? [] };
    case 'r':
      return { kind: 'replayed', requestHash: detail.requestHash ?? '', answer: detail.answer ?? 'null' };
    default:
      throw new Error(`append_events answered with the unknown outcome "${letter}"`);
  }
}

/** What became of each append, in the order they were sent. */
export function readAppendOutcomes(shard: number, appends: readonly Append[], row: AppendEventsRow): AppendOutcome[] {
  const details = new Map((row.details ?? []).map((detail) => [detail.append, detail]));
  let position = row.head;
  return appends.map((append, index) => {
    const letter = row.outcomes[index] ?? '';
    if (letter !== 'a') {
      return exceptionalOutcome(shard, append, letter, details.get(index + 1) ?? { append: index + 1 });
    }
    position += append.events.length;
    return {
      kind: 'appended',
      shard,
      position: append.events.length > 0 ? position : 0,
      version: append.expectedVersion + append.events.length,
    };
  });
}

/** The events that this very call has appended, as a reader would get them. */
export function appendedEvents({ log, shard }: ShardRef, appends: readonly Append[], row: AppendEventsRow): RecordedEvent[] {
  const time = new Date(row.time);
  const recorded: RecordedEvent[] = [];
  appends.forEach(({ stream, expectedVersion, events, metadata }, index) => {
    if (row.outcomes[index] !== 'a') return;
    events.forEach(({ id, type, schemaVersion, data }, offset) => {
      const position = row.head + recorded.length + 1;
      const version = expectedVersion + offset + 1;
      recorded.push({ log, shard, position, stream: stream.name, version, id, type, schemaVersion, time, data, metadata });
    });
  });
  return recorded;
}
