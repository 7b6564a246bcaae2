import { Query } from '@nestjs/cqrs';
import type { InstanceMessage } from '../wire/messages.js';

export type GetInstanceOutcome =
  | { readonly kind: 'found'; readonly instance: InstanceMessage }
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'unresolved'; readonly cloudUniqueId: string }
  | { readonly kind: 'absent'; readonly instanceId: string };

/** Both are `''` when not given; the instance id wins (contract, section 5.3). */
export class GetInstanceQuery extends Query<GetInstanceOutcome> {
  constructor(
    readonly instanceId: string,
    readonly cloudUniqueId: string,
  ) {
    super();
  }
}
