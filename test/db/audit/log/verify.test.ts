import { describe, expect, test } from '@jest/globals';
import { emptyRoot, leafHash } from '../../../../db/audit/log/hash.js';
import { consistencyProof, inclusionProof, rootOf } from '../../../../db/audit/log/tree.js';
import {
  type Consistency,
  type Inclusion,
  verifyConsistency,
  verifyInclusion,
} from '../../../../db/audit/log/proof/verify.js';
import { isLong } from '../../../support/long.js';
import { among, codeOf, flipped } from './codes.js';
import { HashStore } from './hash-store.js';
import { consistencyVectors, inclusionVectors, leaves as known, roots } from './known-trees.js';

const ofInclusion = (inclusion: Inclusion) => codeOf(() => verifyInclusion(inclusion));
const ofConsistency = (consistency: Consistency) => codeOf(() => verifyConsistency(consistency));

const fromHex = (hashes: readonly string[]) => hashes.map((hash) => Buffer.from(hash, 'hex'));

/** The proof with one hash left out, and with one put in, at each place. */
const cut = (proof: readonly Buffer[]) => proof.map((_, n) => proof.toSpliced(n, 1));
const lengthened = (proof: readonly Buffer[]) =>
  [...proof, Buffer.alloc(32)].map((hash, n) => proof.toSpliced(n, 0, hash));

const most = 70;
const store = new HashStore().add(Array.from({ length: most }, (_, n) => Buffer.from(`leaf ${n}`)));
const hashes = Array.from({ length: most }, (_, n) => leafHash(Buffer.from(`leaf ${n}`)));
const rootAt = await Promise.all(Array.from({ length: most + 1 }, (_, size) => rootOf(size, store.read)));
const root = (size: number) => rootAt[size] as Buffer;

const everyInclusion: Inclusion[] = [];
const everyConsistency: Consistency[] = [];
for (let size = 1; size <= most; size += 1) {
  for (let n = 0; n < size; n += 1) {
    everyInclusion.push({
      index: n,
      size,
      leafHash: hashes[n] as Buffer,
      proof: await inclusionProof(n, size, store.read),
      root: root(size),
    });
    everyConsistency.push({
      oldSize: n + 1,
      oldRoot: root(n + 1),
      newSize: size,
      newRoot: root(size),
      proof: await consistencyProof(n + 1, size, store.read),
    });
  }
}

/** The proofs that are damaged in every place: in trees of up to 40, or of up to 70 in a long run. */
const toDamage = isLong ? most : 40;
const someInclusion = everyInclusion.filter(({ size }) => size <= toDamage);
const someConsistency = everyConsistency.filter(({ newSize }) => newSize <= toDamage);

