/** The answers about the trail and the tree over it. Hashes are 32 bytes in base64, checkpoints signed notes. */
import { z } from 'zod';
import { capacities, offices } from '../../policies/core/office.js';

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

const scalar = [z.string(), z.number(), z.boolean(), z.null()] as const;
/** Coded values by name. It holds itself, so it needs a name in the contract. */
const coded: z.ZodType = z
  .lazy(() => z.record(z.string(), z.union([...scalar, coded, z.array(z.union([...scalar, coded]))])))
  .meta({ id: 'CodedValues' });
export const trailEntryShape = z.strictObject({
  index: z.int().nullable(),
  at: z.string(),
  type: z.string(),
  actor: z.string(),
  actorName: z.string().nullable(),
  office: z.enum(offices).nullable(),
  capacity: z.enum(capacities).nullable(),
  deputyFor: z.string().optional(),
  subject: z.string().nullable(),
  decision: coded.optional(),
  reasons: z.string().optional(),
});
trailEntryShape.register(z.globalRegistry, { id: 'TrailEntry' });
