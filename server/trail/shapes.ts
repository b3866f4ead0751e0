/** What is answered about the tree over the trail. Hashes are 32 bytes in base64, checkpoints signed notes. */
import { z } from 'zod';

const hash = z.base64();
const size = z.int().min(0);

export const checkpointShape = z.strictObject({ checkpoint: z.string() }).meta({ id: 'Checkpoint' });

export const growthShape = z.strictObject({ from: size, to: size, proof: z.array(hash) });
growthShape.register(z.globalRegistry, { id: 'ConsistencyProof' });

export const editionShape = z
  .strictObject({
    edition: z.string(),
    /** In hexadecimal digits; it begins with the edition's code. */
    sha256: z.string(),
    /** Canonical JSON (RFC 8785), exactly as it was hashed. */
    text: z.string(),
  })
  .meta({ id: 'Edition' });

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
entryProofShape.register(z.globalRegistry, { id: 'EntryProof' });
