import { describe, expect, it } from 'vitest';
import { anAppend } from '#test/support/ledger.js';
import { AppendQueue, DEFAULT_APPEND_LIMITS, type AppendQueueLimits } from './append-queue.js';
import { LedgerUnavailable, type Append, type AppendOutcome } from './ledger.js';

const ONE_A_BATCH: AppendQueueLimits = { ...DEFAULT_APPEND_LIMITS, eventsPerBatch: 1 };
const appended = (): AppendOutcome => ({ kind: 'appended', shard: 0, position: 1, version: 1 });

describe('the append queue, while the ledger is away', () => {
  const away = new LedgerUnavailable('away');

  /** A queue whose first batch finds the ledger away, and the streams of all batches. */
  const queueOf = (limits: AppendQueueLimits): { readonly queue: AppendQueue; readonly sent: string[] } => {
    const sent: string[] = [];
    const send = async (appends: readonly Append[]): Promise<readonly AppendOutcome[]> => {
      sent.push(...appends.map(({ stream }) => stream.name));
      if (sent.length === 1) throw away;
      return appends.map(appended);
    };
    return { queue: new AppendQueue(send, limits, () => undefined), sent };
  };
  const pushTwo = (queue: AppendQueue): Promise<PromiseSettledResult<AppendOutcome>[]> =>
    Promise.allSettled(['a', 'b'].map((name) => queue.push(anAppend(name, 0))));

  it('fails what has waited too long along with the batch in front of it, unsent', async () => {
    const { queue, sent } = queueOf({ ...ONE_A_BATCH, retryForMs: 0 });
    expect(await pushTwo(queue)).toEqual([
      { status: 'rejected', reason: away },
      { status: 'rejected', reason: away },
    ]);
    expect(sent).toEqual(['a']);
    expect(await queue.push(anAppend('c', 0))).toEqual(appended());
  });

  it('still tries what has only just come', async () => {
    const { queue, sent } = queueOf(ONE_A_BATCH);
    expect(await pushTwo(queue)).toEqual([
      { status: 'rejected', reason: away },
      { status: 'fulfilled', value: appended() },
    ]);
    expect(sent).toEqual(['a', 'b']);
  });
});
