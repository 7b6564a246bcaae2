import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyInstanceHistory } from '#domain/instance/instance.arbitraries.testing.js';
import { eventCatalogue, eventTypes } from './catalogue.js';
import { decodeEvent, encodeEvent, UnknownEvent, validateEvent } from './event-codec.js';

describe('encode and decode', () => {
  it('give back every event that deciders make, and what they make is valid', () => {
    fc.assert(
      fc.property(anyInstanceHistory, (history) => {
        for (const event of history) {
          const encoded = encodeEvent(event);
          expect(decodeEvent(encoded)).toEqual(event);
          expect(validateEvent(encoded)).toEqual({ kind: 'valid', event });
        }
      }),
    );
  });

  it('write the current version', () => {
    const encoded = encodeEvent({ type: 'InstanceDropped', data: { instanceId: 'prod', at: 1 } });
    expect(encoded).toEqual({ type: 'InstanceDropped', schemaVersion: 1, data: '{"instanceId":"prod","at":1}' });
  });
});

describe('an event that this code does not know', () => {
  it.each(['InstanceExploded', 'constructor', '__proto__', ''])('stops its reader: type %o', (type) => {
    const recorded = { type, schemaVersion: 1, data: '{}' };
    expect(() => decodeEvent(recorded)).toThrow(UnknownEvent);
    expect(() => validateEvent(recorded)).toThrow(UnknownEvent);
  });

  it.each(eventTypes)('stops its reader: %s of a version to come, or of none', (type) => {
    for (const schemaVersion of [eventCatalogue[type].version + 1, 0, -1, 1.5, Number.NaN]) {
      expect(() => decodeEvent({ type, schemaVersion, data: '{}' })).toThrow(UnknownEvent);
    }
  });

  it('is named by the error, with its version and without its data', () => {
    const decode = () => decodeEvent({ type: 'InstanceDropped', schemaVersion: 7, data: '{"sk":"hunter2"}' });
    expect(decode).toThrow('unknown event InstanceDropped version 7');
    expect(decode).not.toThrow('hunter2');
  });
});

describe('validation', () => {
  it('names the member that is wrong, not its value', () => {
    const data = '{"instanceId":"prod","at":"hunter2"}';
    const result = validateEvent({ type: 'InstanceDropped', schemaVersion: 1, data });
    expect(result).toEqual({ kind: 'invalid', problem: expect.stringContaining('at') });
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});
