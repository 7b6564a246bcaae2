import type { Instance } from '#domain/instance/instance.state.js';

/** Linearizable: sees every change that was acknowledged before the call. */
export interface InstanceReader {
  find(instanceId: string): Promise<Instance | undefined>;
}
