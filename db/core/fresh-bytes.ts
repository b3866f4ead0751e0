import { Buffer } from 'node:buffer';
import { randomFillSync } from 'node:crypto';

const size = 8_192;
const pool = Buffer.allocUnsafeSlow(size);
let used = size;

/**
 * Random bytes of the system, as `randomBytes` gives them. It asks for many at once, because asking takes longer than
 * making them; each is given out once, and nothing of it stays here.
 * @param length 1 to 256
 */
export const freshBytes = (length: number): Buffer => {
  if (used + length > size) {
    randomFillSync(pool);
    used = 0;
  }
  const fresh = Buffer.from(pool.subarray(used, used + length));
  pool.fill(0, used, used + length);
  used += length;
  return fresh;
};
