/** How much each figure measures. Seconds are those of one round of one side. */
export interface Sizes {
  readonly rounds: number;
  readonly warmUpSeconds: number;
  readonly throughputSeconds: number;
  readonly latencySeconds: number;
  readonly readSeconds: number;
  readonly rebuiltEvents: number;
  readonly startEvents: number;
  readonly memoryCommands: number;
  readonly smallLedgerEvents: number;
  readonly largeLedgerEvents: number;
}

export const FULL: Sizes = {
  rounds: 3,
  warmUpSeconds: 5,
  throughputSeconds: 10,
  latencySeconds: 5,
  readSeconds: 10,
  rebuiltEvents: 1_000_000,
  startEvents: 1_000_000,
  memoryCommands: 1_000_000,
  smallLedgerEvents: 100_000,
  largeLedgerEvents: 5_000_000,
};

export const QUICK: Sizes = {
  rounds: 3,
  warmUpSeconds: 2,
  throughputSeconds: 2,
  latencySeconds: 1,
  readSeconds: 2,
  rebuiltEvents: 100_000,
  startEvents: 50_000,
  memoryCommands: 50_000,
  smallLedgerEvents: 10_000,
  largeLedgerEvents: 200_000,
};
