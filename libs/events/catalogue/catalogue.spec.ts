import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fold } from '#domain/decider.testing.js';
import { instanceDecider } from '#domain/instance/instance.decider.js';
import { eventCatalogue, eventTypes, type DomainEvent } from './catalogue.js';
import { decodeEvent, encodeEvent, validateEvent, type EncodedEvent } from './event-codec.js';
import type { EventHistory } from './event-history.js';

const fixtureFolder = new URL('./fixtures/', import.meta.url);

interface Fixture extends EncodedEvent {
  readonly file: string;
}

/** `<type>.v<version>[.<variant>].json`: data as that version wrote it. A fixture is never edited, only added. */
const fixtures: readonly Fixture[] = readdirSync(fixtureFolder).map((file) => {
  const [type = '', version = ''] = file.split('.');
  return {
    file,
    type,
    schemaVersion: Number(version.slice(1)),
    data: readFileSync(new URL(file, fixtureFolder), 'utf8'),
  };
});

const firstOf = (type: DomainEvent['type']): DomainEvent => {
  const fixture = fixtures.find((candidate) => candidate.type === type);
  if (fixture === undefined) throw new Error(`no fixture of ${type}`);
  return decodeEvent(fixture);
};

describe('the event catalogue', () => {
  it.each(eventTypes)('has a fixture for every version of %s', (type) => {
    const known = eventCatalogue[type].schemas.map((_, index) => index + 1);
    const shown = fixtures.filter((fixture) => fixture.type === type).map(({ schemaVersion }) => schemaVersion);
    expect([...new Set(shown)].sort()).toEqual(known);
  });

  it('has an entry for every fixture: no type and no version is ever forgotten', () => {
    const forgotten = fixtures.filter(({ type }) => !eventTypes.some((known) => known === type));
    expect(forgotten).toEqual([]);
  });
});

describe.each(fixtures)('the fixture $file', (fixture) => {
  it('is valid in the version that it was written in', () => {
    expect(validateEvent(fixture)).toMatchObject({ kind: 'valid' });
  });

  it('decodes to an event that is valid in the current version', () => {
    expect(validateEvent(encodeEvent(decodeEvent(fixture)))).toMatchObject({ kind: 'valid' });
  });

  it('folds', () => {
    const history = [firstOf('InstanceCreated'), firstOf('ClusterAdded'), decodeEvent(fixture)];
    expect(fold(instanceDecider, history)).toMatchObject({ kind: 'existing', instance: { instanceId: 'prod' } });
  });

  it('has no member that its schema does not know', () => {
    const data: object = JSON.parse(fixture.data);
    expect(validateEvent({ ...fixture, data: JSON.stringify({ ...data, extra: 1 }) })).toEqual({
      kind: 'invalid',
      problem: expect.stringContaining('extra'),
    });
  });
});

describe('the whole life of an instance, as its fixtures tell it', () => {
  it('folds to the state that it always folded to', () => {
    const lived = fold(instanceDecider, [
      firstOf('InstanceCreated'),
      firstOf('ClusterAdded'),
      firstOf('InstanceStatusChanged'),
      firstOf('InstanceSseChanged'),
      firstOf('InstanceRenamed'),
    ]);
    expect(lived).toMatchObject({
      instance: {
        name: 'lake',
        status: 'OVERDUE',
        sseEnabled: false,
        objectStores: [{ id: '1', bucket: 'warehouse' }],
        vaults: [{ id: '2', name: 'built_in_storage_vault', storage: { kind: 'hdfs' } }],
        clusters: [{ clusterId: 'compute_1', nodes: [{ nodeId: 1 }, { nodeId: 2 }] }],
        mtime: 1700000200,
      },
    });
    expect(fold(instanceDecider, [firstOf('ClusterDropped'), firstOf('InstanceDropped')], lived)).toMatchObject({
      instance: { status: 'DELETED', clusters: [], mtime: 1700000400 },
    });
  });
});

/** Without `readonly`, which says nothing about stored data; optional members stay optional. */
type Plain<T> = T extends object ? { -readonly [K in keyof T]: Plain<T[K]> } : T;
/** Identity, not assignability: an optional member that a schema forgot would pass as assignable. */
type Same<A, B> = (<T>() => T extends Plain<A> ? 1 : 2) extends <T>() => T extends Plain<B> ? 1 : 2 ? true : false;
type Catalogue = typeof eventCatalogue;
type SchemaAgrees = {
  [T in keyof Catalogue]: Catalogue[T] extends EventHistory<infer Data>
    ? Same<Data, Extract<DomainEvent, { readonly type: T }>['data']>
    : false;
};

describe('the current schemas', () => {
  it('say the same as the TypeScript types (checked by the compiler)', () => {
    const agrees: SchemaAgrees = {
      InstanceCreated: true,
      InstanceDropped: true,
      InstanceStatusChanged: true,
      InstanceSseChanged: true,
      InstanceRenamed: true,
      ClusterAdded: true,
      ClusterDropped: true,
    };
    expect(Object.keys(agrees)).toEqual(eventTypes);
  });
});
