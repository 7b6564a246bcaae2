import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 4096;
const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/**
 * `count` (at most 4096) random bytes of the system's generator, fetched 4 KiB at a time: a call of its own for each
 * nonce costs more than sealing does. Bytes are handed out once and wiped from the pool as they leave it.
 */
export function randomSlice(count: number): Buffer {
  if (used + count > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const slice = Buffer.from(pool.subarray(used, used + count));
  pool.fill(0, used, used + count);
  used += count;
  return slice;
}
