import { instanceDecider, type InstanceAggregate } from '#domain/instance/instance.decider.js';
import type { EventSourced } from '../runner/event-sourced.js';

/** The instance in the ledger: all of it (storage, clusters, nodes, status) is one stream, for its rules cross. */
export const instanceAggregate: EventSourced<InstanceAggregate> = {
  log: 'instances',
  decider: instanceDecider,
  stateVersion: 1,
  streamName: (instanceId) => `instance/${instanceId}`,
};
