import type { InstanceEvent } from '#domain/instance/instance.events.js';
import { EventHistory } from './event-history.js';
import {
  clusterAddedV1,
  clusterDroppedV1,
  instanceCreatedV1,
  instanceDroppedV1,
  instanceRenamedV1,
  instanceSseChangedV1,
  instanceStatusChangedV1,
} from './instance.schemas.js';

/** Everything that can be in the ledger, as the deciders know it today. */
export type DomainEvent = InstanceEvent;

type DataOf<T extends DomainEvent['type']> = Extract<DomainEvent, { readonly type: T }>['data'];

/** One entry per event type, so that the compiler counts them. */
export const eventCatalogue = {
  InstanceCreated: EventHistory.startsWith(instanceCreatedV1),
  InstanceDropped: EventHistory.startsWith(instanceDroppedV1),
  InstanceStatusChanged: EventHistory.startsWith(instanceStatusChangedV1),
  InstanceSseChanged: EventHistory.startsWith(instanceSseChangedV1),
  InstanceRenamed: EventHistory.startsWith(instanceRenamedV1),
  ClusterAdded: EventHistory.startsWith(clusterAddedV1),
  ClusterDropped: EventHistory.startsWith(clusterDroppedV1),
} satisfies { readonly [T in DomainEvent['type']]: EventHistory<DataOf<T>> };

export const eventTypes = Object.keys(eventCatalogue) as readonly DomainEvent['type'][];
