import { describe, expect, test } from '@jest/globals';
import {
  addSignatures,
  largestNote,
  mostSignatures,
  noteSigner,
  noteVerifier,
  openNote,
  openSignatures,
  parseNote,
  signNote,
} from '../../../../db/audit/log/note.js';
import { among, codeOf, flipped } from './codes.js';
import { example, keysOf, published } from './keys.js';

const peter = noteVerifier(example.open);
const whole = `${example.text}\n${example.signature}`;
const other = keysOf('other.example/log');

/** A text with an empty line in it, signed by a key that is not known here. */
const verse = 'One line,\nand another:\n\nand è a third.\n';
const strangerKeys = keysOf('stranger.example/notes');
const stranger = signNote(verse, [noteSigner(strangerKeys.secret)]);

describe('a signed note', () => {
  test('is made as Go makes it', () => {
    expect(signNote(example.text, [noteSigner(example.secret)])).toBe(whole);
  });

  test('is opened, as text and as bytes, with the signatures that were checked', () => {
    for (const note of [whole, Buffer.from(whole)]) {
      expect(openNote(note, [peter])).toEqual({
        text: example.text,
        signatures: [{ name: 'PeterNeumann', id: 'c74f20a3', bytes: expect.any(Buffer) }],
      });
    }
  });

  test('that a public log has published is opened with its key alone', () => {
    const { text, signatures } = openNote(published.note, [noteVerifier(published.log)]);
    expect(text.split('\n')[1]).toBe('1432088532');
    expect(signatures.map(({ id }) => id)).toEqual(['ba2f06c0']);
    expect(parseNote(published.note).signatures).toHaveLength(4);
  });

  test('has its text up to the last empty line', () => {
    expect(parseNote(stranger)).toMatchObject({
      text: verse,
      signatures: [{ name: 'stranger.example/notes', id: strangerKeys.open.split('+')[1] }],
    });
  });

  test('takes further signatures behind the ones it has', () => {
    const both = addSignatures(whole, [noteSigner(other.secret)]);
    expect(both.startsWith(whole)).toBe(true);
    expect(openNote(both, [peter, noteVerifier(other.open)]).signatures).toHaveLength(2);
    expect(openNote(both, [noteVerifier(other.open)]).signatures).toHaveLength(1);
  });

  test('is not trusted on the word of a stranger', () => {
    expect(codeOf(() => openNote(stranger, [peter]))).toBe('no_known_signature');
    expect(openSignatures(stranger, [peter]).signatures).toEqual([]);
    expect(codeOf(() => openNote(whole, []))).toBe('no_known_signature');
  });

  test('with a stranger of the same name, or the same id, is as one with any stranger', () => {
    // The id is the first eight characters of the base64, roughly; a new name leaves it as it is.
    const renamed = whole.replace('— PeterNeumann', '— PeterNewman');
    expect(codeOf(() => openNote(renamed, [peter]))).toBe('no_known_signature');
    const sameName = keysOf('PeterNeumann', 'note', 'another seed');
    expect(codeOf(() => openNote(whole, [noteVerifier(sameName.open)]))).toBe('no_known_signature');
    expect(openNote(whole, [noteVerifier(sameName.open), peter]).signatures).toHaveLength(1);
  });

  test('is refused for one bad signature of a known key, however good the others are', () => {
    const forged = signNote('Other text.\n', [noteSigner(other.secret)])
      .split('\n')
      .at(-2) as string;
    const both = `${whole}${forged}\n`;
    expect(codeOf(() => openNote(both, [peter]))).toBe('no fault');
    expect(codeOf(() => openNote(both, [peter, noteVerifier(other.open)]))).toBe('bad_signature');
    expect(codeOf(() => openSignatures(both, [noteVerifier(other.open)]))).toBe('bad_signature');
    const twice = `${whole}${example.signature.replace('x08go/Z', 'x08go/Y')}`;
    expect(codeOf(() => openNote(twice, [peter]))).toBe('bad_signature');
  });

  test('is refused with any one bit of it flipped', () => {
    const bytes = Buffer.from(whole);
    const codes = Array.from({ length: bytes.length * 8 }, (_, bit) =>
      codeOf(() => openNote(flipped(bytes, bit), [peter])),
    );
    expect(among(codes)).toEqual([
      'bad_signature',
      'control_character',
      'no_known_signature',
      'no_signatures',
      'not_utf8',
      'signature_malformed',
    ]);
  });

  test.each([
    ['nothing', '', 'no_signatures'],
    ['no empty line', whole.replace('\n\n', '\n'), 'no_signatures'],
    ['no signature', `${example.text}\n`, 'no_signatures'],
    ['no last line end', whole.slice(0, -1), 'no_signatures'],
    ['a line after the signatures', `${whole}x\n`, 'signature_malformed'],
    ['an empty line after the signatures', `${whole}\n`, 'no_signatures'],
    ['a hyphen for the dash', whole.replace('— ', '- '), 'signature_malformed'],
    ['two spaces', whole.replace('— ', '—  '), 'signature_malformed'],
    ['a space at the end', whole.replace('AM=\n', 'AM= \n'), 'signature_malformed'],
    ['no padding', whole.replace('AM=\n', 'AM\n'), 'signature_malformed'],
    ['spare bits in the base64', whole.replace('AM=\n', 'AN=\n'), 'signature_malformed'],
    ['base64 for URLs', whole.replace('x08go/Z', 'x08go_Z'), 'signature_malformed'],
    ['an id and no more', whole.replace(/x08go.*=/, 'x08gow=='), 'signature_malformed'],
    ['a shorter signature', whole.replace(/x08go.*=/, 'x08go/ZJkuBS'), 'bad_signature'],
    ['no name', whole.replace('PeterNeumann ', ' '), 'signature_malformed'],
    ['a plus in a name', whole.replace('PeterN', 'Peter+N'), 'signature_malformed'],
    ['a wide space in a name', whole.replace('PeterN', 'Peter\u2003N'), 'signature_malformed'],
    ['a tab', whole.replace('you don', 'you\tdon'), 'control_character'],
    ['a carriage return', whole.replace('problem,\n', 'problem,\r\n'), 'control_character'],
    ['NUL', whole.replace('you', 'yo\0'), 'control_character'],
    ['half a surrogate pair', whole.replace('you', 'yo\ud800'), 'not_utf8'],
    ['too many signatures', whole + example.signature.repeat(mostSignatures), 'too_many_signatures'],
    ['too much text', 'x'.repeat(largestNote) + whole, 'note_too_large'],
  ])('is refused with %s', (_what, note, code) => {
    expect(codeOf(() => openNote(note, [peter]))).toBe(code);
    expect(codeOf(() => openNote(Buffer.from(note), [peter]))).toBe(
      // Written as bytes, half a pair becomes a character that stands for it: other text than was signed.
      code === 'not_utf8' ? 'bad_signature' : code,
    );
  });

  test('is refused where its bytes are not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.of(0xc3, 0x28), Buffer.from(whole)]);
    expect(codeOf(() => openNote(bytes, [peter]))).toBe('not_utf8');
  });

  test('takes a byte order mark for a character', () => {
    expect(parseNote(Buffer.from(`\ufeff${whole}`)).text).toBe(`\ufeff${example.text}`);
  });

  test('is opened with as many signatures as it may have', () => {
    const full = whole + example.signature.repeat(mostSignatures - 1);
    expect(openNote(full, [peter]).signatures).toHaveLength(mostSignatures);
  });

  test.each([
    ['that does not end with a line end', 'text', 'text_malformed'],
    ['of nothing', '', 'text_malformed'],
    ['with a control character', 'a\tb\n', 'control_character'],
    ['with half a surrogate pair', 'a\udc00\n', 'not_utf8'],
    ['that is too long', 'x'.repeat(largestNote + 1), 'note_too_large'],
  ])('is not made of a text %s', (_what, text, code) => {
    expect(codeOf(() => signNote(text, [noteSigner(example.secret)]))).toBe(code);
  });
});
