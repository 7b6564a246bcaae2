import { randomInt } from 'node:crypto';

const SEEDS = 2 ** 32;

/** The same numbers for the same seed (mulberry32). */
export class SeededRandom {
  constructor(private state: number) {}

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#next() * (most - least + 1));
  }

  /** True once in `times` times. */
  once(times: number): boolean {
    return this.between(1, times) === 1;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.between(0, choices.length - 1)] ?? choices[0];
  }

  /** Another sequence, fixed by this one. */
  fork(): SeededRandom {
    return new SeededRandom(this.between(0, SEEDS - 1));
  }

  #next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / SEEDS;
  }
}

/** The seed of this run, printed: `FAULT_SEED=<seed>` makes the next run choose the same moments. */
export function faultSeed(): number {
  const seed = Number(process.env['FAULT_SEED'] ?? randomInt(SEEDS));
  process.stdout.write(`FAULT_SEED=${seed}\n`);
  return seed;
}

/** How many rounds a fault spec goes; `variable` asks for a longer run. */
export const rounds = (variable: string, byDefault: number): number => Number(process.env[variable] ?? byDefault);
