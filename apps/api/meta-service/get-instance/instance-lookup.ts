import { Inject, Injectable } from '@nestjs/common';
import { INSTANCE_ID } from '#domain/instance/instance.creation.js';
import type { Instance } from '#domain/instance/instance.state.js';
import { INSTANCE_READER } from '../../api-ports.js';
import type { InstanceReader } from './instance-reader.js';

/** Asks the reader only for ids that an instance can have (contract, D-15); any other text names none. */
@Injectable()
export class InstanceLookup {
  constructor(@Inject(INSTANCE_READER) private readonly reader: InstanceReader) {}

  async find(instanceId: string): Promise<Instance | undefined> {
    return INSTANCE_ID.test(instanceId) ? this.reader.find(instanceId) : undefined;
  }
}
