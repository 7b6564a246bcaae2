import { Entity } from 'typeorm';
import type { InstanceStatus, RamUser } from '#domain/instance/instance.events.js';
import { BigintColumn, BooleanColumn, JsonColumn, TextColumn, TextKey } from '../columns.js';

@Entity('instances')
export class InstanceRow {
  @TextKey() instanceId!: string;
  @TextColumn({ nullable: true }) name!: string | null;
  @TextColumn({ nullable: true }) userId!: string | null;
  @TextColumn() status!: InstanceStatus;
  @BooleanColumn() sseEnabled!: boolean;
  @BooleanColumn() enableStorageVault!: boolean;
  @JsonColumn({ nullable: true }) ramUser!: RamUser | null;
  @BigintColumn() mtime!: number;
}
