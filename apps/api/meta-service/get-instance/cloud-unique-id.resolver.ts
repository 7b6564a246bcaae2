import { Inject, Injectable } from '@nestjs/common';
import { instanceAggregate } from '#events/catalogue/instance.aggregate.js';
import { FIND_CLAIM, type FindClaim } from '../../api-ports.js';
import { InstanceLookup } from './instance-lookup.js';

const STREAM_PREFIX = instanceAggregate.streamName('');

/** From a `cloud_unique_id` to its instance (contract, section 4.2). */
@Injectable()
export class CloudUniqueIdResolver {
  constructor(
    @Inject(FIND_CLAIM) private readonly findClaim: FindClaim,
    @Inject(InstanceLookup) private readonly instances: InstanceLookup,
  ) {}

  /** Undefined when unresolved. */
  async resolve(cloudUniqueId: string): Promise<string | undefined> {
    // PostgreSQL holds no U+0000 in a text, so nothing with one is claimed.
    const owner = cloudUniqueId.includes('\0') ? undefined : await this.findClaim('cloud_unique_id', cloudUniqueId);
    if (owner !== undefined) return owner.slice(STREAM_PREFIX.length);
    const named = instanceNamedIn(cloudUniqueId);
    if (named === undefined) return undefined;
    return (await this.instances.find(named)) === undefined ? undefined : named;
  }
}

/** `1:<instance_id>:<anything>`, empty parts ignored; `1x` counts as 1, as C's `atoi` has it. */
export function instanceNamedIn(cloudUniqueId: string): string | undefined {
  const [version = '', instanceId, ...rest] = cloudUniqueId.split(':').filter((part) => part !== '');
  return rest.length === 1 && Number.parseInt(version, 10) === 1 ? instanceId : undefined;
}
