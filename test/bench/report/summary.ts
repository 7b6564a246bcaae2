import type { Bound, Measurement, Round } from '../figure.js';

export interface Summary {
  readonly medianSubject: number;
  readonly medianPeer?: number;
  /** Of the ratios to the peer, or of the subject itself where a limit is the goal. */
  readonly median: number;
  readonly best: number;
  readonly isMet: boolean;
  /** By how much the best round misses the goal, e.g. 0.12 for 12 %; 0 when it is met. */
  readonly missedBy: number;
}

/** The goal is held against the best round: what disturbs a shared machine can only make a round worse. */
export function summarise({ goal, rounds }: Measurement): Summary {
  const judged = rounds.map((round) => (goal.against === 'peer' ? ratio(round) : round.subject));
  const best = goal.bound === 'at least' ? Math.max(...judged) : Math.min(...judged);
  const shortfall = goal.bound === 'at least' ? 1 - best / goal.value : best / goal.value - 1;
  const peers = rounds.flatMap(({ peer }) => (peer === undefined ? [] : [peer]));
  return {
    medianSubject: median(rounds.map(({ subject }) => subject)),
    ...(peers.length > 0 ? { medianPeer: median(peers) } : {}),
    median: median(judged),
    best,
    isMet: shortfall <= 0,
    missedBy: Math.max(0, shortfall),
  };
}

export const boundSign = (bound: Bound): string => (bound === 'at least' ? '>=' : '<=');

const ratio = ({ subject, peer = NaN }: Round): number => subject / peer;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
}
