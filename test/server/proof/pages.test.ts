/** Setting an app for codes up, on pages and without scripts. */
import { describe, expect, test } from '@jest/globals';
import { decodeQR } from 'qr/decode.js';
import { demoPassword } from '../../../db/demo/accounts.js';
import { qrCode } from '../../../server/proof/qr.js';
import { paths } from '../../../server/web/paths.js';
import { Reader, readerOf } from '../../support/browser-less.js';
import { useCouncil } from '../../support/council.js';
import { codeAt, period } from '../../support/code-at.js';

const council = useCouncil();
const minute = 60_000;
const later = (by: number): void => {
  council.clock = new Date(council.clock.getTime() + by);
};
const keyOn = (text: string): string => /[A-Z2-7]{4}( [A-Z2-7]{4}){7}/.exec(text)?.[0] ?? '';

/** What a camera sees of the picture: four points for each square. */
const seenBy = (path: string, size: number): string => {
  const scale = 4;
  const side = size * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let dy = 0; dy < scale; dy += 1)
      for (let dx = 0; dx < scale; dx += 1)
        data.fill(
          0,
          ((Number(y) * scale + dy) * side + Number(x) * scale + dx) * 4,
          ((Number(y) * scale + dy) * side + Number(x) * scale + dx) * 4 + 3,
        );
  return decodeQR({ width: side, height: side, data });
};

describe('an app for codes', () => {
  test('is set up from a QR code or a key, confirmed with a code, and shows recovery codes this once', async () => {
    const reader = await readerOf(council.server, 'legal');
    const account = await reader.open(paths.account);
    await reader.open(account.link('Codes from your phone'));
    expect(reader.page.text).toContain('Not set up');
    const setUp = await reader.submit();
    expect(setUp.path).toBe(paths.setUpCodes);
    const key = keyOn(setUp.text);
    const address = setUp.link('Open it in an app');
    expect(address).toContain(`secret=${key.replaceAll(' ', '')}`);
    const [, size = '', path = ''] = /viewBox="0 0 (\d+) \d+".*?<path d="([^"]+)"/s.exec(setUp.html) ?? [];
    expect(seenBy(path, Number(size))).toBe(address);
    expect(setUp.html).not.toMatch(/<[^>]+ style=/);

    const wrong = await reader.submit({ code: '000000' });
    expect(wrong.status).toBe(422);
    expect(wrong.errors[0]).toMatchObject({ href: '#code' });
    expect(keyOn(wrong.text)).toBe(key);
    const done = await reader.submit({ code: codeAt(key, council.clock) });
    expect(done.headings).toEqual(['Your app is set up']);
    const codes = [...done.text.matchAll(/[a-z0-9]{4}(?:-[a-z0-9]{4}){3}/g)].map(([each]) => each);
    expect(codes).toHaveLength(10);
    expect(keyOn((await reader.open(paths.setUpCodes)).text)).toBe('');
    expect((await reader.open(paths.codes)).text).toContain('Recovery codes left 10');

    const elsewhere = new Reader(council.server);
    await elsewhere.open(paths.signIn);
    await elsewhere.submit({ email: 'legal@council.example', password: demoPassword });
    expect((await elsewhere.submit({ code: codes[0] })).path).toBe(paths.requests);
    expect((await elsewhere.open(paths.codes)).text).toContain('Recovery codes left 9');
  });

  test('asks for the proof first, and goes on where it was', async () => {
    const reader = await readerOf(council.server, 'host');
    await reader.open(paths.codes);
    later(20 * minute);
    expect((await reader.submit()).headings).toEqual(['Prove that it is you']);
    expect((await reader.submit({ password: demoPassword })).path).toContain(paths.codes);
    expect((await reader.submit()).path).toBe(paths.setUpCodes);
  });

  test('shows new recovery codes in place of those before, and no code where none is set up', async () => {
    const reader = await readerOf(council.server, 'auditor');
    expect((await reader.open(paths.recoveryCodes)).text).toContain('Set one up first.');
    await reader.open(paths.codes);
    const key = keyOn((await reader.submit()).text);
    const first = await reader.submit({ code: codeAt(key, council.clock) });
    await reader.open(paths.recoveryCodes);
    const second = await reader.submit();
    const codesOf = (text: string): readonly string[] => text.match(/[a-z0-9]{4}(?:-[a-z0-9]{4}){3}/g) ?? [];
    expect(codesOf(second.text)).toHaveLength(10);
    expect(codesOf(first.text).filter((code) => codesOf(second.text).includes(code))).toEqual([]);
    later(period);
    const elsewhere = new Reader(council.server);
    await elsewhere.open(paths.signIn);
    await elsewhere.submit({ email: 'auditor@council.example', password: demoPassword });
    expect((await elsewhere.submit({ code: codesOf(first.text)[0] })).errors).toHaveLength(1);
  });
});

test('a QR code holds any address, with the margin that the standard asks for', () => {
  const { size, path } = qrCode('otpauth://totp/A:b?secret=ABCDEFGH');
  expect(seenBy(path, size)).toBe('otpauth://totp/A:b?secret=ABCDEFGH');
  expect(path).not.toMatch(/M[0-3] |M\d+ [0-3]h/);
});
