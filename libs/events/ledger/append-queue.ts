import { LedgerUnavailable, type Append, type AppendOutcome } from './ledger.js';

export interface AppendQueueLimits {
  /** Appends waiting in this process for one shard; one more is answered `busy`. */
  readonly queuedAppends: number;
  /** Bytes of event data waiting for one shard; what goes beyond is answered `busy`. */
  readonly queuedBytes: number;
  readonly eventsPerBatch: number;
  readonly bytesPerBatch: number;
  /** How long a batch whose answer was lost is sent again before its commands fail, and what has waited as long with it; in ms. */
  readonly retryForMs: number;
}

export const DEFAULT_APPEND_LIMITS: AppendQueueLimits = {
  queuedAppends: 10_000,
  queuedBytes: 64 * 1024 * 1024,
  eventsPerBatch: 1_000,
  bytesPerBatch: 8 * 1024 * 1024,
  retryForMs: 5_000,
};

/** Sends one batch; fails as a whole or settles every append. */
export type SendBatch = (appends: readonly Append[]) => Promise<readonly AppendOutcome[]>;

interface Waiting {
  readonly append: Append;
  readonly bytes: number;
  readonly since: number;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: unknown) => void;
}

interface SentBatch {
  readonly batch: readonly Waiting[];
  readonly outcomes: Promise<readonly AppendOutcome[]>;
}

const bytesOf = (append: Append): number =>
  append.events.reduce((sum, event) => sum + event.data.length, append.idempotency?.answer.length ?? 0);

/**
 * Group commit for one shard: what waits while one batch is on its way goes together in the next. One batch at a time,
 * first in first out, so that appends of one stream arrive in the order in which they were decided.
 */
export class AppendQueue {
  readonly #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #sending = false;

  constructor(
    private readonly send: SendBatch,
    private readonly limits: AppendQueueLimits,
    private readonly onBusy: () => void,
  ) {}

  get length(): number {
    return this.#waiting.length;
  }

  push(append: Append): Promise<AppendOutcome> {
    const bytes = bytesOf(append);
    if (
      this.#waiting.length >= this.limits.queuedAppends ||
      (this.#waiting.length > 0 && this.#waitingBytes + bytes > this.limits.queuedBytes)
    ) {
      this.onBusy();
      return Promise.resolve({ kind: 'busy' });
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ append, bytes, since: performance.now(), resolve, reject });
      this.#waitingBytes += bytes;
      if (!this.#sending) {
        this.#sending = true;
        // The rest of this turn's arrivals come along.
        setImmediate(() => void this.#drain());
      }
    });
  }

  async #drain(): Promise<void> {
    for (let sent = this.#sendNext(); sent !== undefined; ) {
      const { batch, outcomes } = sent;
      try {
        const settled = await outcomes;
        // The next batch is on its way before the callers of this one take the processor.
        sent = this.#sendNext();
        settle(batch, settled);
      } catch (error) {
        await this.#settleOneByOne(batch, error);
        if (error instanceof LedgerUnavailable) this.#rejectOverdue(error);
        sent = this.#sendNext();
      }
    }
    this.#sending = false;
  }

  #sendNext(): SentBatch | undefined {
    if (this.#waiting.length === 0) return undefined;
    const batch = this.#takeBatch();
    return { batch, outcomes: this.send(batch.map(({ append }) => append)) };
  }

  /** While the ledger is away nothing waits for one batch after another: it was never sent, so failing it is safe. */
  #rejectOverdue(error: LedgerUnavailable): void {
    const overdue = performance.now() - this.limits.retryForMs;
    const kept = this.#waiting.findIndex(({ since }) => since > overdue);
    for (const { bytes, reject } of this.#waiting.splice(0, kept === -1 ? this.#waiting.length : kept)) {
      this.#waitingBytes -= bytes;
      reject(error);
    }
  }

  /** A batch that the database refuses is sent again one by one, so that only the append at fault fails. */
  async #settleOneByOne(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (batch.length === 1 || error instanceof LedgerUnavailable) {
      for (const { reject } of batch) reject(error);
      return;
    }
    for (const waiting of batch) {
      await this.send([waiting.append]).then(
        (outcomes) => settle([waiting], outcomes),
        (cause: unknown) => waiting.reject(cause),
      );
    }
  }

  #takeBatch(): Waiting[] {
    const guard = new BatchGuard();
    let events = 0;
    let bytes = 0;
    let count = 0;
    for (const { append, bytes: size } of this.#waiting) {
      const full =
        events + append.events.length > this.limits.eventsPerBatch || bytes + size > this.limits.bytesPerBatch;
      if (count > 0 && (full || !guard.admits(append))) break;
      guard.add(append);
      events += append.events.length;
      bytes += size;
      count += 1;
    }
    this.#waitingBytes -= bytes;
    return this.#waiting.splice(0, count);
  }
}

function settle(batch: readonly Waiting[], outcomes: readonly AppendOutcome[]): void {
  batch.forEach(({ resolve, reject }, index) => {
    const outcome = outcomes[index];
    if (outcome) resolve(outcome);
    else reject(new Error('the ledger answered fewer appends than were sent'));
  });
}

/**
 * Within one call of append_events a key or a claim may come once, and an append that brings one must be the first of
 * its stream. What would break that waits for the next batch, which keeps the order.
 */
class BatchGuard {
  readonly #streams = new Set<string>();
  readonly #names = new Set<string>();

  admits(append: Append): boolean {
    const names = namesOf(append);
    if (names.length === 0) return true;
    return !this.#streams.has(append.stream.name) && !names.some((name) => this.#names.has(name));
  }

  add(append: Append): void {
    this.#streams.add(append.stream.name);
    for (const name of namesOf(append)) this.#names.add(name);
  }
}

function namesOf({ idempotency, claims = [] }: Append): string[] {
  if (!idempotency && claims.length === 0) return [];
  const names = claims.map(({ kind, key }) => `claim/${kind}/${key}`);
  return idempotency ? [...names, `key/${idempotency.key}`] : names;
}
