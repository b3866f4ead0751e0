import { describe, expect, test } from '@jest/globals';
import { isKeyName, newSignerKey, parseSignerKey, parseVerifierKey } from '../../../../db/audit/log/key.js';
import { codeOf } from './codes.js';
import { example, keysOf, published } from './keys.js';

describe('a verifier key', () => {
  test.each([example.open, published.log])('is read and written as Go has it: %s', (text) => {
    expect(parseVerifierKey(text, 'note')).toMatchObject({ text, name: text.split('+')[0] });
  });

  test('of a witness is read for cosignatures, and for nothing else', () => {
    expect(parseVerifierKey(published.witness, 'cosignature')).toMatchObject({ id: 'da77ade7' });
    expect(codeOf(() => parseVerifierKey(published.witness, 'note'))).toBe('key_for_other_use');
    expect(codeOf(() => parseVerifierKey(example.open, 'cosignature'))).toBe('key_for_other_use');
  });

  test('goes with the signer key', () => {
    expect(parseSignerKey(example.secret, 'note').verifierKey.text).toBe(example.open);
  });

  test.each([
    ['nothing', '', 'key_malformed'],
    ['no id', example.open.replace('+c74f20a3', ''), 'key_malformed'],
    ['another id', example.open.replace('c74f', 'c74e'), 'key_id_wrong'],
    ['another name', example.open.replace('Peter', 'Petra'), 'key_id_wrong'],
    ['an id in capitals', example.open.replace('c74f', 'C74F'), 'key_malformed'],
    ['a short id', example.open.replace('c74f20a3', 'c74f20a'), 'key_malformed'],
    ['a byte too few', 'x+00000000+AQ==', 'key_malformed'],
    ['no bytes', 'x+00000000+', 'key_malformed'],
    ['no base64', example.open.replace('ARpc', 'AR-c'), 'key_malformed'],
    ['base64 with a space', example.open.replace('ARpc', 'AR pc'), 'key_malformed'],
    ['a line end', `${example.open}\n`, 'key_malformed'],
    ['a use unheard of', 'x+00000000+CRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'key_for_other_use'],
    ['a name that does not show', example.open.replace('Peter', 'Pe\u202eter'), 'key_malformed'],
    ['a signer key', example.secret, 'key_malformed'],
  ])('is refused with %s', (_what, text, code) => {
    expect(codeOf(() => parseVerifierKey(text, 'note'))).toBe(code);
  });
});

describe('a signer key', () => {
  test.each([
    ['a verifier key', example.open, 'key_malformed'],
    ['another id', example.secret.replace('c74f', 'c74e'), 'key_id_wrong'],
    ['another seed', example.secret.replace('AYEK', 'AYEL'), 'key_id_wrong'],
    ['another use', keysOf('w', 'cosignature').secret, 'key_for_other_use'],
    ['no seed', example.secret.slice(0, -4), 'key_malformed'],
  ])('is refused when it is, or has, %s, and says nothing of itself', (_what, text, code) => {
    expect(codeOf(() => parseSignerKey(text, 'note'))).toBe(code);
    const secret = text.slice(-20);
    expect(() => parseSignerKey(text, 'note')).not.toThrow(secret);
  });

  test('is made from a seed, each use with its own id', () => {
    const [note, cosignature] = [keysOf('same', 'note'), keysOf('same', 'cosignature')];
    expect(note.secret).toMatch(/^PRIVATE\+KEY\+same\+[0-9a-f]{8}\+A/);
    expect(note.open.split('+')[1]).not.toBe(cosignature.open.split('+')[1]);
    expect(note.open).not.toContain(note.secret.split('+').at(-1));
  });

  test.each(['', 'a b', 'a+b', 'a\nb', 'a\u00a0b', 'a\u2028b', 'a\u009bb', 'a\ud800'])(
    'is not made for the name %j',
    (name) => {
      expect(isKeyName(name)).toBe(false);
      expect(codeOf(() => newSignerKey(name, Buffer.alloc(32), 'note'))).toBe('key_malformed');
    },
  );

  test('is not made from a seed of another length', () => {
    expect(codeOf(() => newSignerKey('a', Buffer.alloc(31), 'note'))).toBe('key_malformed');
  });
});
