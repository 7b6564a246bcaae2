/** What became of a change, as far as its client knows. */
export type ChangeOutcome =
  | 'acknowledged'
  /** The connection broke, or the server answered that it could not: stored or not, nobody knows. */
  | 'unsettled';

/** One changing call. Each makes exactly one event when it is stored, which carries its request id. */
export interface Change {
  readonly requestId: string;
  readonly instanceId: string;
  readonly op: string;
  readonly eventType: string;
  readonly body: object;
  /** Whether it is sent with an idempotency key, and again until it is acknowledged. */
  readonly isRepeatable: boolean;
  outcome: ChangeOutcome;
}

export type PlannedChange = Pick<Change, 'instanceId' | 'op' | 'eventType' | 'body'>;
