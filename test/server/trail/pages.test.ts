/** The trail on pages: one entry with its proof, a checkpoint to print, evidence to download; for two offices alone. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { currentEdition, policyOf } from '../../../db/audit/edition.js';
import { readLeaf } from '../../../db/audit/leaf.js';
import { verifyEntry } from '../../../db/audit/log/bundle/entry-verify.js';
import { openCheckpoint } from '../../../db/audit/log/checkpoint.js';
import { treeSize } from '../../../db/audit/tree/tree-store.js';
import { groundSays } from '../../../policies/core/grounds.js';
import { question } from '../../../policies/need-to-know/questions.js';
import { ruleSays } from '../../../policies/core/rules.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf, type Reader, type Sheet, unescaped } from '../../support/browser-less.js';
import { useCouncil } from '../../support/council.js';
import { type Line, reason } from '../../support/line.js';
import { lineAt, notFound } from '../../support/people.js';
import { foundRow } from '../../support/found-row.js';

const council = useCouncil();
let line: Line;
let auditor: Reader;
/** Where the decision of the request stands. */
let decided: number;

beforeAll(async () => {
  line = await lineAt(council, 'ready');
  await line.decide('approve');
  auditor = await readerOf(council.server, 'auditor');
  await council.place();
  const entry = await council.world
    .db('audit.entries')
    .where({ type: 'request.decided' })
    .orderBy('seq', 'desc')
    .first<{ index: number }>('index');
  decided = entry.index;
}, 60_000);

/** The texts to be copied, as a browser copies them. */
const texts = ({ main }: Sheet): string[] =>
  [...main.matchAll(/<pre class="exact">\n(.*?)<\/pre>/gs)].map(([, text = '']) => unescaped(text));
const newest = async () => council.world.db('audit.entries').orderBy('seq', 'desc').first('type', 'decision');

describe('one entry', () => {
  test('is reached from a search, and tells in words what happened and that it is in the trail', async () => {
    const found = await auditor.open(`${paths.trail}?subject=${line.reference}&type=request.decided`);
    const page = await auditor.open(found.link(`Entry ${decided}`));
    expect([page.path, page.title]).toEqual([
      `/trail/entries/${decided}`,
      expect.stringMatching(`^Entry ${decided} of the audit trail –`),
    ]);
    expect(page.text).toContain('Decided a request');
    expect(page.text).toContain(line.reference);
    expect(page.text).toContain(reason);
    expect(page.text).toContain(`this is one of them, at place ${decided}`);
    expect(await newest()).toMatchObject({ type: 'audit.proof_read', decision: { index: decided } });
  });

  test('has its proof to copy, which anyone can verify with only the key', async () => {
    const [leaf = '', proof = ''] = texts(await auditor.open(paths.trailEntry(decided)));
    const report = verifyEntry({
      key: council.signer.vkey,
      leaf: { name: 'leaf', bytes: Buffer.from(leaf) },
      proof: { name: 'proof', bytes: Buffer.from(proof) },
    });
    expect([report.index, report.leaf.type]).toEqual([decided, 'request.decided']);
  });

  test('that was changed behind the service is said to be, and by nothing but its proof', async () => {
    const superuser = council.world.open(council.world.superuserUrl);
    const changing = (from: string, to: string) =>
      superuser.transaction(async (trx) => {
        await trx.raw('alter table audit.entries disable trigger user');
        await trx.raw(
          `update audit.entries set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), ?, ?), 'UTF8') where index = ?`,
          [from, to, decided],
        );
        await trx.raw('alter table audit.entries enable always trigger entries_update');
        await trx.raw('alter table audit.entries enable always trigger entries_delete');
      });
    for (const [from, to] of [
      ['"approve"', '"approvd"'],
      // Not even an entry any more.
      ['"v":1', '"v":7'],
    ] as const) {
      await changing(from, to);
      const page = await auditor.open(paths.trailEntry(decided));
      expect(page.status).toBe(200);
      expect(page.text).toContain('No. The entry that stands here does not lead to what was signed');
      await changing(to, from);
    }
    expect((await auditor.open(paths.trailEntry(decided))).text).toContain('Yes. A trail of');
  });
});

