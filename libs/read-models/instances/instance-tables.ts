import type { Instance } from '#domain/instance/instance.state.js';
import type { ReadModels } from '../read-models.js';
import type { EntityClass, Row } from '../row-mutation.js';
import { rowFromJson } from '../table-shape.js';
import type { Sighting } from '../fence/fence.js';
import { ClusterRow } from './cluster.entity.js';
import { instanceFromRows } from './instance-from-rows.js';
import { InstanceRow } from './instance.entity.js';
import { NodeRow } from './node.entity.js';
import { ObjectStoreRow } from './object-store.entity.js';
import { VaultRow } from './vault.entity.js';

interface Found {
  readonly checkpoint: string;
  readonly instance: Row | null;
  readonly object_stores: readonly Row[] | null;
  readonly vaults: readonly Row[] | null;
  readonly clusters: readonly Row[] | null;
  readonly nodes: readonly Row[] | null;
}

/** The read model of instances as it is, however far the projection has come. */
export class InstanceTables {
  readonly #look: string;

  constructor(private readonly readModels: ReadModels) {
    this.#look = lookStatement(readModels);
  }

  /** All of one instance and the checkpoint of its shard: one statement, hence one snapshot. */
  async look(shard: number, instanceId: string): Promise<Sighting<Instance | undefined>> {
    const { dataSource, schema } = this.readModels;
    const [found] = await dataSource.query<Found[]>(this.#look, [schema, shard, instanceId]);
    if (found === undefined) return { checkpoint: 0, value: undefined };
    return { checkpoint: Number(found.checkpoint), value: this.#instance(found) };
  }

  #instance(found: Found): Instance | undefined {
    if (found.instance === null) return undefined;
    return instanceFromRows({
      instance: this.#row(InstanceRow, found.instance),
      objectStores: this.#rows(ObjectStoreRow, found.object_stores),
      vaults: this.#rows(VaultRow, found.vaults),
      clusters: this.#rows(ClusterRow, found.clusters),
      nodes: this.#rows(NodeRow, found.nodes),
    });
  }

  #row<R extends object>(entity: EntityClass<R>, json: Row): R {
    return rowFromJson<R>(this.readModels.table(entity), json);
  }

  #rows<R extends object>(entity: EntityClass<R>, json: readonly Row[] | null): R[] {
    return (json ?? []).map((row) => this.#row(entity, row));
  }
}

/** Locks `instances` before the other tables, as every statement over several of them does (rebuild-instances.ts). */
function lookStatement(readModels: ReadModels): string {
  const name = (entity: EntityClass): string => readModels.table(entity).name;
  const list = (entity: EntityClass, order: string): string =>
    `(select json_agg(r order by ${order}) from ${name(entity)} r where r.instance_id = $3)`;
  return `
    select c.position as checkpoint,
           to_json(i) as instance,
           ${list(ObjectStoreRow, 'r.added_in')} as object_stores,
           ${list(VaultRow, 'r.added_in')} as vaults,
           ${list(ClusterRow, 'r.added_in')} as clusters,
           ${list(NodeRow, 'r.cluster_id, r.node_id')} as nodes
      from ${name(InstanceRow)} i
     right join projection.checkpoints c on i.instance_id = $3
     where c.projection = $1 and c.shard = $2`;
}
