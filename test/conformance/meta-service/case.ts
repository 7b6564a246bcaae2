import type { MetaServiceCall } from '#test/support/meta-service-client.js';
import type { Reply } from '#test/support/meta-service-replies.js';

/** A row of the contract. `<id>` stands, as in the contract's texts, for the id of the instance that it is about. */
export interface Case {
  /** Which row, and what it says. */
  readonly row: string;
  /** Calls before it, all of which succeed. */
  readonly given?: readonly Given[];
  readonly call: MetaServiceCall;
  /** Byte for byte. One that is no success also means that nothing was stored. */
  readonly reply: Reply;
  /** The `result` of `get_instance` after it, byte for byte. */
  readonly shows?: object;
  /** Members of the event that it left, where no getter shows them yet. */
  readonly records?: object;
}

/** A cluster has no call of its own yet, so another process is taken to have added it to the ledger. */
export interface ClusterAdded {
  readonly clusterOf: readonly string[];
}
export type Given = MetaServiceCall | ClusterAdded;

/** A cluster whose nodes have these unique ids, and have claimed them. */
export const clusterOf = (...cloudUniqueIds: string[]): ClusterAdded => ({ clusterOf: cloudUniqueIds });

export interface Table {
  readonly title: string;
  readonly cases: readonly Case[];
}

export const table = (title: string, cases: readonly Case[]): Table => ({ title, cases });

const BEGIN = 1_700_000_000;

/** When the n-th call of a case is made, the calls before it included (ms): each has a second of its own. */
export const timeOf = (call: number): number => (BEGIN + call) * 1_000;

/** The same as clients see it: int64 is text (section 2.1), in unix seconds. */
export const at = (call: number): string => String(BEGIN + call);