describe('the rules of an entry', () => {
  test('are named on its page, and lead to their text as it was then', async () => {
    const entry = await auditor.open(paths.trailEntry(decided));
    expect(entry.text).toContain('with the council’s settings at their defaults');
    const { code, text } = currentEdition;
    const page = await auditor.open(entry.link(`Edition ${code.slice(0, 8)}`));
    expect([page.path, page.status]).toEqual([paths.edition(code), 200]);
    for (const said of [ruleSays('need_to_know'), question('scope').asks, groundSays.curiosity, code])
      expect(page.text).toContain(said);
    const ofApi = await (await council.as('auditor')).get(paths.editionText(code));
    expect(ofApi).toMatchObject({ status: 200, body: { edition: code, text } });
    expect(createHash('sha256').update(ofApi.body.text).digest('hex')).toBe(ofApi.body.sha256);
    expect(ofApi.body.sha256.slice(0, 32)).toBe(code);
  });

  test('are found under no other name', async () => {
    for (const none of ['0'.repeat(32), currentEdition.code.slice(1), 'need-to-know-1']) {
      expect([none, (await auditor.open(paths.edition(none))).status]).toEqual([none, 404]);
      expect(await (await council.as('auditor')).get(paths.editionText(none))).toMatchObject(notFound);
    }
  });

  test('show the settings as the decision found them, even if they have changed since', async () => {
    const services = await council.as('democratic.services');
    const { body: settings } = await services.get('/api/settings');
    const { body } = await services.patch('/api/settings', {
      revision: settings.revision,
      periods: { decide: 12 },
    });
    await line.read('legal');
    await council.place();
    const last = async (type: string) =>
      foundRow(
        council.world.db('audit.entries').where({ type }).orderBy('seq', 'desc').first('index', 'leaf'),
      );
    const { index, leaf } = await last('request.read');
    expect(readLeaf(leaf).policy).toBe(policyOf(body.revision));
    expect(readLeaf((await last('settings.changed')).leaf).policy).toBe(policyOf(settings.revision));
    expect((await auditor.open(paths.trailEntry(index ?? ''))).text).toContain(
      `with the council’s settings as of their change number ${body.revision}`,
    );
    expect((await auditor.open(paths.trailEntry(decided))).text).toContain('at their defaults');
  });
});

describe('the checkpoint', () => {
  test('is on a page to print: the signed note, its size, root and time, and the key', async () => {
    const found = await auditor.open(paths.trail);
    const page = await auditor.open(found.link('A checkpoint to print'));
    const [note = '', key = ''] = texts(page);
    const { size, root, origin } = openCheckpoint(note, council.signer.verifier);
    expect([size, key]).toEqual([await treeSize(council.world.db), council.signer.vkey]);
    for (const said of [origin, String(size), root.toString('base64')]) expect(page.text).toContain(said);
    expect(page.text).toMatch(/Asked for on \d+ \w+ \d{4} at \d\d:\d\d/);
    expect(await newest()).toMatchObject({ type: 'audit.checkpoint_read' });
  });
});

describe('evidence', () => {
  test('is offered from the first entry to the last, and downloaded as it was asked for', async () => {
    const found = await auditor.open(paths.trail);
    const page = await auditor.open(found.link('Download evidence'));
    const size = await treeSize(council.world.db);
    expect(page.form.fields).toMatchObject({ from: '0', to: String(size) });
    const file = await auditor.submit({ from: ' 5 ' }, page);
    expect([file.status, file.path]).toEqual([200, `/api/audit/bundle?from=5&to=${size}`]);
    expect(file.headers['content-type']).toBe('application/zip');
    expect(await newest()).toMatchObject({ type: 'audit.exported', decision: { from: 5, to: size } });
  });

  test.each([
    [{ to: '' }, '#to', 'Enter a whole number, 1 or more.'],
    [{ to: '9999999' }, '#to', 'The trail is not as large as that. Enter a smaller number.'],
    [{ from: '7', to: '6' }, '#to', 'Enter a number that is not below the first.'],
    [{ from: 'all' }, '#from', 'Enter a whole number, 0 or more.'],
    [{ to: '0' }, '#to', 'Enter a whole number, 1 or more.'],
  ])('of %j is refused on the page, with what was typed', async (typed, href, says) => {
    await auditor.open(paths.evidence);
    const before = await newest();
    const page = await auditor.submit(typed);
    expect([page.status, page.errors]).toEqual([422, [{ href, text: says }]]);
    expect(page.has(href.slice(1))).toBe(true);
    expect(page.form.fields).toMatchObject(typed);
    expect(await newest()).toEqual(before);
  });
});

test('who may not read the trail finds none of these pages', async () => {
  for (const account of ['legal', 'scrutiny.chair', 'administrator']) {
    const reader = await readerOf(council.server, account);
    for (const at of [
      paths.trailEntry(decided),
      paths.edition(currentEdition.code),
      paths.checkpoint,
      paths.evidence,
    ]) {
      expect([account, at, (await reader.open(at)).status]).toEqual([account, at, 404]);
    }
  }
  const services = await readerOf(council.server, 'democratic.services');
  for (const at of [
    paths.trailEntry(decided),
    paths.edition(currentEdition.code),
    paths.checkpoint,
    paths.evidence,
  ]) {
    expect([at, (await services.open(at)).status]).toEqual([at, 200]);
  }
  for (const at of [paths.trailEntry(9_999_999), '/trail/entries/x']) {
    expect([at, (await services.open(at)).status]).toEqual([at, 404]);
  }
});
