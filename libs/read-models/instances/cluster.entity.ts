import { Entity } from 'typeorm';
import type { ClusterStatus, ClusterType } from '#domain/instance/instance.events.js';
import { BigintColumn, TextArrayColumn, TextColumn, TextKey } from '../columns.js';

/**
 * Found by id through the key, by name through `(instance_id, cluster_name)`, and by MySQL user among the clusters
 * of its instance, which the front of the key narrows to a handful.
 */
@Entity('clusters')
export class ClusterRow {
  @TextKey() instanceId!: string;
  @TextKey() clusterId!: string;
  /** Version of the event that added it: the order in which an instance lists its clusters. */
  @BigintColumn() addedIn!: number;
  @TextColumn() clusterName!: string;
  @TextColumn() type!: ClusterType;
  @TextColumn({ nullable: true }) status!: ClusterStatus | null;
  @TextArrayColumn() mysqlUserNames!: readonly string[];
  @BigintColumn() ctime!: number;
  @BigintColumn() mtime!: number;
}
