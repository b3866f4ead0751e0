import { describe, expect, test } from '@jest/globals';
import {
  formatConsistency,
  formatInclusion,
  parseConsistency,
  parseInclusion,
} from '../../../../db/audit/log/proof/proof-file.js';
import { codeOf } from './codes.js';
import { published } from './keys.js';

const checkpoint = Buffer.from(published.note);
const proof = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const [one, two] = proof.map((hash) => hash.toString('base64')) as [string, string];
const inclusion = `c2sp.org/tlog-proof@v1\nindex 73894\n${one}\n${two}\n\n${published.note}`;
const consistency = `old 20852014\n${one}\n${two}\n\n${published.note}`;

describe('a proof in a file', () => {
  test('has its number, its hashes and the checkpoint, each on its lines', () => {
    expect(formatInclusion({ index: 73894, proof, checkpoint }).toString()).toBe(inclusion);
    expect(formatConsistency({ oldSize: 20852014, proof, checkpoint }).toString()).toBe(consistency);
  });

  test('reads as it was written, the checkpoint to the byte', () => {
    expect(parseInclusion(Buffer.from(inclusion))).toEqual({ index: 73894, proof, checkpoint });
    expect(parseConsistency(Buffer.from(consistency))).toEqual({ oldSize: 20852014, proof, checkpoint });
  });

  test('may have no hashes', () => {
    for (const number of [0, 2 ** 53 - 1]) {
      const index = { index: number, proof: [], checkpoint };
      expect(parseInclusion(formatInclusion(index))).toEqual(index);
      const oldSize = { oldSize: number, proof: [], checkpoint };
      expect(parseConsistency(formatConsistency(oldSize))).toEqual(oldSize);
    }
  });

  test.each([
    ['nothing', '', 'proof_file_malformed'],
    ['another title', inclusion.replace('@v1', '@v2'), 'proof_file_malformed'],
    ['no title', inclusion.slice(inclusion.indexOf('\n') + 1), 'proof_file_malformed'],
    ['no empty line', inclusion.replaceAll('\n\n', '\n'), 'proof_file_malformed'],
    ['line ends of another kind', inclusion.replaceAll('\n', '\r\n'), 'proof_file_malformed'],
    [
      'more hashes than any tree has',
      inclusion.replace(one, `${one}\n`.repeat(63) + one),
      'proof_file_malformed',
    ],
    [
      'data that nothing vouches for',
      inclusion.replace('index', 'extra eA==\nindex'),
      'proof_number_malformed',
    ],
    ['no index', inclusion.replace('index 73894\n', ''), 'proof_number_malformed'],
    ['a leading zero', inclusion.replace(' 73894', ' 073894'), 'proof_number_malformed'],
    ['two spaces', inclusion.replace(' 73894', '  73894'), 'proof_number_malformed'],
    ['an index past 2^53', inclusion.replace('73894', '9007199254740992'), 'proof_number_malformed'],
    ['a hash of 31 bytes', inclusion.replace(one, one.slice(4)), 'proof_hash_malformed'],
    ['two hashes in a line', inclusion.replace(`${one}\n`, one), 'proof_hash_malformed'],
    ['spare bits in a hash', inclusion.replace('E=', 'F='), 'proof_hash_malformed'],
    ['a space after a hash', inclusion.replace('E=', 'E= '), 'proof_hash_malformed'],
  ])('of inclusion is not read with %s', (_what, file, code) => {
    expect(file).not.toBe(inclusion);
    expect(codeOf(() => parseInclusion(Buffer.from(file)))).toBe(code);
  });

  test.each([
    ['nothing', '', 'proof_file_malformed'],
    ['no old size', consistency.replace('old 20852014\n', ''), 'proof_number_malformed'],
    ['another word', consistency.replace('old', 'new'), 'proof_number_malformed'],
    ['a size below nothing', consistency.replace('old ', 'old -'), 'proof_number_malformed'],
    [
      'a hash of 33 bytes',
      consistency.replace(one, Buffer.alloc(33).toString('base64')),
      'proof_hash_malformed',
    ],
  ])('of consistency is not read with %s', (_what, file, code) => {
    expect(file).not.toBe(consistency);
    expect(codeOf(() => parseConsistency(Buffer.from(file)))).toBe(code);
  });
});
