import { beforeEach, describe, expect, it } from 'vitest';
import { ANY_POSITION, type AppliedPositions } from './applied-positions.js';
import { Fence, type FencedRead, type Sighting } from './fence.js';

const NEVER_MS = 60_000;
const AT_ONCE_MS = 1;

/** A projection that is moved by hand. */
class HandMoved implements AppliedPositions {
  checkpoint = 0;
  readonly #wakes = new Set<(position: number) => void>();
  readonly #looks: ((looks: number) => void)[] = [];
  looks = 0;

  onApplied(_: unknown, wake: (position: number) => void): () => void {
    this.#wakes.add(wake);
    return () => this.#wakes.delete(wake);
  }

  get listeners(): number {
    return this.#wakes.size;
  }

  announce(position: number): void {
    for (const wake of this.#wakes) wake(position);
  }

  look(): Promise<Sighting<string>> {
    const sighting = { checkpoint: this.checkpoint, value: `rows at ${this.checkpoint}` };
    this.looks += 1;
    for (const looked of this.#looks.splice(0)) looked(this.looks);
    return Promise.resolve(sighting);
  }

  /** Resolves when a reader has looked, and its answer has reached it. */
  async nextLook(): Promise<void> {
    await new Promise((resolve) => this.#looks.push(resolve));
    await new Promise(setImmediate);
  }
}

let projection: HandMoved;
let told: string[];

beforeEach(() => {
  projection = new HandMoved();
  told = [];
});

function read(fencePosition: number, timeoutMs: number, more: Partial<FencedRead<string>> = {}): Promise<string> {
  const fence = new Fence({
    ledger: {
      shardOf: ({ log }) => ({ log, shard: 0 }),
      streamHead: () => Promise.resolve({ shard: 0, version: 1, position: fencePosition }),
    },
    applied: projection,
    timeoutMs,
    observer: { waited: () => void told.push('waited'), folded: (cause) => void told.push(`folded: ${cause}`) },
  });
  return fence.read({
    stream: { log: 'instances', name: 'instance/i' },
    look: () => projection.look(),
    fold: () => Promise.resolve('fold'),
    ...more,
  });
}

describe('a fenced read', () => {
  it('answers from rows that have reached the last event of its stream', async () => {
    projection.checkpoint = 7;
    expect(await read(7, NEVER_MS)).toBe('rows at 7');
    expect(told).toEqual([]);
  });

  it('answers at once for a stream without events', async () => {
    expect(await read(0, NEVER_MS)).toBe('rows at 0');
  });

  it('waits for the projector, and looks again only when its position is announced', async () => {
    projection.checkpoint = 5;
    const looked = projection.nextLook();
    const answer = read(7, NEVER_MS);
    await looked;
    projection.announce(6);
    projection.checkpoint = 7;
    projection.announce(7);
    expect(await answer).toBe('rows at 7');
    expect(projection.looks).toBe(2);
    expect(told).toEqual(['waited']);
  });

  it('does not sleep through an announcement that comes during its first look', async () => {
    const answer = read(7, NEVER_MS, {
      look: async () => {
        const sighting = await projection.look();
        projection.checkpoint = 7;
        projection.announce(7);
        return sighting;
      },
    });
    expect(await answer).toBe('rows at 7');
  });

  it('looks again when announcements may have been missed, and goes on waiting if it is too early', async () => {
    const first = projection.nextLook();
    const answer = read(7, NEVER_MS);
    await first;
    const second = projection.nextLook();
    projection.announce(ANY_POSITION);
    await second;
    projection.checkpoint = 8;
    projection.announce(8);
    expect(await answer).toBe('rows at 8');
  });

  it('folds the stream when the projector is too late', async () => {
    expect(await read(7, AT_ONCE_MS)).toBe('fold');
    expect(told).toEqual(['folded: late']);
  });

  it('folds the stream when a look takes too long', async () => {
    expect(await read(7, AT_ONCE_MS, { look: () => new Promise(() => undefined) })).toBe('fold');
    expect(told).toEqual(['folded: late']);
  });

  it('folds the stream at once when the read model fails', async () => {
    expect(await read(7, NEVER_MS, { look: () => Promise.reject(new Error('no such table')) })).toBe('fold');
    expect(told).toEqual(['folded: failed']);
  });

  it('fails only when the ledger does', async () => {
    const fold = (): Promise<string> => Promise.reject(new Error('the ledger cannot be reached'));
    await expect(read(7, AT_ONCE_MS, { fold })).rejects.toThrow('the ledger cannot be reached');
  });

  it('leaves no listener behind', async () => {
    await read(7, AT_ONCE_MS);
    projection.checkpoint = 7;
    await read(7, NEVER_MS);
    expect(projection.listeners).toBe(0);
  });
});
