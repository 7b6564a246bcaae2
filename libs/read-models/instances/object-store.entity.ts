import { Entity } from 'typeorm';
import type { Sealed } from '#domain/instance/instance.events.js';
import { BigintColumn, BooleanColumn, TextColumn, TextKey } from '../columns.js';

@Entity('object_stores')
export class ObjectStoreRow {
  @TextKey() instanceId!: string;
  @TextKey() id!: string;
  /** Version of the event that added it: the order in which an instance lists its object stores. */
  @BigintColumn() addedIn!: number;
  @BigintColumn() ctime!: number;
  @BigintColumn() mtime!: number;
  @TextColumn() ak!: Sealed;
  @TextColumn() sk!: Sealed;
  @TextColumn() bucket!: string;
  @TextColumn({ nullable: true }) prefix!: string | null;
  @TextColumn() endpoint!: string;
  @TextColumn() externalEndpoint!: string;
  @TextColumn() region!: string;
  @TextColumn({ nullable: true }) provider!: string | null;
  @TextColumn({ nullable: true }) userId!: string | null;
  @BooleanColumn({ nullable: true }) usePathStyle!: boolean | null;
}
