/** A bundle of a stretch without entries, as the API gives it out and the command checks it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openArchive } from '../../../server/bundles/archive.js';
import { ran } from '../../support/commands.js';
import { useCouncil } from '../../support/council.js';
import { callWith, madeToken } from '../../support/tokens.js';

const council = useCouncil();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'empty-bundle-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('says so in its README, and holds for the command, which says so too', async () => {
  const { token } = await madeToken(council, 'bundle');
  await council.place();
  const { status, body } = await callWith(council, token, '/api/audit/bundle?from=3&to=3')
    .buffer(true)
    .parse((res, done) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => done(null, Buffer.concat(chunks)));
    });
  expect(status).toBe(200);
  const file = path.join(folder, 'empty.zip');
  await writeFile(file, body as Buffer);
  const bundle = await openArchive(file);
  expect(`${(await bundle.read('README.txt'))?.toString()}`).toMatch(/^THIS EXTRACT HAS NO ENTRIES/);
  bundle.close();
  const { code, out } = await ran(['verify-bundle', file]);
  expect(code).toBe(0);
  expect(out).toMatch(/^It holds, and has no entries: it was asked for from 3 up to 3 of /);
});