describe('a proof that a leaf is in the tree', () => {
  test.each(inclusionVectors)('holds for known leaf $index in $size', ({ index, size, proof }) => {
    const leaf = leafHash(known[index] as Buffer);
    const tree = Buffer.from(roots[size] as string, 'hex');
    expect(ofInclusion({ index, size, leafHash: leaf, proof: fromHex(proof), root: tree })).toBe('no fault');
  });

  test('holds for every leaf of every tree of up to 70', () => {
    expect(among(everyInclusion.map(ofInclusion))).toEqual(['no fault']);
  });

  test('does not with one bit of it flipped, nor with one of the leaf’s or the root’s', () => {
    const broken = someInclusion.flatMap((inclusion, n) => {
      const bit = (n * 37) % 256;
      const { proof } = inclusion;
      return [
        ...proof.map((hash, at) => ({ ...inclusion, proof: proof.with(at, flipped(hash, bit)) })),
        { ...inclusion, leafHash: flipped(inclusion.leafHash, bit) },
        { ...inclusion, root: flipped(inclusion.root, bit) },
      ];
    });
    expect(among(broken.map(ofInclusion))).toEqual(['wrong_root']);
  });

  test('does not with any bit of it flipped, tried on one', () => {
    const inclusion = everyInclusion.find(({ index, size }) => index === 20 && size === 53) as Inclusion;
    const { proof } = inclusion;
    expect(proof).toHaveLength(6);
    const codes = proof.flatMap((hash, at) =>
      Array.from({ length: 256 }, (_, bit) =>
        ofInclusion({ ...inclusion, proof: proof.with(at, flipped(hash, bit)) }),
      ),
    );
    expect(codes).toHaveLength(6 * 256);
    expect(among(codes)).toEqual(['wrong_root']);
  });

  test('does not with a hash left out or put in, at any place', () => {
    const after = (change: (proof: readonly Buffer[]) => Buffer[][]) =>
      someInclusion.flatMap((each) => change(each.proof).map((proof) => ofInclusion({ ...each, proof })));
    expect(among(after(cut))).toEqual(['proof_too_short']);
    expect(among(after(lengthened))).toEqual(['proof_too_long']);
  });

  test('does not for another index or another size', () => {
    const as = (change: (inclusion: Inclusion) => Partial<Inclusion>) =>
      among(everyInclusion.map((each) => ofInclusion({ ...each, ...change(each) })));
    expect(as(({ size }) => ({ index: size }))).toEqual(['not_in_tree']);
    expect(as(({ index }) => ({ size: index }))).toEqual(['not_in_tree']);
    // A neighbour may be higher or lower in the tree, where the right edge is ragged.
    const next = as(({ index }) => ({ index: index + 1 }));
    expect(next).toEqual(['not_in_tree', 'proof_too_long', 'wrong_root']);
    const previous = as(({ index }) => ({ index: index - 1 }));
    expect(previous).toEqual(['bad_number', 'proof_too_short', 'wrong_root']);
  });

  test('says in a sentence what is missing', () => {
    const [inclusion] = everyInclusion.filter(({ size }) => size === 8) as [Inclusion];
    expect(() => verifyInclusion({ ...inclusion, proof: inclusion.proof.slice(1) })).toThrow(
      'The proof has 2 hashes and needs 3.',
    );
    expect(() => verifyInclusion({ ...inclusion, index: 8 })).toThrow('A tree of 8 leaves has no leaf 8.');
  });

  test('is invalid with hashes of another length, or with invalid numbers', () => {
    const [inclusion] = everyInclusion.filter(({ size }) => size === 8) as [Inclusion];
    const short = Buffer.alloc(31);
    expect(ofInclusion({ ...inclusion, proof: inclusion.proof.with(1, short) })).toBe('bad_hash');
    expect(ofInclusion({ ...inclusion, leafHash: short })).toBe('bad_hash');
    expect(ofInclusion({ ...inclusion, root: short })).toBe('bad_hash');
    for (const number of [-1, 0.5, Number.NaN, 2 ** 53, Infinity]) {
      expect(ofInclusion({ ...inclusion, index: number })).toBe('bad_number');
      expect(ofInclusion({ ...inclusion, size: number })).toBe('bad_number');
    }
  });

  test('holds at indexes beyond 32 bits', async () => {
    // A left half of 2^40 leaves whose hash is given, then the leaves 2^40 and on.
    const size = 2 ** 40 + 3;
    const far = Buffer.alloc(32, 7);
    const tail = new HashStore().add([Buffer.from('a'), Buffer.from('b'), Buffer.from('c')]);
    const read: typeof tail.read = async (places) =>
      Promise.all(
        places.map(async ({ level, index }) =>
          level === 40
            ? far
            : ((await tail.read([{ level, index: index - 2 ** (40 - level) }]))[0] as Buffer),
        ),
      );
    const tree = await rootOf(size, read);
    for (const [n, leaf] of ['a', 'b', 'c'].entries()) {
      const index = 2 ** 40 + n;
      const proof = await inclusionProof(index, size, read);
      const inclusion = { index, size, leafHash: leafHash(Buffer.from(leaf)), proof, root: tree };
      expect(ofInclusion(inclusion)).toBe('no fault');
      expect(ofInclusion({ ...inclusion, index: index - 2 ** 32 })).not.toBe('no fault');
    }
    const oldSize = 2 ** 40 + 1;
    const oldRoot = await rootOf(oldSize, read);
    const proof = await consistencyProof(oldSize, size, read);
    expect(ofConsistency({ oldSize, oldRoot, newSize: size, newRoot: tree, proof })).toBe('no fault');
  });
});

