import { Registry } from 'prom-client';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RecordedEvent, ShardRef } from '#events/ledger/ledger.js';
import { commandMetrics } from './command-metrics.js';
import { fenceMetrics } from './fence-metrics.js';
import { ledgerMetrics } from './ledger-metrics.js';
import { exposeProjectorLag } from './projector-metrics.js';

const shard: ShardRef = { log: 'instances', shard: 0 };

let registry: Registry;

beforeEach(() => {
  registry = new Registry();
});

describe('the metrics', () => {
  it('count commands by name and outcome', async () => {
    const { commandAnswered } = commandMetrics(registry);
    commandAnswered('create_instance', 'OK', 0.002);
    commandAnswered('create_instance', 'ALREADY_EXISTED', 0.001);
    commandAnswered('create_instance', 'OK', 0.002);
    const text = await registry.metrics();
    expect(text).toContain('lakeledger_commands_total{name="create_instance",outcome="OK"} 2');
    expect(text).toContain('lakeledger_commands_total{name="create_instance",outcome="ALREADY_EXISTED"} 1');
  });

  it('show how appends were grouped and how often they conflicted, by shard', async () => {
    const ledger = ledgerMetrics(registry);
    ledger.batchAppended(shard, 40, 0.001);
    ledger.batchAppended(shard, 2, 0.001);
    ledger.conflicted(shard);
    const text = await registry.metrics();
    expect(text).toContain('lakeledger_append_batch_size_sum{log="instances",shard="0"} 42');
    expect(text).toContain('lakeledger_append_conflicts_total{log="instances",shard="0"} 1');
  });

  it('tell reads that waited from reads that folded, and why', async () => {
    const fence = fenceMetrics(registry);
    fence.waited(0.004);
    fence.folded('late');
    const text = await registry.metrics();
    expect(text).toContain('lakeledger_fence_wait_seconds_count 1');
    expect(text).toContain('lakeledger_fence_folds_total{cause="late"} 1');
  });
});

describe('the lag of the projector', () => {
  const event = { time: new Date(Date.now() - 60_000) } as RecordedEvent;
  const ledgerAt = (head: number): Parameters<typeof exposeProjectorLag>[1] => ({
    shardHead: () => Promise.resolve(head),
    readShard: () => Promise.resolve([event]),
  });
  const lines = async (name: string): Promise<string> => registry.getSingleMetricAsString(`lakeledger_projector_lag_${name}`);

  it('is seen although the projector stands still', async () => {
    exposeProjectorLag(registry, ledgerAt(10), () => [{ shard, applied: 7 }]);
    expect(await lines('events')).toMatch(/lag_events 3$/);
    expect(await lines('seconds')).toMatch(/lag_seconds 60/);
  });

  it('is nothing when everything is applied', async () => {
    exposeProjectorLag(registry, ledgerAt(7), () => [{ shard, applied: 7 }]);
    expect(await lines('events')).toMatch(/lag_events 0$/);
    expect(await lines('seconds')).toMatch(/lag_seconds 0$/);
  });

  it('does not keep the other metrics away when the ledger does not answer', async () => {
    exposeProjectorLag(registry, { ...ledgerAt(0), shardHead: () => Promise.reject(new Error('away')) }, () => [{ shard, applied: 7 }]);
    expect(await lines('events')).toMatch(/lag_events 0$/);
  });
});
