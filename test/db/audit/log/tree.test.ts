import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { emptyRoot, innerHash, leafHash } from '../../../../db/audit/log/hash.js';
import {
  consistencyProof,
  edgeOf,
  extend,
  inclusionProof,
  type Place,
  rootOf,
  rootOfEdge,
} from '../../../../db/audit/log/tree.js';
import { hashOfLeaf, pathByDefinition, proofByDefinition, rootByDefinition } from './by-definition.js';
import { HashStore } from './hash-store.js';
import { consistencyVectors, inclusionVectors, leaves as known, roots } from './known-trees.js';

const hex = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString('hex'));
const leavesTo = (size: number) => Array.from({ length: size }, (_, n) => Buffer.from(`leaf ${n}`));

describe('the reference tree of eight leaves', () => {
  const store = new HashStore().add(known);

  test('has the known root at each size', async () => {
    const found = await Promise.all(roots.map((_, size) => rootOf(size, store.read)));
    expect(hex(found)).toEqual(roots);
  });

  test.each(inclusionVectors)(
    'has the known proof of leaf $index in $size',
    async ({ index, size, proof }) => {
      expect(hex(await inclusionProof(index, size, store.read))).toEqual(proof);
    },
  );

  test.each(consistencyVectors)('has the known proof from $old to $size', async ({ old, size, proof }) => {
    expect(hex(await consistencyProof(old, size, store.read))).toEqual(proof);
  });
});

describe('every tree of up to 70 leaves', () => {
  const most = 70;
  const leaves = leavesTo(most);
  const store = new HashStore().add(leaves);

  test('has the root of the definition', async () => {
    for (let size = 0; size <= most; size += 1) {
      expect(await rootOf(size, store.read)).toEqual(rootByDefinition(leaves.slice(0, size)));
    }
  });

  test('proves each of its leaves as the definition does, by one call of the store', async () => {
    for (let size = 1; size <= most; size += 1) {
      store.asked.length = 0;
      const indexes = Array.from({ length: size }, (_, index) => index);
      const proofs = await Promise.all(indexes.map((index) => inclusionProof(index, size, store.read)));
      expect(proofs.map(hex)).toEqual(
        indexes.map((index) => hex(pathByDefinition(index, leaves.slice(0, size)))),
      );
      expect(store.asked).toHaveLength(size === 1 ? 0 : size);
    }
  });

  test('proves that it began as each smaller one, as the definition does, by one call of the store', async () => {
    for (let size = 1; size <= most; size += 1) {
      store.asked.length = 0;
      const olds = Array.from({ length: size }, (_, index) => index + 1);
      const proofs = await Promise.all(olds.map((old) => consistencyProof(old, size, store.read)));
      expect(proofs.map(hex)).toEqual(olds.map((old) => hex(proofByDefinition(old, leaves.slice(0, size)))));
      expect(store.asked).toHaveLength(size - 1);
    }
  });
});

describe('a tree that grows', () => {
  test('in any portions comes to the same nodes, each completed once, and the same edge', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 8 }), (portions) => {
        const leaves = leavesTo(portions.reduce((sum, portion) => sum + portion, 0));
        const store = new HashStore();
        let from = 0;
        for (const portion of portions) {
          store.add(leaves.slice(from, from + portion));
          from += portion;
        }
        expect(rootOfEdge(store.edge)).toEqual(rootByDefinition(leaves));
        expect(store.edge).toEqual(new HashStore().add(leaves).edge);
        // n leaves make n - popcount(n) complete inner nodes, and the edge has popcount(n) subtrees.
        expect(store.count).toBe(2 * leaves.length - store.edge.length);
      }),
      { numRuns: 60 },
    );
  });

  test('gives the leaves and the inner nodes in the order in which they were completed', () => {
    const [a, b, c, d] = leavesTo(4).map(hashOfLeaf) as [Buffer, Buffer, Buffer, Buffer];
    const { nodes, edge } = extend(0, [], [a, b, c, d]);
    const [ab, cd] = [innerHash(a, b), innerHash(c, d)];
    const abcd = innerHash(ab, cd);
    expect(nodes).toEqual([
      { level: 0, index: 0, hash: a },
      { level: 0, index: 1, hash: b },
      { level: 1, index: 0, hash: ab },
      { level: 0, index: 2, hash: c },
      { level: 0, index: 3, hash: d },
      { level: 1, index: 1, hash: cd },
      { level: 2, index: 0, hash: abcd },
    ]);
    expect(edge).toEqual([abcd]);
  });

  test('knows its edge: the complete subtrees, the largest first', () => {
    expect(edgeOf(0)).toEqual([]);
    expect(edgeOf(1)).toEqual([{ level: 0, index: 0 }]);
    expect(edgeOf(13)).toEqual([
      { level: 3, index: 0 },
      { level: 2, index: 2 },
      { level: 0, index: 12 },
    ]);
    expect(rootOfEdge([])).toEqual(emptyRoot);
  });

  test('takes no edge of another size, and no invalid size', () => {
    const hash = leafHash(Buffer.from('x'));
    expect(() => extend(3, [hash], [])).toThrow(RangeError);
    expect(() => extend(0, [hash], [])).toThrow(RangeError);
    for (const size of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => edgeOf(size)).toThrow(RangeError);
    const largest = 2 ** 53 - 1;
    expect(() =>
      extend(
        largest,
        edgeOf(largest).map(() => hash),
        [hash],
      ),
    ).toThrow(RangeError);
  });
});