describe('a proof that the old tree is how the new one began', () => {
  test.each(consistencyVectors)('holds for the known trees of $old and $size', ({ old, size, proof }) => {
    const [oldRoot, newRoot] = fromHex([roots[old] as string, roots[size] as string]) as [Buffer, Buffer];
    const consistency = { oldSize: old, oldRoot, newSize: size, newRoot, proof: fromHex(proof) };
    expect(ofConsistency(consistency)).toBe('no fault');
  });

  test('holds for every pair of trees of up to 70', () => {
    expect(among(everyConsistency.map(ofConsistency))).toEqual(['no fault']);
  });

  test('does not with one bit of it flipped, nor with one of a root', () => {
    const broken = someConsistency.flatMap((consistency, n) => {
      const bit = (n * 37) % 256;
      const { proof, oldRoot, newRoot } = consistency;
      return [
        ...proof.map((hash, at) => ({ ...consistency, proof: proof.with(at, flipped(hash, bit)) })),
        { ...consistency, oldRoot: flipped(oldRoot, bit) },
        { ...consistency, newRoot: flipped(newRoot, bit) },
      ];
    });
    expect(among(broken.map(ofConsistency))).toEqual(['wrong_old_root', 'wrong_root']);
  });

  test('does not with a hash left out or put in, at any place', () => {
    const after = (change: (proof: readonly Buffer[]) => Buffer[][]) =>
      someConsistency.flatMap((each) => change(each.proof).map((proof) => ofConsistency({ ...each, proof })));
    expect(among(after(cut))).toEqual(['proof_too_short']);
    expect(among(after(lengthened))).toEqual(['proof_too_long']);
  });

  test('does not the other way round', () => {
    const reversed = everyConsistency
      .filter(({ oldSize, newSize }) => oldSize < newSize)
      .map((was) => ({
        oldSize: was.newSize,
        oldRoot: was.newRoot,
        newSize: was.oldSize,
        newRoot: was.oldRoot,
        proof: was.proof,
      }));
    expect(among(reversed.map(ofConsistency))).toEqual(['older_is_newer']);
  });

  test('does not for a tree with a rewritten past, at any leaf, with the proof that it would give', async () => {
    const size = 13;
    for (let changed = 0; changed < size; changed += 1) {
      const other = Array.from({ length: size }, (_, n) => Buffer.from(`leaf ${n}`));
      other[changed] = Buffer.from('rewritten');
      const rewritten = new HashStore().add(other);
      for (let oldSize = 1; oldSize <= size; oldSize += 1) {
        const code = ofConsistency({
          oldSize,
          oldRoot: root(oldSize),
          newSize: size,
          newRoot: await rootOf(size, rewritten.read),
          proof: await consistencyProof(oldSize, size, rewritten.read),
        });
        if (changed < oldSize) expect(code).toMatch(/^wrong_(old_)?root$/);
        else expect(code).toBe('no fault');
      }
    }
  });

  test('of an empty tree says no more than that it was empty', () => {
    const nothing = { oldSize: 0, oldRoot: emptyRoot, newSize: 5, newRoot: root(5), proof: [] };
    expect(ofConsistency(nothing)).toBe('no fault');
    expect(ofConsistency({ ...nothing, oldRoot: root(1) })).toBe('wrong_old_root');
    expect(ofConsistency({ ...nothing, proof: [root(1)] })).toBe('proof_too_long');
    expect(ofConsistency({ ...nothing, newSize: 0 })).toBe('wrong_root');
    expect(ofConsistency({ ...nothing, newSize: 0, newRoot: emptyRoot })).toBe('no fault');
  });

  test('of a tree and itself is empty, and two roots of one size are a fork', () => {
    const same = { oldSize: 5, oldRoot: root(5), newSize: 5, newRoot: root(5), proof: [] };
    expect(ofConsistency(same)).toBe('no fault');
    expect(ofConsistency({ ...same, newRoot: root(6) })).toBe('wrong_root');
    expect(ofConsistency({ ...same, proof: [root(5)] })).toBe('proof_too_long');
  });

  test('is invalid with hashes of another length, or with invalid numbers', () => {
    const consistency = everyConsistency.find(({ newSize }) => newSize === 8) as Consistency;
    expect(ofConsistency({ ...consistency, oldRoot: Buffer.alloc(33) })).toBe('bad_hash');
    expect(ofConsistency({ ...consistency, newRoot: Buffer.alloc(0) })).toBe('bad_hash');
    for (const number of [-1, 0.5, Number.NaN, 2 ** 53]) {
      expect(ofConsistency({ ...consistency, oldSize: number })).toBe('bad_number');
      expect(ofConsistency({ ...consistency, newSize: number })).toBe('bad_number');
    }
  });
});
