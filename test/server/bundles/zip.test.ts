/** A bundle as a ZIP archive: of any number of files, made no faster than it is taken. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openArchive } from '../../../server/bundles/archive.js';
import { zipped } from '../../../server/bundles/zip.js';
import { isLong } from '../../support/long.js';

const at = new Date('2026-03-02T09:15:00Z');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zip-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Files that count how many of them were asked for. */
const numbered = (many: number, size = 8) => {
  const asked = { count: 0 };
  async function* files() {
    for (let n = 0; n < many; n += 1) {
      asked.count += 1;
      yield { name: `leaves/${n}.json`, bytes: Buffer.alloc(size, `${n} `) };
    }
  }
  return { asked, files: files() };
};

// At full length one more than a list of the old form holds.
test.each([0, 1, isLong ? 65_536 : 300])('%i files come out as they went in', async (many) => {
  const file = path.join(folder, `${many}.zip`);
  await pipeline(Readable.from(zipped(numbered(many).files, at)), createWriteStream(file));
  const archive = await openArchive(file);
  const names = (await archive.list('')) as readonly string[];
  expect([names.length, new Set(names).size]).toEqual([many, many]);
  for (const n of [0, Math.floor(many / 2), many - 1].filter((each) => each >= 0 && each < many)) {
    expect((await archive.read(`leaves/${n}.json`))?.equals(Buffer.alloc(8, `${n} `))).toBe(true);
  }
  archive.close();
});

test('it waits for a slow reader, and writes nothing for one who has gone', async () => {
  const { asked, files } = numbered(10_000, 4_096);
  const bytes = zipped(files, at);
  await bytes.next();
  expect(asked.count).toBeLessThan(64);
  await bytes.return(undefined);
  expect((await files.next()).done).toBe(true);
});

test('what goes wrong with a file comes out where the archive is read', async () => {
  async function* failing() {
    yield { name: 'README.txt', bytes: Buffer.from('read me') };
    throw new Error('The database is away.');
  }
  const reading = pipeline(
    Readable.from(zipped(failing(), at)),
    createWriteStream(path.join(folder, 'no.zip')),
  );
  await expect(reading).rejects.toThrow('The database is away.');
});
