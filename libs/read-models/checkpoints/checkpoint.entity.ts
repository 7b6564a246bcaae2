import { Entity } from 'typeorm';
import { BigintColumn, IntegerKey, TextKey } from '../columns.js';

/** The last position of a shard that a projection has applied; moves in the transaction that changes its rows. */
@Entity({ schema: 'projection', name: 'checkpoints' })
export class CheckpointRow {
  /** Name and version of the projection, which is also its schema: `instances_v1`. */
  @TextKey() projection!: string;
  @IntegerKey() shard!: number;
  @BigintColumn() position!: number;
}
