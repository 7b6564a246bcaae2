/**
 * The write model of an aggregate: its state, the commands it takes, the events it is made of, and the
 * rejections it answers with. Everything here is pure: the clock, random values and sealed secrets come in
 * with the command.
 */
export interface AggregateTypes {
  readonly state: unknown;
  readonly command: { readonly kind: string };
  readonly event: { readonly type: string; readonly data: object };
  readonly rejection: { readonly code: string };
}

/** A name that one owner holds across streams, as a decision takes or releases it inside the append. */
export interface ClaimChange {
  readonly action: 'take' | 'release';
  /** What kind of name, e.g. `cloud_unique_id`. */
  readonly kind: string;
  readonly key: string;
  /** The stream that holds it, e.g. `instance/prod`. */
  readonly owner: string;
}

/** A claim that a decision wanted to take and that another owner holds; the runner decides again with it. */
export interface HeldClaim {
  readonly kind: string;
  readonly key: string;
  readonly owner: string;
}

/** Accepting with no events is how idempotence is spelled. */
export type Decision<A extends AggregateTypes> =
  | { readonly kind: 'accepted'; readonly events: readonly A['event'][]; readonly claims?: readonly ClaimChange[] }
  | { readonly kind: 'rejected'; readonly rejection: A['rejection'] };

/** One entry per event type, so that the compiler counts them. */
export type Evolve<A extends AggregateTypes> = {
  readonly [T in A['event']['type']]: (
    state: A['state'],
    event: Extract<A['event'], { readonly type: T }>,
  ) => A['state'];
};

/** One entry per command kind, so that the compiler counts them. */
export type Decide<A extends AggregateTypes> = {
  readonly [K in A['command']['kind']]: (
    command: Extract<A['command'], { readonly kind: K }>,
    state: A['state'],
    held: readonly HeldClaim[],
  ) => Decision<A>;
};

export interface Decider<A extends AggregateTypes> {
  readonly initial: A['state'];
  readonly evolve: Evolve<A>;
  readonly decide: Decide<A>;
}

export const accepted = <A extends AggregateTypes>(
  events: readonly A['event'][],
  claims: readonly ClaimChange[] = [],
): Decision<A> => ({ kind: 'accepted', events, claims });

export const rejected = <A extends AggregateTypes>(rejection: A['rejection']): Decision<A> => ({
  kind: 'rejected',
  rejection,
});

/** Applies one event; `undefined` state never occurs, the fold starts at `decider.initial`. */
export function evolve<A extends AggregateTypes>(decider: Decider<A>, state: A['state'], event: A['event']): A['state'] {
  const apply = decider.evolve[event.type as A['event']['type']] as (s: A['state'], e: A['event']) => A['state'];
  return apply(state, event);
}

/** Decides one command on one state; `held` names the claims that the last try found in other hands. */
export function decide<A extends AggregateTypes>(
  decider: Decider<A>,
  command: A['command'],
  state: A['state'],
  held: readonly HeldClaim[] = [],
): Decision<A> {
  const handle = decider.decide[command.kind as A['command']['kind']] as (
    c: A['command'],
    s: A['state'],
    h: readonly HeldClaim[],
  ) => Decision<A>;
  return handle(command, state, held);
}
