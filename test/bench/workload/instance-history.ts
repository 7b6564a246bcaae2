import type { InstanceEvent } from '#domain/instance/instance.events.js';
import { createdInstance } from './created-instance.js';

const at = 1_763_000_000;

/** What happened to an instance, in order; of every thousand instances so many lived to see it. */
export const instanceHistory = (instanceId: string): readonly { readonly event: InstanceEvent; readonly ofThousand: number }[] => [
  { ofThousand: 1_000, event: createdInstance(instanceId) },
  { ofThousand: 500, event: { type: 'InstanceStatusChanged', data: { instanceId, status: 'OVERDUE', at } } },
  { ofThousand: 500, event: { type: 'InstanceRenamed', data: { instanceId, name: 'production_lakehouse_2', at } } },
  { ofThousand: 300, event: { type: 'InstanceSseChanged', data: { instanceId, sseEnabled: true, at } } },
  { ofThousand: 200, event: { type: 'InstanceDropped', data: { instanceId, at } } },
];
