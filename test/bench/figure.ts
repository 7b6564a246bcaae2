import type { Bench } from './bench.js';

export type Bound = 'at least' | 'at most';

/** What a measurement is held against: so many times its peer, or so much in its own unit. */
export interface Goal {
  readonly against: 'peer' | 'limit';
  readonly bound: Bound;
  readonly value: number;
}

/** The peer measured right beside the subject, on the same server. */
export interface Round {
  readonly subject: number;
  readonly peer?: number;
}

export interface Measurement {
  /** Unique over all figures. */
  readonly name: string;
  readonly what: string;
  readonly unit: '/s' | 'ms' | 's' | 'MB' | 'x';
  readonly goal: Goal;
  readonly peer?: string;
  readonly rounds: readonly Round[];
  /** What else was seen, a sentence each. */
  readonly seen?: readonly string[];
}

/** One row, or a few that come out of the same runs, of the table that the benchmark prints. */
export interface Figure {
  readonly name: string;
  readonly title: string;
  /** How it is measured, and against what. */
  readonly method: string;
  run(bench: Bench): Promise<readonly Measurement[]>;
}
