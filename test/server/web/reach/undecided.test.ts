/**
 * The reasons of legal holds, and the discussion, the answers and the seats of a request that is not decided, are in
 * nothing that an auditor reads, in no bundle and in no subject-access file (need-to-know.md, section 5).
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { treeSize } from '../../../../db/audit/tree/tree-store.js';
import { demoPassword } from '../../../../db/demo/accounts.js';
import { londonDate } from '../../../../policies/core/time/london.js';
import { questions } from '../../../../policies/need-to-know/questions.js';
import { openArchive } from '../../../../server/bundles/archive.js';
import { pages } from '../../../../server/pages.js';
import { routes } from '../../../../server/routes.js';
import { paths } from '../../../../server/web/paths.js';
import { readerOf } from '../../../support/browser-less.js';
import { Access, secondOfDataProtection } from '../../../support/access.js';
import { sockets, useCouncil, type Account } from '../../../support/council.js';
import { answerInOrder, expectOk, Line } from '../../../support/line.js';
import { thingsOf, type Things } from './things.js';

const council = useCouncil();

/** A word for each text, found nowhere else, and too long to stand in a digest by chance. */
const words = {
  hold: 'zaunammer',
  lifted: 'grauammer',
  answer: 'nachtigall',
  lawfulRoute: 'pfingstvogel',
  seatReasons: 'feldlerche',
  seatCondition: 'buchfink',
  seatWithdrawn: 'wendehals',
  discussion: 'blaumeise',
  advice: 'tannenmeise',
  meeting: 'haubenmeise',
} as const;
const all = Object.values(words);
const heldIn = (text: string): string[] => all.filter((word) => text.toLowerCase().includes(word));

let line: Line;
let things: Things;
let folder: string;
let councillor: string;
const cookies = new Map<Account, string>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'undecided-'));
  line = await Line.submitted(council);
  for (const { key } of questions) {
    const routed = { answer: [{ bar: 'court_order', lawfulRoute: `By order. ${words.lawfulRoute}` }] };
    const given = key === 'legal_bars' ? routed : answerInOrder(key, line.type);
    expectOk(
      await line.answer(key, 'reason' in given ? { ...given, reason: `Because. ${words.answer}` } : given),
    );
  }
  const [legal, services] = [await council.as('legal'), await council.as('childrens.services')];
  for (const account of ['childrens.services', 'democratic.services', 'legal'])
    expectOk(await line.speak(account, `We agree. ${words.discussion}`));
  expectOk(await line.speak('legal', `Our advice. ${words.advice}`, { privileged: true }));
  const meeting = { date: londonDate(council.clock), present: ['legal'], note: words.meeting };
  expectOk(await legal.post(`${line.path}/discussion`, { version: 1, meeting }));
  const objection = { outcome: 'object', grounds: ['connection'], reasons: `No. ${words.seatReasons}` };
  expectOk(await line.sign('childrens_services', objection));
  const withdrawn = { version: 1, reasons: `Too soon. ${words.seatWithdrawn}` };
  expectOk(await services.post(`${line.path}/sign-offs/childrens_services/withdraw`, withdrawn));
  for (const office of ['childrens_services', 'democratic_services'] as const) {
    const conditions = [`At the door. ${words.seatCondition}`];
    expectOk(await line.sign(office, { reasons: `In order. ${words.seatReasons}`, conditions }));
  }
  const place = async () =>
    expectOk(
      await legal.post('/api/holds', {
        reference: line.reference,
        reasons: `A claim was announced. ${words.hold}`,
      }),
    ).body.id as string;
  await place();
  const lifting = { reasons: `It was settled. ${words.lifted}` };
  expectOk(await legal.post(`/api/holds/${await place()}/lift`, lifting));
  ({ councillorId: councillor } = await council.as('scrutiny.chair'));
  things = await thingsOf(council);
  for (const account of ['auditor', 'data.protection']) {
    const credentials = { email: `${account}@council.example`, password: demoPassword };
    const entered = await request(council.server).post('/api/session').agent(sockets).send(credentials);
    cookies.set(account, entered.get('Set-Cookie')?.[0]?.split(';')[0] ?? '');
  }
  await council.place();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The address of a route or a page about the request that is not decided. */
