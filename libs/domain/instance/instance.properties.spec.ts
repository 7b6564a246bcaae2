import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide, evolve } from '../decider.js';
import { fold, given } from '../decider.testing.js';
import { anyInstanceCommand, anyInstanceHistory } from './instance.arbitraries.testing.js';
import { instanceDecider } from './instance.decider.js';
import type { InstanceEvent } from './instance.events.js';
import type { InstanceState } from './instance.state.js';

const runs = { numRuns: 1_000 };

const statusOf = (state: InstanceState): string => (state.kind === 'absent' ? 'absent' : state.instance.status);

/** Section 4.3: where each status may lead. An event that is no transition keeps the status. */
const lifecycle: Record<string, readonly string[]> = {
  absent: ['NORMAL'],
  NORMAL: ['NORMAL', 'OVERDUE', 'DELETED'],
  OVERDUE: ['OVERDUE', 'NORMAL', 'DELETED'],
  DELETED: ['DELETED'],
};

function statesAlong(history: readonly InstanceEvent[]): InstanceState[] {
  const states: InstanceState[] = [instanceDecider.initial];
  for (const event of history) states.push(fold(instanceDecider, [event], states.at(-1)));
  return states;
}

describe('any command on any state', () => {
  it('decides without an error, the same each time, and touches neither (all inputs are frozen)', () => {
    fc.assert(
      fc.property(anyInstanceHistory, anyInstanceCommand, (history, command) => {
        const { state, when } = given(instanceDecider, ...history);
        expect(when(command)).toEqual(decide(instanceDecider, structuredClone(command), structuredClone(state)));
      }),
      runs,
    );
  });

  it('takes at most one step, and never one off the lifecycle', () => {
    fc.assert(
      fc.property(anyInstanceHistory, anyInstanceCommand, (history, command) => {
        const decision = given(instanceDecider, ...history).when(command);
        const events = decision.kind === 'accepted' ? decision.events : [];
        expect(events.length).toBeLessThanOrEqual(1);
        const states = statesAlong([...history, ...events]);
        states.slice(1).forEach((state, index) => {
          expect(lifecycle[statusOf(states[index] ?? instanceDecider.initial)]).toContain(statusOf(state));
        });
      }),
      runs,
    );
  });

  it('creates an instance only where there was none', () => {
    fc.assert(
      fc.property(anyInstanceHistory, (history) => {
        const creations = history.filter(({ type }) => type === 'InstanceCreated');
        expect(creations).toEqual(history.slice(0, 1));
      }),
      runs,
    );
  });

  it('never drops an instance that has clusters', () => {
    fc.assert(
      fc.property(anyInstanceHistory, (history) => {
        history.forEach((event, index) => {
          if (event.type !== 'InstanceDropped') return;
          expect(fold(instanceDecider, history.slice(0, index))).toMatchObject({ instance: { clusters: [] } });
        });
      }),
      runs,
    );
  });

  it('says in every event which instance and when, as the command said', () => {
    fc.assert(
      fc.property(anyInstanceHistory, anyInstanceCommand, (history, command) => {
        const decision = given(instanceDecider, ...history).when(command);
        if (decision.kind === 'rejected') return;
        for (const { data } of decision.events) {
          expect(data).toMatchObject({ at: command.at, instanceId: expect.stringMatching(/^[0-9a-zA-Z_-]+$/) });
        }
      }),
      runs,
    );
  });
});

describe('any state', () => {
  it('has storage ids that are distinct and count from "1"', () => {
    fc.assert(
      fc.property(anyInstanceHistory, (history) => {
        const state = fold(instanceDecider, history);
        if (state.kind === 'absent') return;
        const { objectStores, vaults } = state.instance;
        const ids = [...objectStores, ...vaults].map(({ id }) => id);
        expect(ids).toEqual(ids.map((_, index) => String(index + 1)));
      }),
      runs,
    );
  });

  it('survives being stored as JSON, as snapshots are', () => {
    fc.assert(
      fc.property(anyInstanceHistory, (history) => {
        const state = fold(instanceDecider, history);
        expect(JSON.parse(JSON.stringify(state))).toEqual(state);
      }),
      runs,
    );
  });

  it('takes any event without an error, even out of order', () => {
    fc.assert(
      fc.property(fc.array(anyInstanceHistory, { maxLength: 3 }), (histories) => {
        const shuffled = histories.flat().reverse();
        shuffled.reduce<InstanceState>(
          (state, event) => evolve(instanceDecider, state, event),
          instanceDecider.initial,
        );
      }),
      runs,
    );
  });
});
