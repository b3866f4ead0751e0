/**
 * What section 5 of the rules keeps from Internal Audit and from every bundle: reasons of answers, seats and legal
 * holds, and how the offices stand on a request that is not decided. Words that are found nowhere else stand in each.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { demoPassword } from '../../../db/demo/accounts.js';
import { openArchive } from '../../../server/bundles/archive.js';
import { paths } from '../../../server/web/paths.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { Access } from '../../support/access.js';
import { type Account, useCouncil } from '../../support/council.js';
import { granted, type Granted } from '../../support/granted.js';
import { expectOk, Line, reason } from '../../support/line.js';
import { readersOf } from '../../support/officers.js';

const council = useCouncil();

const words = {
  answer: 'The nachtigall stands in an answer.',
  objection: 'The neuntoeter stands in an objection.',
  withdrawn: 'The pfingstvogel stands with a sign-off taken back.',
  returned: 'The wiedehopf stands in questions to the councillor.',
  hold: 'The blaumeise stands in a legal hold.',
  lifted: 'The tannenmeise stands where a hold was lifted.',
  ended: 'The haubenmeise stands in the reasons for an end.',
};
const none = (text: string) =>
  Object.values(words).filter((each) => text.toLowerCase().includes(each.split(' ')[1] ?? ''));

let undecided: Line;
let decided: Line;
let grant: Granted;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'withheld-'));
  undecided = await Line.assessed(
    council,
    {},
    { scope: { answer: 'open_ended', reason: words.answer } },
    'scrutiny.member',
  );
  const objection = { outcome: 'object', grounds: ['roving_commission'], reasons: words.objection };
  expectOk(await undecided.speak('childrens.services', 'They spoke.'));
  expectOk(await undecided.sign('childrens_services', objection));
  const democratic = await council.as('democratic.services');
  expectOk(await undecided.sign('democratic_services', { ...objection, reasons: words.withdrawn }));
  const seat = `${undecided.path}/sign-offs/democratic_services/withdraw`;
  expectOk(await democratic.post(seat, { version: 1, reasons: words.withdrawn }));
  const { reference } = undecided;
  const legal = await council.as('legal');
  const named = { text: 'Zdenka Hruskova spoke of it.', considered: ['name'] };
  expectOk(await legal.post(`${undecided.path}/discussion`, { version: 1, ...named }));
  const hold = expectOk(await legal.post('/api/holds', { reference, reasons: words.hold })).body as {
    id: string;
  };
  expectOk(await legal.post(`/api/holds/${hold.id}/lift`, { reasons: words.lifted }));

  const returned = await Line.submitted(council, {}, 'scrutiny.chair');
  expectOk(await legal.post(`${returned.path}/return`, { version: 1, questions: words.returned }));

  decided = await Line.readyForLegal(council);
  expectOk(await decided.decide('refuse', { grounds: ['roving_commission'], reasons: `Refused. ${reason}` }));
  grant = await granted(council, { author: 'scrutiny.member' });
  const end = { reasons: words.ended, cause: 'to_protect_others' };
  expectOk(await legal.post(`${grant.path}/revoke`, end));
  await council.place();
}, 90_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Entry {
  readonly index: number;
  readonly type: string;
  readonly decision?: Readonly<Record<string, unknown>>;
  readonly reasons?: string;
}

const entriesOf = async (by: Account, subject: string): Promise<readonly Entry[]> => {
  const { body } = expectOk(await (await council.as(by)).get(`/api/audit?subject=${subject}&limit=100`));
  return (body as { items: Entry[] }).items;
};
const one = (entries: readonly Entry[], type: string, question?: string) =>
  entries.find(
    (each) => each.type === type && (question === undefined || each.decision?.['question'] === question),
  );

describe('an auditor who reads the trail', () => {
  test('reads who did what and when, and not how an office answered or signed, nor why', async () => {
    const entries = await entriesOf('auditor', undecided.reference);
    expect(one(entries, 'request.answered', 'scope')?.decision).toEqual({
      version: 1,
      question: 'scope',
      changed: false,
    });
    expect(one(entries, 'request.signed')?.decision).toEqual({ version: 1, proof: 'passphrase' });
    for (const type of [
      'request.answered',
      'request.signed',
      'request.seat_withdrawn',
      'hold.placed',
      'hold.lifted',
    ])
      expect([type, one(entries, type)]).toEqual([
        type,
        expect.not.objectContaining({ reasons: expect.anything() }),
      ]);
    expect(none(JSON.stringify(entries))).toEqual([]);
  });

  test('reads nowhere what was confirmed about the words of a text that it may not read', async () => {
    const theirs = await entriesOf('democratic.services', undecided.reference);
    const considered = theirs.filter(({ decision }) => decision?.['considered'] !== undefined);
    expect(considered.map(({ type }) => type)).toEqual(['request.discussed']);
    const entries = await entriesOf('auditor', undecided.reference);
    expect(entries.filter(({ decision }) => decision?.['considered'] !== undefined)).toEqual([]);
  });

  test('reads that a grant was ended and when, and not that this protects others', async () => {
    const entries = await entriesOf('auditor', grant.line.reference);
    const ended = one(entries, 'grant.revoked');
    expect(ended?.decision).toEqual({ frozen: false, visits: 0 });
    const auditor = await readersOf(council)('auditor');
    const addresses = [`${paths.trail}?subject=${grant.line.reference}`, paths.trailEntry(ended?.index ?? 0)];
    for (const address of [...addresses, paths.grant(grant.id)]) {
      const { status, text } = await auditor.open(address);
      expect([address, status, none(text), /protect.others/i.test(text)]).toEqual([address, 200, [], false]);
    }
  });

  test('reads the reasons of a decision, a refusal among them', async () => {
    const entries = await entriesOf('auditor', decided.reference);
    expect(one(entries, 'request.decided')).toMatchObject({
      decision: { outcome: 'refuse', grounds: ['roving_commission'] },
      reasons: `Refused. ${reason}`,
    });
  });

  test('finds none of it on any page that shows the trail or the request', async () => {
    const auditor = await readersOf(council)('auditor');
    const indexes = (await entriesOf('auditor', undecided.reference)).map(({ index }) => index);
    const addresses = [
      `${paths.trail}?subject=${undecided.reference}`,
      paths.request(undecided.reference),
      ...indexes.map(paths.trailEntry),
    ];
    for (const address of addresses) {
      const { status, text } = await auditor.open(address);
      expect([address, status, none(text)]).toEqual([address, 200, []]);
      expect([address, /open.ended|roving|Object/i.test(text)]).toEqual([address, false]);
    }
  });

  test('sees on a request who signed and when, and the outcome once Legal has decided', async () => {
    const auditor = await council.as('auditor');
    const before = expectOk(await auditor.get(undecided.path)).body;
    expect(before.signOffs.map(Object.keys)).toEqual([
      ['office', 'by', 'at', 'version'],
      ['office', 'by', 'at', 'version', 'voidedAt'],
    ]);
    expect(JSON.stringify(before.timeline)).not.toContain('object');
    const after = expectOk(await auditor.get(decided.path)).body;
    expect(after.signOffs).toMatchObject([
      { office: 'childrens_services', outcome: 'agree' },
      { office: 'democratic_services', outcome: 'agree' },
      { office: 'legal', outcome: 'refuse', grounds: ['roving_commission'] },
    ]);
    expect(JSON.stringify(after)).not.toContain(reason);
  });
});

test('Democratic Services, who keep the trail, read it whole', async () => {
  const entries = await entriesOf('democratic.services', undecided.reference);
  expect(one(entries, 'request.answered', 'scope')).toMatchObject({
    decision: { answer: 'open_ended' },
    reasons: words.answer,
  });
  expect(entries.filter(({ type }) => type === 'request.signed').at(-1)).toMatchObject({
    decision: { outcome: 'object', grounds: ['roving_commission'], conditions: 0 },
    reasons: words.objection,
  });
  expect(one(entries, 'hold.placed')?.reasons).toBe(words.hold);
});

test.each(['auditor', 'democratic.services'] as const)(
  'a bundle given out to %s holds none of it, in words or in codes',
  async (by) => {
    const entries = await entriesOf(by, undecided.reference);
    const ended = one(await entriesOf(by, grant.line.reference), 'grant.revoked');
    const agent = request.agent(council.server);
    await agent.post('/api/session').send({ email: `${by}@council.example`, password: demoPassword });
    await council.place();
    const to = Math.max(ended?.index ?? 0, ...entries.map(({ index }) => index)) + 1;
    const { status, body } = await agent
      .get(`/api/audit/bundle?from=0&to=${to}`)
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => done(null, Buffer.concat(chunks)));
      });
    expect(status).toBe(200);
    const file = path.join(folder, `${by}.zip`);
    await writeFile(file, body as Buffer);
    const bundle = await openArchive(file);
    const read = async (name: string) => `${(await bundle.read(name))?.toString()}`;
    for (const name of (await bundle.list('')) as string[]) {
      expect([name, none(await read(name))]).toEqual([name, []]);
      expect([name, /considered|to_protect_others/.test(await read(name))]).toEqual([name, false]);
    }
    const leaf = async (type: string, question?: string) =>
      JSON.parse(await read(`leaves/${one(entries, type, question)?.index}.json`)) as { decision: unknown };
    expect((await leaf('request.answered', 'scope')).decision).toEqual({
      version: 1,
      question: 'scope',
      changed: false,
    });
    expect((await leaf('request.signed')).decision).toEqual({ version: 1, proof: 'passphrase' });
    const leafOfEnd = JSON.parse(await read(`leaves/${ended?.index}.json`)) as { decision: unknown };
    expect(leafOfEnd.decision).toEqual({ frozen: false, visits: 0 });
    bundle.close();
  },
);

test('of what is held on a councillor, answers and seats of a request are proposed to be withheld until it is decided', async () => {
  const { councillorId } = await council.as('scrutiny.member');
  const access = await Access.recorded(council, councillorId, londonDate(council.clock));
  const ofOurs = async () =>
    (await access.passages()).filter(
      ({ kind, reference }) => reference === undecided.reference && ['answers', 'sign_offs'].includes(kind),
    );
  const before = await ofOurs();
  expect(before.length).toBeGreaterThan(4);
  expect(before.filter(({ proposal }) => proposal.mark !== 'withhold')).toEqual([]);

  expectOk(await undecided.decide('refuse', { grounds: ['roving_commission'], reasons: reason }));
  const after = await ofOurs();
  const saying = (word: string) => after.filter(({ text }) => text?.includes(word));
  expect([saying(words.answer).length, saying(words.objection).length]).toEqual([1, 1]);
  expect(
    after.filter(({ proposal }) => proposal.mark === 'withhold').map(({ facts }) => facts['question']),
  ).toEqual(expect.arrayContaining(['agreements']));
  expect([...saying(words.answer), ...saying(words.objection)].map(({ proposal }) => proposal.mark)).toEqual([
    'weigh',
    'weigh',
  ]);
});