describe('indexes beyond 32 bits', () => {
  /** A tree with the same leaf everywhere: each level has one hash, so that any size can be tried. */
  const perLevel = [leafHash(Buffer.from('same'))];
  while (perLevel.length < 54) {
    const below = perLevel.at(-1) as Buffer;
    perLevel.push(innerHash(below, below));
  }
  const read = async (places: readonly Place[]) => places.map(({ level }) => perLevel[level] as Buffer);

  test.each([2 ** 31 - 1, 2 ** 31, 2 ** 32 + 1, 2 ** 40 + 12345, 2 ** 52 + 7, 2 ** 53 - 1])(
    'are right at size %d',
    async (size) => {
      const edge = edgeOf(size);
      expect(edge.reduce((sum, { level }) => sum + 2 ** level, 0)).toBe(size);
      for (const [n, { level, index }] of edge.entries()) {
        const before = edge.slice(0, n).reduce((sum, place) => sum + 2 ** place.level, 0);
        expect(index * 2 ** level).toBe(before);
      }
      // Each place that is asked for lies within the tree.
      const within = async (places: readonly Place[]) => {
        const outside = places.filter(({ level, index }) => (index + 1) * 2 ** level > size);
        expect(outside).toEqual([]);
        return read(places);
      };
      for (const index of [0, 1, Math.floor(size / 2), size - 2, size - 1]) {
        await inclusionProof(index, size, within);
        await consistencyProof(index + 1, size, within);
      }
    },
  );

  test('grow across 2^32', () => {
    const size = 2 ** 32 - 1;
    const hashes = edgeOf(size).map(({ level }) => perLevel[level] as Buffer);
    const leaf = perLevel[0] as Buffer;
    const { nodes, edge } = extend(size, hashes, [leaf, leaf]);
    expect(nodes).toHaveLength(1 + 32 + 1);
    expect(nodes.at(-2)).toEqual({ level: 32, index: 0, hash: perLevel[32] });
    expect(nodes.at(-1)).toEqual({ level: 0, index: 2 ** 32, hash: leaf });
    expect(edge).toEqual([perLevel[32], leaf]);
  });
});

describe('what cannot be proved', () => {
  const store = new HashStore().add(leavesTo(5));

  test.each([
    ['a leaf past the end', () => inclusionProof(5, 5, store.read)],
    ['a leaf of an empty tree', () => inclusionProof(0, 0, store.read)],
    ['a leaf before the first', () => inclusionProof(-1, 5, store.read)],
    ['half a leaf', () => inclusionProof(0.5, 5, store.read)],
    ['a larger tree from a smaller', () => consistencyProof(5, 4, store.read)],
    ['a size below nothing', () => consistencyProof(-1, 4, store.read)],
  ])('refuses before it asks the store: %s', async (_what, prove) => {
    store.asked.length = 0;
    await expect(prove()).rejects.toThrow(RangeError);
    expect(store.asked).toEqual([]);
  });

  test('of nothing and of the same tree there is nothing to prove, and the store is not asked', async () => {
    store.asked.length = 0;
    expect(await consistencyProof(0, 5, store.read)).toEqual([]);
    expect(await consistencyProof(5, 5, store.read)).toEqual([]);
    expect(await inclusionProof(0, 1, store.read)).toEqual([]);
    expect(store.asked).toEqual([]);
  });

  test('a store that gives less, or no hashes, is not believed', async () => {
    await expect(rootOf(5, async () => [])).rejects.toThrow('was asked for');
    await expect(inclusionProof(2, 5, async (all) => all.map(() => Buffer.alloc(31)))).rejects.toThrow(
      'was asked for',
    );
  });
});
