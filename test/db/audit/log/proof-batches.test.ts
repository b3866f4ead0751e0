import { describe, expect, test } from '@jest/globals';
import { inclusionProofs } from '../../../../db/audit/log/proof/proof-batches.js';
import { inclusionProof } from '../../../../db/audit/log/tree.js';
import { HashStore } from './hash-store.js';

const most = 1100;
const store = new HashStore().add(Array.from({ length: most }, (_, n) => Buffer.from(`leaf ${n}`)));

const inRow = async (from: number, to: number, size: number) => {
  const found: string[] = [];
  for await (const { index, proof } of inclusionProofs(from, to, size, store.read)) {
    found.push([index, ...proof.map((hash) => hash.toString('hex'))].join(' '));
  }
  return found;
};
const oneByOne = (from: number, to: number, size: number) =>
  Promise.all(
    Array.from({ length: to - from }, async (_, n) =>
      [
        from + n,
        ...(await inclusionProof(from + n, size, store.read)).map((hash) => hash.toString('hex')),
      ].join(' '),
    ),
  );

describe('the proofs of leaves in a row', () => {
  test('are those of the leaves one by one, in every tree of up to 70', async () => {
    for (let size = 1; size <= 70; size += 1) {
      expect(await inRow(0, size, size)).toEqual(await oneByOne(0, size, size));
    }
  });

  test.each([
    [0, 255, 255],
    [0, 256, 256],
    [0, 257, 257],
    [250, 260, 511],
    [255, 256, 512],
    [256, 513, 513],
    [300, 301, 1000],
    [700, 1023, 1023],
    [768, 1025, 1025],
    [1, 1100, 1100],
  ])('are so from %d up to %d of %d', async (from, to, size) => {
    expect(await inRow(from, to, size)).toEqual(await oneByOne(from, to, size));
  });

  test('ask the store once for each 256 leaves, and not at all for no leaves', async () => {
    store.asked.length = 0;
    await inRow(0, most, most);
    expect(store.asked).toHaveLength(5);
    store.asked.length = 0;
    expect(await inRow(5, 5, most)).toEqual([]);
    expect(await inRow(0, 0, 0)).toEqual([]);
    expect(store.asked).toEqual([]);
  });

  test.each([
    [-1, 1, 5],
    [3, 2, 5],
    [0, 6, 5],
    [0.5, 1, 5],
    [0, 1, Number.NaN],
  ])('are refused from %d up to %d of %d', async (from, to, size) => {
    await expect(inRow(from, to, size)).rejects.toThrow(RangeError);
  });
});
