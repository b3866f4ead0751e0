/**
 * The proofs of many leaves in a row. Neighbouring leaves share nearly all of their way to the root: read the part
 * above a batch once for the batch, and hash the part within it from its leaves.
 */
import { type Hash, innerHash } from '../hash.js';
import { hashesOf, type ReadHashes, siblingsOf, type Span } from '../tree.js';

/** A power of two, so that each batch is a subtree, or what there is of one at the right edge. */
const batchSize = 256;

export interface LeafProof {
  readonly index: number;
  readonly proof: readonly Hash[];
}

const levelAbove = (level: readonly Hash[]): readonly Hash[] =>
  level.flatMap((left, n) => {
    if (n % 2 === 1) return [];
    const right = level[n + 1];
    return right ? [innerHash(left, right)] : [left];
  });

/** The hashes of a subtree level by level, leaves first. A last one without a sibling rises as it is. */
const levelsOver = (leafHashes: readonly Hash[]): (readonly Hash[])[] => {
  const levels = [leafHashes];
  for (let level = leafHashes; level.length > 1; levels.push(level)) {
    level = levelAbove(level);
  }
  return levels;
};

/** The siblings of leaf `n` within the subtree, lowest first. */
const pathWithin = (levels: readonly (readonly Hash[])[], n: number): Hash[] => {
  let at = n;
  return levels.flatMap((level) => {
    const sibling = level[at % 2 === 0 ? at + 1 : at - 1];
    at = Math.floor(at / 2);
    return sibling ?? [];
  });
};

const singles = ({ start, end }: Span): Span[] =>
  Array.from({ length: end - start }, (_, n) => ({ start: start + n, end: start + n + 1 }));

/**
 * The inclusion proofs of the leaves from `from` up to `to`, `to` not included, in the tree of `size` leaves, in
 * order, by one call of `read` for each 256 leaves.
 * @throws RangeError if they are not leaves of that tree; Error if the store does not return what it was asked for
 */
export async function* inclusionProofs(
  from: number,
  to: number,
  size: number,
  read: ReadHashes,
): AsyncGenerator<LeafProof, void> {
  if (![from, to, size].every(Number.isSafeInteger) || from < 0 || from > to || to > size) {
    throw new RangeError(`A tree of ${size} leaves has no leaves from ${from} up to ${to}.`);
  }
  if (from === to) return;
  for (let start = from - (from % batchSize); start < to; start += batchSize) {
    const batch = { start, end: Math.min(start + batchSize, size) };
    const leaves = singles(batch);
    const hashes = await hashesOf([...leaves, ...siblingsOf(batch, size)], read);
    const levels = levelsOver(hashes.slice(0, leaves.length));
    const above = hashes.slice(leaves.length);
    for (let index = Math.max(start, from); index < Math.min(batch.end, to); index += 1) {
      yield { index, proof: [...pathWithin(levels, index - start), ...above] };
    }
  }
}
