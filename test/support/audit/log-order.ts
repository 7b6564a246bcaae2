import type { RecordedEvent } from '#events/ledger/ledger.js';

/** What is wrong with the order of one shard: positions and versions are dense, time never goes back. */
export function disorder(events: readonly RecordedEvent[], head: number): string[] {
  const findings: string[] = [];
  const versions = new Map<string, number>();
  let latest = new Date(0);
  events.forEach((event, index) => {
    const { position, stream, version, type, time } = event;
    const expected = (versions.get(stream) ?? 0) + 1;
    if (position !== index + 1) findings.push(`position ${position} is where ${index + 1} must be`);
    if (version !== expected) findings.push(`position ${position}: version ${version} of ${stream} instead of ${expected}`);
    if ((type === 'InstanceCreated') !== (version === 1)) findings.push(`position ${position}: ${type} as version ${version} of ${stream}`);
    if (time < latest) findings.push(`position ${position}: its time is before that of the event before it`);
    versions.set(stream, version);
    latest = time;
  });
  if (events.length !== head) findings.push(`the head is ${head} after ${events.length} events`);
  return findings;
}
