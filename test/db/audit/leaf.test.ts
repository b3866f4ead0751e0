import { describe, expect, test } from '@jest/globals';
import { LeafFault, readLeaf, writeLeaf } from '../../../db/audit/leaf.js';
import { writable } from '../../../db/audit/append.js';
import { anEntry } from '../../support/entries.js';

const written = (): string => writable({ ...anEntry(), settings: 0 }).pieces.join('');

describe('the bytes of an entry', () => {
  test('are read back as they were written', () => {
    const bytes = Buffer.from(written());
    expect(writeLeaf(readLeaf(bytes))).toEqual(bytes);
  });

  test.each<[string, (leaf: string) => string]>([
    ['JSON', (leaf) => leaf.slice(1)],
    ['an entry', (leaf) => leaf.replace('"v":1', '"v":2')],
    ['in canonical form', (leaf) => leaf.replace('"v":1', '"v": 1')],
  ])('that are not %s are a fault of the bytes', (_, changed) => {
    expect(() => readLeaf(Buffer.from(changed(written())))).toThrow(LeafFault);
  });

  test('say nothing where the fault is ours', () => {
    const bytes = Buffer.from(written());
    const ours = new RangeError('ours');
    bytes.toString = () => {
      throw ours;
    };
    expect(() => readLeaf(bytes)).toThrow(ours);
  });
});
