import type { RecordedEvent } from '#events/ledger/ledger.js';
import type { Change } from '../load/change.js';

/**
 * Holds what the clients were told against what the ledger has: what was acknowledged is there once, what was not is
 * there once or not at all, each stream has its changes in the order in which they were sent, and nothing else is there.
 */
export function brokenPromises(changes: readonly Change[], events: readonly RecordedEvent[]): string[] {
  const recorded = byRequest(events);
  const findings: string[] = [];
  for (const change of changes) {
    const { requestId, op, outcome, instanceId, eventType } = change;
    const found = recorded.get(requestId) ?? [];
    recorded.delete(requestId);
    const isKept = found.length === 1 || (found.length === 0 && outcome === 'unsettled');
    if (!isKept) findings.push(`${requestId} ${op} ${instanceId} is ${outcome}, and in the ledger ${found.length} times`);
    for (const { stream, type } of found) {
      if (stream !== `instance/${instanceId}` || type !== eventType) findings.push(`${requestId} ${op} ${instanceId} became ${type} of ${stream}`);
    }
  }
  for (const [requestId, [event]] of recorded) findings.push(`nobody sent ${requestId}: ${event?.type} of ${event?.stream}`);
  return [...findings, ...reordered(changes, events)];
}

function byRequest(events: readonly RecordedEvent[]): Map<string, RecordedEvent[]> {
  const groups = new Map<string, RecordedEvent[]>();
  for (const event of events) {
    const requestId = event.metadata.requestId ?? 'nobody';
    groups.set(requestId, [...(groups.get(requestId) ?? []), event]);
  }
  return groups;
}

/** Only of instances that one client changes, one call after the other. */
function reordered(changes: readonly Change[], events: readonly RecordedEvent[]): string[] {
  const sent = new Map(changes.map(({ requestId }, index) => [requestId, index]));
  const last = new Map<string, number>();
  const findings: string[] = [];
  for (const { stream, metadata } of events) {
    const index = sent.get(metadata.requestId ?? '') ?? -1;
    if (stream !== 'instance/shared' && index < (last.get(stream) ?? -1)) findings.push(`${metadata.requestId} is late in ${stream}`);
    last.set(stream, index);
  }
  return findings;
}
