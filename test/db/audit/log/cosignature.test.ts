import { describe, expect, test } from '@jest/globals';
import { openCheckpoint, signCheckpoint } from '../../../../db/audit/log/checkpoint.js';
import {
  cosign,
  cosignaturesOf,
  cosignatureVerifier,
  cosigner,
} from '../../../../db/audit/log/cosignature.js';
import { parseSignerKey } from '../../../../db/audit/log/key.js';
import { noteSigner, noteVerifier, openNote, signNote } from '../../../../db/audit/log/note.js';
import { among, codeOf, flipped } from './codes.js';
import { example, keysOf, published } from './keys.js';

const log = keysOf('log.example/trail');
const witness = keysOf('witness.example/internal-audit', 'cosignature');
const at = new Date('2026-03-02T09:15:00.999Z');
const checkpoint = signCheckpoint(
  { origin: 'log.example/trail', size: 5, root: Buffer.alloc(32, 5), extensions: [] },
  noteSigner(log.secret),
);
const cosigned = cosign(checkpoint, cosigner(witness.secret, at));

describe('a cosignature', () => {
  test('that a public witness has given is read, with its time', () => {
    const found = cosignaturesOf(published.note, [cosignatureVerifier(published.witness)]);
    expect(found).toEqual([{ name: 'remora.n621.de', at: new Date('2026-05-23T21:50:24Z') }]);
  });

  test('comes after the log’s own signature, and leaves it unchanged', () => {
    expect(cosigned.startsWith(checkpoint)).toBe(true);
    expect(cosigned.slice(checkpoint.length)).toMatch(/^— witness\.example\/internal-audit [\w+/]+=*\n$/);
    expect(openCheckpoint(cosigned, noteVerifier(log.open)).size).toBe(5);
  });

  test('says when, to the second', () => {
    expect(cosignaturesOf(cosigned, [cosignatureVerifier(witness.open)])).toEqual([
      { name: 'witness.example/internal-audit', at: new Date('2026-03-02T09:15:00Z') },
    ]);
  });

  test('is over the checkpoint, the time and its own first line', () => {
    const verifier = cosignatureVerifier(witness.open);
    const { text, signatures } = openNote(cosigned, [verifier]);
    const bytes = signatures[0]?.bytes as Buffer;
    expect(bytes).toHaveLength(8 + 64);
    const codes = Array.from({ length: bytes.length * 8 }, (_, bit) =>
      String(verifier.verify(Buffer.from(text), flipped(bytes, bit))),
    );
    expect(among(codes)).toEqual(['false']);
    expect(verifier.verify(Buffer.from(text.replace('\n5\n', '\n6\n')), bytes)).toBe(false);
    // The same key for notes would not have signed the same bytes.
    expect(verifier.verify(Buffer.from(text), bytes.subarray(8))).toBe(false);
  });

  test('has its time and its signature, and nothing else', () => {
    const verifier = cosignatureVerifier(witness.open);
    const { text, signatures } = openNote(cosigned, [verifier]);
    const bytes = signatures[0]?.bytes as Buffer;
    const lengths = [Buffer.alloc(0), bytes.subarray(0, 7), bytes.subarray(0, 8), bytes.subarray(0, 71)];
    for (const other of [...lengths, Buffer.concat([bytes, Buffer.of(0)])]) {
      expect(verifier.verify(Buffer.from(text), other)).toBe(false);
    }
  });

  test('with a time that no calendar has is invalid, though the witness signed it', () => {
    const verifier = cosignatureVerifier(witness.open);
    const { sign } = parseSignerKey(witness.secret, 'cosignature');
    const given = (seconds: bigint) => {
      const time = Buffer.alloc(8);
      time.writeBigUInt64BE(seconds);
      return Buffer.concat([time, sign(Buffer.from(`cosignature/v1\ntime ${seconds}\n${example.text}`))]);
    };
    const last = 8_640_000_000_000n;
    expect(verifier.verify(Buffer.from(example.text), given(last))).toBe(true);
    for (const seconds of [last + 1n, 2n ** 64n - 1n]) {
      expect(verifier.verify(Buffer.from(example.text), given(seconds))).toBe(false);
    }
  });

  test('of several witnesses is each one’s own, and of strangers none', () => {
    const second = keysOf('witness.example/other', 'cosignature');
    const twice = cosign(cosigned, cosigner(second.secret, new Date(0)));
    const names = (keys: readonly string[]) =>
      cosignaturesOf(twice, keys.map(cosignatureVerifier)).map(({ name }) => name);
    expect(names([witness.open, second.open])).toEqual([
      'witness.example/internal-audit',
      'witness.example/other',
    ]);
    expect(names([second.open])).toEqual(['witness.example/other']);
    expect(names([])).toEqual([]);
  });

  test('that is bad spoils the checkpoint for those who know the witness', () => {
    const moved =
      checkpoint +
      cosign(
        signCheckpoint(
          { origin: 'log.example/trail', size: 6, root: Buffer.alloc(32, 5), extensions: [] },
          noteSigner(log.secret),
        ),
        cosigner(witness.secret, at),
      )
        .split('\n')
        .at(-2) +
      '\n';
    expect(codeOf(() => cosignaturesOf(moved, [cosignatureVerifier(witness.open)]))).toBe('bad_signature');
    expect(codeOf(() => cosignaturesOf(moved, []))).toBe('no fault');
  });

  test('cannot be made with a time before 1970, by another kind of key, or for something that is not a checkpoint', () => {
    expect(() => cosigner(witness.secret, new Date(-1))).toThrow(RangeError);
    expect(() => cosigner(witness.secret, new Date(Number.NaN))).toThrow(RangeError);
    expect(codeOf(() => cosigner(log.secret, at))).toBe('key_for_other_use');
    expect(codeOf(() => cosignatureVerifier(log.open))).toBe('key_for_other_use');
    const note = signNote(example.text, [noteSigner(example.secret)]);
    expect(codeOf(() => cosign(note, cosigner(witness.secret, at)))).toMatch(/_malformed$/);
    expect(codeOf(() => cosign('nothing', cosigner(witness.secret, at)))).toBe('no_signatures');
  });
});
