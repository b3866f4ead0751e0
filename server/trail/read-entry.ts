import { entryAt, type PlacedEntry } from '../../db/audit/entry-at.js';
import { type Hash, leafHash } from '../../db/audit/log/hash.js';
import { proveInclusion } from '../../db/audit/tree/proofs.js';
import { treeSize } from '../../db/audit/tree/tree-store.js';
import { authorise } from '../../policies/permission/ability.js';
import { NotFound } from '../../policies/core/refusals.js';
import { recordReading } from '../case/record.js';
import { toldTo } from './present/told-to.js';
import { provable } from './tree-sizes.js';
import type { Ctx } from '../case/ctx.js';
import { signedAt } from '../signing/signed-at.js';

/** An entry, and the proof that it is in the tree of `size` entries. */
export interface ProvenEntry extends PlacedEntry {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Hash;
  readonly proof: readonly Hash[];
  /** The signed note of that size. */
  readonly checkpoint: string;
}

/**
 * One entry with the proof that it is in the trail (RFC 6962, 2.1.1).
 * @param size of the tree that the reader holds a checkpoint of; the current one by default
 * @throws NotFound for a person who may not read the trail, and if there is no such entry; Invalid, naming `size`, if
 *   no trail of that size exists or it does not reach to the entry; SigningRefused if the trail is not the signed one
 */
export const readEntry = async (ctx: Ctx, index: number, size?: number): Promise<ProvenEntry> => {
  authorise(ctx.ability, 'read', { kind: 'Trail' });
  const entry = await entryAt(ctx.db, index);
  if (!entry) throw new NotFound();
  const within = size ?? (await treeSize(ctx.db));
  const proof = await provable('size', () => proveInclusion(ctx.db, index, within));
  const checkpoint = await signedAt(ctx.db, ctx.signer, within);
  await recordReading(ctx, {
    type: 'audit.proof_read',
    subject: 'trail',
    decision: { index, size: within },
  });
  return {
    row: toldTo(ctx)(entry.row),
    leaf: entry.leaf,
    index,
    size: within,
    leafHash: leafHash(entry.leaf),
    proof,
    checkpoint,
  };
};
