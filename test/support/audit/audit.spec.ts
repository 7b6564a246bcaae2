import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '#events/ledger/ledger.js';
import type { Change } from '../load/change.js';
import { brokenPromises } from './kept-promises.js';
import { disorder } from './log-order.js';

const recorded = (position: number, version: number, more: Partial<RecordedEvent> = {}): RecordedEvent => ({
  log: 'instances', shard: 0, position, version, stream: 'instance/a', id: `event-${position}`,
  type: version === 1 ? 'InstanceCreated' : 'InstanceRenamed', schemaVersion: 1, time: new Date(position), data: '{}',
  metadata: { requestId: `request-${position}` },
  ...more,
});
const CREATED = recorded(1, 1);
const RENAMED = recorded(2, 2);

describe('the audit of the order of a log', () => {
  it('has nothing to say about a dense one', () => {
    expect(disorder([CREATED, RENAMED], 2)).toEqual([]);
  });

  it.each([
    ['a gap', [CREATED, recorded(3, 2)], 3],
    ['a head beyond the last event', [CREATED], 2],
    ['a version left out', [CREATED, recorded(2, 3)], 2],
    ['a second creation', [CREATED, recorded(2, 2, { type: 'InstanceCreated' })], 2],
    ['a time that goes back', [CREATED, recorded(2, 2, { time: new Date(0) })], 2],
  ])('finds %s', (_, events, head) => {
    expect(disorder(events, head)).not.toEqual([]);
  });
});

describe('the audit of what clients were told', () => {
  const change = (n: number, more: Partial<Change> = {}): Change => ({
    requestId: `request-${n}`, instanceId: 'a', op: 'rename_instance', eventType: n === 1 ? 'InstanceCreated' : 'InstanceRenamed',
    body: {}, isRepeatable: false, outcome: 'acknowledged', ...more,
  });

  it('has nothing to say when all of it is there once', () => {
    expect(brokenPromises([change(1), change(2)], [CREATED, RENAMED])).toEqual([]);
  });

  it('allows what was not acknowledged to be there or not', () => {
    const unsettled = change(2, { outcome: 'unsettled' });
    expect(brokenPromises([change(1), unsettled], [CREATED])).toEqual([]);
    expect(brokenPromises([change(1), unsettled], [CREATED, RENAMED])).toEqual([]);
  });

  it.each([
    ['an acknowledged change that is lost', [change(1), change(2)], [CREATED]],
    ['a change that is there twice', [change(1)], [CREATED, recorded(2, 2, { metadata: CREATED.metadata })]],
    ['an event that nobody sent', [change(1)], [CREATED, RENAMED]],
    ['a change that became another', [change(1, { instanceId: 'b' })], [CREATED]],
    ['changes of one client in another order', [change(2), change(1)], [CREATED, RENAMED]],
  ])('finds %s', (_, changes, events) => {
    expect(brokenPromises(changes, events)).not.toEqual([]);
  });
});
