/** What is sent to a page in another way than a form is refused in words, and never as a fault of ours. */
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { demoPassword } from '../../../../db/demo/accounts.js';
import { pages } from '../../../../server/pages.js';
import { paths } from '../../../../server/web/paths.js';
import { Sheet, readerOf } from '../../../support/browser-less.js';
import { sockets, useCouncil } from '../../../support/council.js';

const council = useCouncil();
const formType = 'application/x-www-form-urlencoded';
const canary = 'zebedee';

interface Body {
  readonly body: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}
const fields = (count: number) => Array.from({ length: count }, (_, i) => `f${i}=${canary}`).join('&');
const multipart = (parts: number) =>
  Array.from(
    { length: parts },
    (_, i) => `--x\r\nContent-Disposition: form-data; name="f${i}"\r\n\r\n${canary}\r\n`,
  ).join('') + '--x--\r\n';

const refused: readonly (readonly [string, Body, number, string])[] = [
  ['of 600 fields', { body: fields(600) }, 413, 'Send a form of 500 fields or fewer.'],
  ['of a megabyte and more', { body: `f=${'x'.repeat(1_000_001)}` }, 413, 'Send 1,000,000 bytes or fewer.'],
  [
    'in UTF-16',
    { body: fields(1), headers: { 'Content-Type': `${formType}; charset=utf-16` } },
    415,
    'Send this form in UTF-8.',
  ],
  [
    'with junk that says it is compressed',
    { body: `${canary} is no gzip`, headers: { 'Content-Encoding': 'gzip' } },
    415,
    'Send this without compressing it.',
  ],
  [
    'compressed',
    { body: gzipSync(fields(1)), headers: { 'Content-Encoding': 'gzip' } },
    415,
    'Send this without compressing it.',
  ],
  ['as JSON', { body: `{"f":"${canary}"}`, headers: { 'Content-Type': 'application/json' } }, 415, formType],
  ['as plain text', { body: canary, headers: { 'Content-Type': 'text/plain' } }, 415, formType],
  ['of no type', { body: canary, headers: { 'Content-Type': '' } }, 415, formType],
  ['of a type that is none', { body: canary, headers: { 'Content-Type': ';;' } }, 415, formType],
  [
    'of bytes that are no text',
    { body: Buffer.from([0x66, 0x3d, 0xff, 0xfe]) },
    400,
    'What was sent cannot be read as a form.',
  ],
];
const refusedFiles: typeof refused = [
  [
    'with a file, of which the end is missing',
    { body: multipart(1).slice(0, 20), headers: { 'Content-Type': 'multipart/form-data; boundary=x' } },
    400,
    'What was sent cannot be read as a form with a file.',
  ],
  [
    'with a file, of 600 fields',
    { body: multipart(600), headers: { 'Content-Type': 'multipart/form-data; boundary=x' } },
    413,
    'Send a form of 500 fields or fewer.',
  ],
  [
    'with a file, compressed',
    {
      body: gzipSync(multipart(1)),
      headers: { 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Encoding': 'gzip' },
    },
    415,
    'Send this without compressing it.',
  ],
];

const send = async (path: string, cookie: string, { body, headers = {} }: Body): Promise<Sheet> => {
  const given = Object.entries({ 'Content-Type': formType, ...headers }).filter(([, value]) => value !== '');
  const call = request(council.server)
    .post(path)
    .agent(sockets)
    .set({ Accept: 'text/html', Cookie: cookie, ...Object.fromEntries(given) })
    .redirects(0);
  call.write(body);
  const answer = await call;
  return new Sheet(answer.status, path, answer.text, answer.headers);
};

let signedIn = '';
/** One form of each capability. */
const forms = () => {
  const one = new Map<string, string>();
  for (const { path, form } of pages)
    if (form && !path.includes(':') && !one.has(path.split('/')[1] ?? ''))
      one.set(path.split('/')[1] ?? '', path);
  return [...one.values()];
};

beforeAll(async () => {
  const entered = await request(council.server)
    .post('/api/session')
    .send({ email: 'democratic.services@council.example', password: demoPassword });
  signedIn = entered.get('Set-Cookie')?.[0]?.split(';')[0] ?? '';
});

describe('a form', () => {
  test.each(refused)('%s is refused on the page to sign in, in words', async (_, body, status, words) => {
    const page = await send(paths.signIn, '', body);
    expect([page.status, page.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
    expect(page.headings).toHaveLength(1);
    expect(page.text).toContain(words);
    expect(page.html).not.toContain(canary);
  });

  test.each(refused)(
    '%s is refused on any other page likewise, where somebody is signed in',
    async (_, ...more) => {
      const [body, status, words] = more;
      expect(forms().length).toBeGreaterThan(6);
      for (const path of forms()) {
        const page = await send(path, signedIn, body);
        expect([path, page.status]).toEqual([path, status]);
        expect(page.text).toContain(words);
        expect(page.html).not.toContain(canary);
      }
    },
  );

  test.each(refused)('%s leads to sign in where nobody is', async (_, body) => {
    for (const path of forms()) {
      const { status, headers } = await send(path, '', body);
      expect([status, headers['location']]).toEqual([303, `/sign-in?returnTo=${encodeURIComponent(path)}`]);
    }
  });

  test.each(refusedFiles)('%s is refused in words', async (_, body, status, words) => {
    const page = await send(paths.importCouncillors, signedIn, body);
    expect(page.status).toBe(status);
    expect(page.text).toContain(words);
    expect(page.html).not.toContain(canary);
  });

  test('is named in the log by its page, where it cannot be read', async () => {
    council.lines.length = 0;
    await send(paths.absence, signedIn, refused[0]?.[1] ?? { body: '' });
    const answered = council.lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered');
    expect(answered).toEqual([expect.objectContaining({ route: paths.absence, status: 413 })]);
  });

  test.each([120_000, 900_000])(
    'of a text of %d characters comes back with it, and says what is wrong',
    async (length) => {
      const reader = await readerOf(council.server, 'democratic.services');
      const page = await reader.open(paths.newProtocol);
      const text = 'We agree on this. '.repeat(length / 18);
      const answer = await reader.submit({ text }, page);
      expect(answer.status).toBe(422);
      expect(answer.errors.map((error) => error.text)).toContainEqual(
        expect.stringMatching(/50,000 characters or fewer/),
      );
      expect(answer.form.fields['text']).toBe(text);
    },
  );
});
