/** PostgreSQL channel on which every checkpoint that moves is announced, in the transaction that moves it. */
export const APPLIED_CHANNEL = 'lakeledger_projection';

export interface AppliedNotice {
  readonly projection: string;
  readonly shard: number;
  readonly position: number;
}

export function encodeNotice({ projection, shard, position }: AppliedNotice): string {
  return `${projection}/${shard}/${position}`;
}

export function decodeNotice(payload: string): AppliedNotice {
  const [projection = '', shard, position] = payload.split('/');
  return { projection, shard: Number(shard), position: Number(position) };
}
