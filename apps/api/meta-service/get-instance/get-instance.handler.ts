import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { CloudUniqueIdResolver } from './cloud-unique-id.resolver.js';
import { GetInstanceQuery, type GetInstanceOutcome } from './get-instance.query.js';
import { InstanceLookup } from './instance-lookup.js';
import { InstancePresenter } from './present-instance.js';

@QueryHandler(GetInstanceQuery)
export class GetInstanceHandler implements IQueryHandler<GetInstanceQuery> {
  constructor(
    @Inject(InstanceLookup) private readonly instances: InstanceLookup,
    @Inject(CloudUniqueIdResolver) private readonly resolver: CloudUniqueIdResolver,
    @Inject(InstancePresenter) private readonly presenter: InstancePresenter,
  ) {}

  /** Section 5.3, checks in the order of its table. */
  async execute({ instanceId: given, cloudUniqueId }: GetInstanceQuery): Promise<GetInstanceOutcome> {
    if (given === '' && cloudUniqueId === '') return { kind: 'not-asked' };
    const instanceId = given === '' ? await this.resolver.resolve(cloudUniqueId) : given;
    if (instanceId === undefined) return { kind: 'unresolved', cloudUniqueId };
    const instance = await this.instances.find(instanceId);
    if (instance === undefined) return { kind: 'absent', instanceId };
    return { kind: 'found', instance: await this.presenter.present(instance) };
  }
}