const about = (address: string): string =>
  things.address(address, 'submitted').replaceAll(/OBS-\d{4}-\d{4}/g, line.reference);
const asked = (by: Account, address: string) =>
  request(council.server)
    .get(address)
    .agent(sockets)
    .set('Cookie', cookies.get(by) ?? '');

describe('what nobody outside the offices reads', () => {
  test('is read by those who keep it', async () => {
    const found = new Set<string>();
    for (const [account, addresses] of [
      [
        'legal',
        [
          paths.test(line.reference),
          paths.discussion(line.reference),
          paths.request(line.reference),
          paths.holds,
          `${paths.holds}?show=all`,
        ],
      ],
      ['democratic.services', [`${paths.trail}?subject=${line.reference}`]],
    ] as const) {
      const reader = await readerOf(council.server, account);
      for (const address of addresses)
        for (const word of heldIn((await reader.open(address)).html)) found.add(word);
    }
    expect([...found].toSorted()).toEqual(all.toSorted());
  });

  test('is in no answer of any route to an auditor', async () => {
    const read = routes.filter(({ method, open }) => method === 'GET' && !open);
    const answers = await Promise.all(
      read.map(async ({ path: address }) => {
        const { text, status } = await asked('auditor', about(address));
        return { address, status, held: heldIn(text ?? '') };
      }),
    );
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(20);
    expect(answers.filter(({ held }) => held.length > 0)).toEqual([]);
  });

  test('is on no page that an auditor opens, of the trail entry by entry', async () => {
    const { rows: entries } = await council.world.db.raw<{ rows: { index: number }[] }>(
      `select e.index from audit.entries e join audit.secret s on s.entry_id = e.id and s.field = 'subject'
         where e.index is not null and (s.value = ?::jsonb or e.type like 'hold.%')
           and e.type not like '%.read' order by e.seq limit 60`,
      [JSON.stringify(line.reference)],
    );
    expect(entries.length).toBeGreaterThan(20);
    const addresses = [
      ...pages.map((page) => about(page.path)),
      `${paths.trail}?subject=${line.reference}`,
      ...['answered', 'discussed', 'signed', 'seat_withdrawn'].map(
        (done) => `${paths.trail}?subject=${line.reference}&type=request.${done}`,
      ),
      ...['hold.placed', 'hold.lifted'].map((type) => `${paths.trail}?type=${type}`),
      ...entries.map(({ index }) => paths.trailEntry(index)),
    ];
    const held = await Promise.all(
      addresses.map(async (address) => {
        const { text } = await asked('auditor', address).set('Accept', 'text/html');
        return [address, heldIn(text)] as const;
      }),
    );
    expect(held.filter(([, found]) => found.length > 0)).toEqual([]);
  });

  test('is in no file of a bundle of the whole trail', async () => {
    const size = await treeSize(council.world.db);
    const { body } = await asked('auditor', `/api/audit/bundle?from=0&to=${size}`)
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => done(null, Buffer.concat(chunks)));
      });
    const file = path.join(folder, 'bundle.zip');
    await writeFile(file, body as Buffer);
    const bundle = await openArchive(file);
    const names = await bundle.list('');
    const texts: string[] = [];
    for await (const name of names) texts.push(`${(await bundle.read(name))?.toString()}`);
    bundle.close();
    const text = texts.join('\n');
    expect([text.includes(line.reference), heldIn(text)]).toEqual([true, []]);
  });

  test('is in no file for the councillor who asked where it is held back as proposed, and on no page of it', async () => {
    await secondOfDataProtection(council, 'two.offices');
    const access = await Access.recorded(council, councillor, londonDate(council.clock));
    await access.markAll();
    await access.released('two.offices');
    const file = await access.file();
    const page = await asked('data.protection', paths.accessFile(access.id)).set('Accept', 'text/html');
    for (const { status, text } of [{ status: file.status, text: JSON.stringify(file.body) }, page])
      expect([status, text.includes(line.reference), heldIn(text)]).toEqual([200, true, []]);
  });
});
