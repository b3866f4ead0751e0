import { describe, expect, test } from '@jest/globals';
import {
  type Checkpoint,
  formatCheckpoint,
  openCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from '../../../../db/audit/log/checkpoint.js';
import { noteSigner, noteVerifier, signNote } from '../../../../db/audit/log/note.js';
import { codeOf } from './codes.js';
import { keysOf, published } from './keys.js';

const keys = keysOf('log.example/trail');
const log = noteSigner(keys.secret);
const aCheckpoint = (over: Partial<Checkpoint> = {}): Checkpoint => ({
  origin: 'log.example/trail',
  size: 20852163,
  root: Buffer.alloc(32, 5),
  extensions: [],
  ...over,
});
const text = `log.example/trail\n20852163\n${Buffer.alloc(32, 5).toString('base64')}\n`;

describe('a checkpoint', () => {
  test('is three lines, and any more that it has', () => {
    expect(formatCheckpoint(aCheckpoint())).toBe(text);
    expect(parseCheckpoint(text)).toEqual(aCheckpoint());
    const extended = aCheckpoint({ extensions: ['one more', 'and another'] });
    expect(formatCheckpoint(extended)).toBe(`${text}one more\nand another\n`);
    expect(parseCheckpoint(`${text}one more\nand another\n`)).toEqual(extended);
  });

  test('that a public log has published is read', () => {
    expect(openCheckpoint(published.note, noteVerifier(published.log))).toMatchObject({
      origin: 'arche2025h1.staging.ct.transparency.dev',
      size: 1432088532,
    });
  });

  test('is opened where the log has signed it', () => {
    const note = signCheckpoint(aCheckpoint(), log);
    expect(openCheckpoint(note, noteVerifier(keys.open))).toEqual(aCheckpoint());
    expect(openCheckpoint(Buffer.from(note), noteVerifier(keys.open))).toEqual(aCheckpoint());
    const another = noteVerifier(keysOf('log.example/trail', 'note', 'another').open);
    expect(codeOf(() => openCheckpoint(note, another))).toBe('no_known_signature');
  });

  test('of another origin is not the log’s, though it has signed it', () => {
    const note = signNote(formatCheckpoint(aCheckpoint({ origin: 'log.example/other' })), [log]);
    expect(codeOf(() => openCheckpoint(note, noteVerifier(keys.open)))).toBe('wrong_origin');
    expect(codeOf(() => signCheckpoint(aCheckpoint({ origin: 'log.example/other' }), log))).toBe(
      'wrong_origin',
    );
  });

  test.each([
    ['no lines', '', 'checkpoint_malformed'],
    ['two lines', 'log.example/trail\n5\n', 'checkpoint_malformed'],
    ['no last line end', text.slice(0, -1), 'checkpoint_malformed'],
    ['an empty line', `${text}\n`, 'checkpoint_malformed'],
    ['an empty line among those that follow', `${text}a\n\nb\n`, 'checkpoint_malformed'],
    ['no origin', text.replace('log.example/trail', ''), 'checkpoint_malformed'],
    ['a space in the origin', text.replace('log.', 'log '), 'checkpoint_malformed'],
    ['a leading zero', text.replace('208', '0208'), 'size_malformed'],
    ['a plus sign', text.replace('208', '+208'), 'size_malformed'],
    ['a size below nothing', text.replace('208', '-208'), 'size_malformed'],
    ['a space before the size', text.replace('208', ' 208'), 'size_malformed'],
    ['a fraction', text.replace('20852163', '2.5'), 'size_malformed'],
    ['an exponent', text.replace('20852163', '2e5'), 'size_malformed'],
    ['a size past 2^53', text.replace('20852163', '9007199254740992'), 'size_malformed'],
    ['a size far past 2^53', text.replace('20852163', '1'.repeat(400)), 'size_malformed'],
    ['no size', text.replace('20852163', ''), 'size_malformed'],
    ['a root of 31 bytes', text.replace(/B[^\n]+=/, Buffer.alloc(31).toString('base64')), 'root_malformed'],
    ['a root of 33 bytes', text.replace(/B[^\n]+=/, Buffer.alloc(33).toString('base64')), 'root_malformed'],
    ['a root without padding', text.replace('=', ''), 'root_malformed'],
    ['spare bits in the root', text.replace('U=', 'V='), 'root_malformed'],
    ['a root with a space after', text.replace('=', '= '), 'root_malformed'],
  ])('is not read with %s', (_what, malformed, code) => {
    expect(malformed).not.toBe(text);
    expect(codeOf(() => parseCheckpoint(malformed))).toBe(code);
  });

  test('has the sizes of 0 and of 2^53 - 1', () => {
    for (const size of [0, 2 ** 53 - 1]) {
      expect(parseCheckpoint(formatCheckpoint(aCheckpoint({ size }))).size).toBe(size);
    }
  });

  test.each<[string, Partial<Checkpoint>, string]>([
    ['a line end in the origin', { origin: 'a\nb' }, 'size_malformed'],
    ['another checkpoint in the origin', { origin: `a\n5\n${'A'.repeat(43)}=` }, 'checkpoint_malformed'],
    ['a size that is none', { size: 0.5 }, 'size_malformed'],
    ['a size without end', { size: Infinity }, 'size_malformed'],
    ['a short root', { root: Buffer.alloc(20) }, 'root_malformed'],
    ['an empty line', { extensions: [''] }, 'checkpoint_malformed'],
    ['two lines in one', { extensions: ['a\nb'] }, 'checkpoint_malformed'],
  ])('is not written with %s', (_what, over, code) => {
    expect(codeOf(() => formatCheckpoint(aCheckpoint(over)))).toBe(code);
  });
});
