import { describe, expect, it } from 'vitest';
import { down, readiness, up } from './health.js';

describe('readiness', () => {
  it('is given when every component is up', async () => {
    const answer = await readiness([
      { component: 'ledger', required: true, check: () => up },
      { component: 'projector', required: false, check: () => Promise.resolve(up) },
    ]);
    expect(answer).toEqual({ status: 'ready', components: { ledger: { status: 'up' }, projector: { status: 'up' } } });
  });

  it('is not given when one is down that requests need, and says which and why', async () => {
    const answer = await readiness([
      { component: 'ledger', required: true, check: () => up },
      { component: 'postgres', required: true, check: () => down('is being started again') },
    ]);
    expect(answer).toEqual({
      status: 'not ready',
      components: { ledger: { status: 'up' }, postgres: { status: 'down', reason: 'is being started again' } },
    });
  });

  it('is given, degraded, while a component is down that requests can do without', async () => {
    const answer = await readiness([
      { component: 'ledger', required: true, check: () => up },
      { component: 'projector', required: false, check: () => down('halted at position 7') },
    ]);
    expect(answer).toEqual({
      status: 'degraded',
      components: { ledger: { status: 'up' }, projector: { status: 'down', reason: 'halted at position 7' } },
    });
  });

  it('counts a component that fails to answer as down', async () => {
    const answer = await readiness([{ component: 'ledger', required: true, check: () => Promise.reject(new Error('refused')) }]);
    expect(answer.components).toEqual({ ledger: { status: 'down', reason: 'refused' } });
  });

  it('does not wait for a component that never answers', async () => {
    const answer = await readiness([{ component: 'ledger', required: true, check: () => new Promise(() => undefined) }]);
    expect(answer.components).toEqual({ ledger: { status: 'down', reason: 'does not answer' } });
  });
});
