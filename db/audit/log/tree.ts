/**
 * The Merkle tree of RFC 6962, section 2.1, over stored hashes of its complete subtrees. A complete subtree never
 * changes once its last leaf is there, so only those are stored; the right edge is worked out from them. Sizes and
 * indexes go to 2^53 - 1, so there is arithmetic in place of shifts, which in JavaScript know 32 bits.
 */
import { emptyRoot, type Hash, hashLength, innerHash } from './hash.js';

/** A complete subtree: at level n, index i, it holds the leaves from i * 2^n up to (i + 1) * 2^n. */
export interface Place {
  readonly level: number;
  readonly index: number;
}

export interface Node extends Place {
  readonly hash: Hash;
}

/** The hashes of complete subtrees, in the order asked for. */
export type ReadHashes = (places: readonly Place[]) => Promise<readonly Hash[]>;

/** The leaves from `start` up to `end`, `end` not included, where they are one subtree, complete or not. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const requireSize = (size: number, what: string): void => {
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new RangeError(`${what} is a whole number from 0 to 2^53 - 1.`);
  }
};

/** The largest power of two below `n`, which is 2 or more: where a tree of `n` leaves is divided. */
const divide = (n: number): number => {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
};

/** The complete subtrees that make up a span, the largest (and leftmost) first. */
const subtreesOf = ({ start, end }: Span): Place[] => {
  const places: Place[] = [];
  for (let at = start; at < end;) {
    let level = 0;
    let width = 1;
    while (width * 2 <= end - at) {
      width *= 2;
      level += 1;
    }
    places.push({ level, index: at / width });
    at += width;
  }
  return places;
};

/**
 * The complete subtrees at the right edge of a tree of `size` leaves, the largest first; an empty list for size 0.
 * @throws RangeError if the size is not valid
 */
export const edgeOf = (size: number): Place[] => {
  requireSize(size, 'The size of a tree');
  return subtreesOf({ start: 0, end: size });
};

/** The root over the hashes of an edge, the largest subtree first. Of no hashes, that of the empty tree. */
export const rootOfEdge = (hashes: readonly Hash[]): Hash => {
  const last = hashes.at(-1);
  if (last === undefined) return emptyRoot;
  return hashes.slice(0, -1).reduceRight((right, left) => innerHash(left, right), last);
};

/** Reads, and accepts exactly what it asked for. @throws Error if the store returns anything else */
const readAll = async (places: readonly Place[], read: ReadHashes): Promise<readonly Hash[]> => {
  if (places.length === 0) return [];
  const hashes = await read(places);
  if (hashes.length !== places.length || hashes.some(({ length }) => length !== hashLength)) {
    throw new Error(`The store of hashes did not give the ${places.length} hashes that it was asked for.`);
  }
  return hashes;
};

/**
 * The hashes of spans, each a subtree, read in one call.
 * @throws Error if the store does not return what it was asked for
 */
export const hashesOf = async (spans: readonly Span[], read: ReadHashes): Promise<Hash[]> => {
  const parts = spans.map(subtreesOf);
  const hashes = await readAll(parts.flat(), read);
  let next = 0;
  return parts.map(({ length }) => {
    next += length;
    return rootOfEdge(hashes.slice(next - length, next));
  });
};

/**
 * The root of the tree of the first `size` leaves.
 * @throws RangeError if the size is not valid; Error if the store does not return what it was asked for
 */
export const rootOf = async (size: number, read: ReadHashes): Promise<Hash> =>
  rootOfEdge(await readAll(edgeOf(size), read));

/** The siblings of a subtree on each level on the way up to the root, the lowest first. */
export const siblingsOf = (subtree: Span, size: number): Span[] => {
  const siblings: Span[] = [];
  let [start, end] = [0, size];
  while (end - start > subtree.end - subtree.start) {
    const middle = start + divide(end - start);
    if (subtree.start < middle) {
      siblings.push({ start: middle, end });
      end = middle;
    } else {
      siblings.push({ start, end: middle });
      start = middle;
    }
  }
  return siblings.toReversed();
};

/**
 * Proves that the leaf at `index` is in the tree of `size` leaves (RFC 6962, 2.1.1), by one call of `read`.
 * @returns the hashes from the leaf's sibling up
 * @throws RangeError if there is no such leaf; Error if the store does not return what it was asked for
 */
export const inclusionProof = async (index: number, size: number, read: ReadHashes): Promise<Hash[]> => {
  requireSize(size, 'The size of a tree');
  requireSize(index, 'The index of a leaf');
  if (index >= size) throw new RangeError(`A tree of ${size} leaves has no leaf ${index}.`);
  return hashesOf(siblingsOf({ start: index, end: index + 1 }, size), read);
};

/**
 * Proves that the tree of `newSize` leaves began as the tree of `oldSize` leaves (RFC 6962, 2.1.2), by one call of
 * `read`. For an empty tree, and for the tree itself, the proof is empty.
 * @throws RangeError if the old tree is the larger; Error if the store does not return what it was asked for
 */
export const consistencyProof = async (
  oldSize: number,
  newSize: number,
  read: ReadHashes,
): Promise<Hash[]> => {
  requireSize(oldSize, 'The old size of a tree');
  requireSize(newSize, 'The new size of a tree');
  if (oldSize > newSize) {
    throw new RangeError(`A tree of ${newSize} leaves never had ${oldSize} leaves before.`);
  }
  if (oldSize === 0) return [];
  const spans: Span[] = [];
  let [start, end] = [0, newSize];
  while (oldSize < end) {
    const middle = start + divide(end - start);
    if (oldSize <= middle) {
      spans.push({ start: middle, end });
      end = middle;
    } else {
      spans.push({ start, end: middle });
      start = middle;
    }
  }
  // Where the old tree is itself a subtree of the new one, the reader has its hash: the old root.
  if (start > 0) spans.push({ start, end });
  return hashesOf(spans.toReversed(), read);
};

/** The nodes to store, in the order in which they were completed, and the edge of the larger tree. */
export interface Growth {
  readonly nodes: readonly Node[];
  readonly edge: readonly Hash[];
}

/**
 * Adds leaves to a tree of `size` leaves.
 * @param edge the hashes of `edgeOf(size)`, in that order
 * @param leafHashes of the leaves to add, in order
 * @throws RangeError when the edge is not one of a tree of that size, or the tree would grow past 2^53 - 1
 */
export const extend = (size: number, edge: readonly Hash[], leafHashes: readonly Hash[]): Growth => {
  const places = edgeOf(size);
  requireSize(size + leafHashes.length, 'The size of a tree');
  if (edge.length !== places.length) {
    throw new RangeError(`The edge of a tree of ${size} leaves has ${places.length} hashes.`);
  }
  const stack: Node[] = edge.flatMap((hash, n) => {
    const place = places[n];
    return place ? [{ ...place, hash }] : [];
  });
  const nodes: Node[] = [];
  leafHashes.forEach((hash, n) => {
    let node: Node = { level: 0, index: size + n, hash };
    nodes.push(node);
    for (let left = stack.at(-1); left?.level === node.level; left = stack.at(-1)) {
      stack.pop();
      node = { level: node.level + 1, index: left.index / 2, hash: innerHash(left.hash, node.hash) };
      nodes.push(node);
    }
    stack.push(node);
  });
  return { nodes, edge: stack.map(({ hash }) => hash) };
};
