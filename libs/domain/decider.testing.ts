import { decide, evolve, type AggregateTypes, type Decider, type Decision, type HeldClaim } from './decider.js';

/**
 * `expect(given(decider, ...history).when(command)).toEqual(accepted([...]))`: folds the history and decides.
 * History, command and state are frozen on the way, so a decider that is not pure fails in every spec.
 */
export function given<A extends AggregateTypes>(decider: Decider<A>, ...history: readonly A['event'][]) {
  const state = fold(decider, history);
  return {
    state,
    when: (command: A['command'], held: readonly HeldClaim[] = []): Decision<A> =>
      decide(decider, deepFreeze(command), state, deepFreeze(held)),
  };
}

/** The frozen state that a history leads to, from `from` or the very beginning on. */
export function fold<A extends AggregateTypes>(
  decider: Decider<A>,
  history: readonly A['event'][],
  from: A['state'] = decider.initial,
): A['state'] {
  return history.reduce<A['state']>((state, event) => deepFreeze(evolve(decider, state, deepFreeze(event))), from);
}

export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
