import { describe, expect, it } from 'vitest';
import {
  initialProjectorState,
  step,
  type PreparedBatch,
  type ProjectorEffect,
  type ProjectorInput,
  type ProjectorState,
} from './projector.step.js';

type Input = ProjectorInput<PreparedBatch>;
type Effect = ProjectorEffect<PreparedBatch>;

/** The state after these inputs, and what the last one asked for. */
function after(...inputs: Input[]): { state: ProjectorState<PreparedBatch>; effects: readonly Effect[] } {
  let state = initialProjectorState<PreparedBatch>();
  let effects: readonly Effect[] = [];
  for (const input of inputs) [state, effects] = step(state, input);
  return { state, effects };
}

const following: Input[] = [{ kind: 'started' }, { kind: 'checkpoint-loaded', position: 10 }];
const read = (after: number, to: number): Input => ({ kind: 'batch-read', batch: { after, to } });
const readNothing: Input = { kind: 'batch-read', batch: undefined };

describe('the projector of a shard', () => {
  it('reads on from its checkpoint', () => {
    expect(after(...following).effects).toEqual([{ kind: 'read', after: 10 }]);
  });

  it('reads the next batch while it writes one', () => {
    expect(after(...following, read(10, 15)).effects).toEqual([
      { kind: 'apply', batch: { after: 10, to: 15 } },
      { kind: 'read', after: 15 },
    ]);
  });

  it('holds one batch ahead, and no more', () => {
    expect(after(...following, read(10, 15), read(15, 20)).effects).toEqual([]);
    expect(after(...following, read(10, 15), read(15, 20), { kind: 'batch-applied', to: 15 }).effects).toEqual([
      { kind: 'apply', batch: { after: 15, to: 20 } },
      { kind: 'read', after: 20 },
    ]);
  });

  it('rests when the log has no more, until it advances', () => {
    expect(after(...following, readNothing).effects).toEqual([]);
    expect(after(...following, readNothing, { kind: 'log-advanced' }).effects).toEqual([{ kind: 'read', after: 10 }]);
  });

  it('reads once more when the log advanced during a read that found nothing', () => {
    expect(after(...following, { kind: 'log-advanced' }, readNothing).effects).toEqual([{ kind: 'read', after: 10 }]);
  });

  it('reloads the checkpoint when another projector was faster, after what is in flight has come back', () => {
    const fenced: Input[] = [...following, read(10, 15), { kind: 'batch-fenced' }];
    expect(after(...fenced).effects).toEqual([]);
    expect(after(...fenced, read(15, 20)).effects).toEqual([{ kind: 'load-checkpoint' }]);
    expect(after(...fenced, read(15, 20), { kind: 'checkpoint-loaded', position: 17 }).effects).toEqual([
      { kind: 'read', after: 17 },
    ]);
  });

  it('reloads the checkpoint when an idle connection broke: a crash may have taken it back', () => {
    const lost = after(...following, readNothing, { kind: 'connection-lost' });
    expect(lost.effects).toEqual([{ kind: 'retry', afterMs: 25 }]);
    expect(step(lost.state, { kind: 'retry-due' })[1]).toEqual([{ kind: 'load-checkpoint' }]);
  });

  it('waits longer after each failure in a row, up to two seconds', () => {
    let state = initialProjectorState<PreparedBatch>();
    const waits: Effect[] = [];
    for (let i = 0; i < 9; i++) {
      [state] = step(state, { kind: i === 0 ? 'started' : 'retry-due' });
      const [failed, effects] = step(state, { kind: 'load-failed', permanent: false });
      state = failed;
      waits.push(...effects);
    }
    expect(waits.map((wait) => (wait.kind === 'retry' ? wait.afterMs : 0))).toEqual(
      [25, 50, 100, 200, 400, 800, 1600, 2000, 2000]);
  });

  it('forgets its failures once a batch is applied', () => {
    const failed: Input[] = [{ kind: 'started' }, { kind: 'load-failed', permanent: false }, { kind: 'retry-due' }];
    const loaded: Input = { kind: 'checkpoint-loaded', position: 10 };
    const { state } = after(...failed, loaded, read(10, 15), { kind: 'batch-applied', to: 15 });
    expect(state.failures).toBe(0);
  });

  it('halts on a permanent failure, whatever comes after', () => {
    const halted: Input[] = [...following, { kind: 'read-failed', permanent: true }];
    expect(after(...halted).state.mode).toBe('halted');
    expect(after(...halted, { kind: 'log-advanced' }).effects).toEqual([]);
    expect(after(...halted, { kind: 'retry-due' }).effects).toEqual([]);
  });

  it('starts nothing while it is paused, and goes on where it was', () => {
    const paused: Input[] = [...following, { kind: 'paused' }, read(10, 15)];
    expect(after(...paused).effects).toEqual([]);
    expect(after(...paused, { kind: 'resumed' }).effects).toEqual([
      { kind: 'apply', batch: { after: 10, to: 15 } },
      { kind: 'read', after: 15 },
    ]);
  });

  it('starts nothing once it is stopped', () => {
    expect(after(...following, { kind: 'stopped' }, read(10, 15)).effects).toEqual([]);
  });
});
