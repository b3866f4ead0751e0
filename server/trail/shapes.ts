/** What is answered about the tree over the trail. Hashes are 32 bytes in base64, checkpoints signed notes. */
import { z } from 'zod';

const hash = z.base64();
const size = z.int().min(0);

export const checkpointShape = z.strictObject({ checkpoint: z.string() });

export const growthShape = z.strictObject({ from: size, to: size, proof: z.array(hash) });

export const entryProofShape = z.strictObject({
  index: size,
  size,
  leafHash: hash,
  proof: z.array(hash),
  /** The canonical JSON that was hashed, exactly. */
  leaf: z.string(),
  /** Of that size. */
  checkpoint: z.string(),
});
