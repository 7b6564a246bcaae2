import { Entity } from 'typeorm';
import type { ClusterNode } from '#domain/instance/instance.events.js';
import { BigintColumn, IntegerColumn, IntegerKey, TextColumn, TextKey } from '../columns.js';

/** Listed in the order of `nodeId`, which the decider gives out ascending. */
@Entity('nodes')
export class NodeRow {
  @TextKey() instanceId!: string;
  @TextKey() clusterId!: string;
  @IntegerKey() nodeId!: number;
  @TextColumn({ nullable: true }) cloudUniqueId!: string | null;
  @TextColumn({ nullable: true }) name!: string | null;
  @TextColumn({ nullable: true }) ip!: string | null;
  @TextColumn({ nullable: true }) host!: string | null;
  @IntegerColumn({ nullable: true }) heartbeatPort!: number | null;
  @IntegerColumn({ nullable: true }) editLogPort!: number | null;
  @TextColumn({ nullable: true }) nodeType!: NonNullable<ClusterNode['nodeType']> | null;
  @TextColumn({ nullable: true }) status!: string | null;
  @BigintColumn() ctime!: number;
  @BigintColumn() mtime!: number;
}
