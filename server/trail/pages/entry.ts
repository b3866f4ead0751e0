/** One entry of the trail, with the proof that it is in it. */
import { z } from 'zod';
import { rulesIn } from '../../../db/audit/edition.js';
import { LeafFault, readLeaf } from '../../../db/audit/leaf.js';
import { openCheckpoint } from '../../../db/audit/log/checkpoint.js';
import { formatInclusion } from '../../../db/audit/log/proof/proof-file.js';
import { ProofFault, verifyInclusion } from '../../../db/audit/log/proof/verify.js';
import { sizeFromZero } from '../../web/schema/schemas.js';
import type { Ctx } from '../../case/ctx.js';
import { type ProvenEntry, readEntry } from '../read-entry.js';
import { paths } from '../../web/paths.js';
import { page } from '../../web/pages/page.js';
import { presentLine } from './line.js';

/** What the entry states about the rules it was made under; null if its bytes are not an entry. */
const policyIn = (leaf: Buffer): string | null => {
  try {
    return readLeaf(leaf).policy;
  } catch (error) {
    if (error instanceof LeafFault) return null;
    throw error;
  }
};

/** The rules, where they can be looked up, and the settings in words; of an entry from before, its own word alone. */
const presentRules = (policy: string | null) => {
  const named = policy === null ? null : rulesIn(policy);
  return { policy, ...(named && { ...named, href: paths.edition(named.edition) }) };
};

/** Whether the proof leads from the entry, as it is shown, to the root that was signed. */
const holds = (entry: ProvenEntry, { signer }: Ctx): boolean => {
  const { index, size, leafHash, proof, checkpoint } = entry;
  const { root } = openCheckpoint(checkpoint, signer.verifier);
  try {
    verifyInclusion({ index, size, leafHash, proof, root });
    return true;
  } catch (error) {
    if (error instanceof ProofFault) return false;
    throw error;
  }
};

export const entryPage = page({
  path: '/trail/entries/:index',
  params: z.strictObject({ index: sizeFromZero }),
  view: 'trail/views/entry',
  async load(ctx, { params: { index } }) {
    const entry = await readEntry(ctx, index);
    const { proof, checkpoint, leaf, size } = entry;
    return {
      entry: presentLine(entry.row),
      size,
      hashes: proof.length,
      holds: holds(entry, ctx),
      rules: presentRules(policyIn(leaf)),
      leaf: leaf.toString(),
      proof: formatInclusion({ index, proof, checkpoint: Buffer.from(checkpoint) }).toString(),
    };
  },
});
