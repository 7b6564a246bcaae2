import type { Instance } from '#domain/instance/instance.state.js';
import { instanceAggregate } from '#events/catalogue/instance.aggregate.js';
import type { CommandRunner } from '#events/runner/runner.types.js';
import type { Fence } from '../fence/fence.js';
import { InstanceTables } from './instance-tables.js';
import type { ReadModels } from '../read-models.js';

/** What queries ask for instances: never stale, and answered as long as the ledger is up. */
export class InstanceReader {
  readonly #tables: InstanceTables;

  constructor(
    readModels: ReadModels,
    private readonly fence: Fence,
    private readonly runner: Pick<CommandRunner, 'load'>,
  ) {
    this.#tables = new InstanceTables(readModels);
  }

  /**
   * The instance with every event that was acknowledged before the call, its secrets sealed; a deleted one too.
   *
   * @throws LedgerUnavailable
   */
  find(instanceId: string): Promise<Instance | undefined> {
    return this.fence.read({
      stream: { log: instanceAggregate.log, name: instanceAggregate.streamName(instanceId) },
      look: ({ shard }) => this.#tables.look(shard, instanceId),
      fold: async () => {
        const { state } = await this.runner.load(instanceAggregate, instanceId);
        return state.kind === 'existing' ? state.instance : undefined;
      },
    });
  }
}
