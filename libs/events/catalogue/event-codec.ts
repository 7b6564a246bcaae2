import * as z from 'zod';
import { eventCatalogue, type DomainEvent } from './catalogue.js';
import type { EventHistory } from './event-history.js';

/** The part of an event that the catalogue answers for; `data` is JSON text. */
export interface EncodedEvent {
  readonly type: string;
  readonly schemaVersion: number;
  readonly data: string;
}

/** This code does not know the type, or only older versions of it: a reader stops rather than pass over a fact. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';

  constructor(type: string, schemaVersion: number) {
    super(
      `unknown event ${type} version ${schemaVersion}: it was written by newer code than this, or by something else`,
    );
  }
}

/** A map, so that a type named like a member of every object (`constructor`) is as unknown as any other. */
const histories: ReadonlyMap<string, EventHistory<unknown>> = new Map(Object.entries(eventCatalogue));

/** On the path of every command: the decider vouches for the shape, nothing is validated. */
export function encodeEvent(event: DomainEvent): EncodedEvent {
  const { version } = eventCatalogue[event.type];
  return { type: event.type, schemaVersion: version, data: JSON.stringify(event.data) };
}

/** On the path of every fold and projection: brings the data up to date, validates nothing. */
export function decodeEvent(recorded: EncodedEvent): DomainEvent {
  const { type, schemaVersion } = recorded;
  const data = historyOf(recorded).upcast(JSON.parse(recorded.data), schemaVersion);
  return { type, data } as DomainEvent;
}

export type EventValidation =
  | { readonly kind: 'valid'; readonly event: DomainEvent }
  /** `problem` names members and what was expected of them, never their values. */
  | { readonly kind: 'invalid'; readonly problem: string };

/** For audits and tests: holds the data against the schema of the version that it was written in. */
export function validateEvent(recorded: EncodedEvent): EventValidation {
  const schema = historyOf(recorded).schemas[recorded.schemaVersion - 1];
  const result = schema?.safeParse(JSON.parse(recorded.data));
  if (result?.success) return { kind: 'valid', event: decodeEvent(recorded) };
  return { kind: 'invalid', problem: result ? z.prettifyError(result.error) : 'no schema' };
}

function historyOf({ type, schemaVersion }: EncodedEvent): EventHistory<unknown> {
  const history = histories.get(type);
  if (!history?.knows(schemaVersion)) throw new UnknownEvent(type, schemaVersion);
  return history;
}
