import { randomFillSync } from 'node:crypto';

const BYTES_AN_ID = 12;
export const ID_LENGTH = 2 * BYTES_AN_ID;
const IDS_A_FILL = 4_096;

/** Random instance ids, all of one length. Ascending ones would land on one page of every index. */
export class RandomIds {
  readonly #bytes = Buffer.alloc(BYTES_AN_ID * IDS_A_FILL);
  #used = IDS_A_FILL;

  next(): string {
    if (this.#used === IDS_A_FILL) {
      randomFillSync(this.#bytes);
      this.#used = 0;
    }
    const start = this.#used * BYTES_AN_ID;
    this.#used += 1;
    return this.#bytes.toString('hex', start, start + BYTES_AN_ID);
  }
}
