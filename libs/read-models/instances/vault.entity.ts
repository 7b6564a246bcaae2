import { Entity } from 'typeorm';
import type { VaultStorage } from '#domain/instance/instance.events.js';
import { BigintColumn, JsonColumn, TextColumn, TextKey } from '../columns.js';

@Entity('vaults')
export class VaultRow {
  @TextKey() instanceId!: string;
  @TextKey() id!: string;
  /** Version of the event that added it: the order in which an instance lists its vaults. */
  @BigintColumn() addedIn!: number;
  @TextColumn() name!: string;
  @JsonColumn() storage!: VaultStorage;
}
