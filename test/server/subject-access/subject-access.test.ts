/**
 * A councillor's subject access (UK GDPR, Article 15; need-to-know.md, section 5): complete, recorded on the trail
 * first, and without discussion, advice, cases and other people's data.
 */
import type { z } from 'zod';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { heldShape } from '../../../server/subject-access/shapes.js';
import { paths } from '../../../server/web/paths.js';
import { type Account, useCouncil } from '../../support/council.js';
import { expectOk, Line, necessity, reason } from '../../support/line.js';
import { sayOfBlock } from '../../support/lifting.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi, byRule, notFound } from '../../support/people.js';
import { readyToVisit, VisitWalk } from '../../support/visiting.js';

const council = useCouncil();
const as = (account: Account) => council.as(account);
const pathOf = (id: string) => `/api/councillors/${id}/subject-access`;

/** A word for each free text. The file holds the words of theirs, and none of other people's or privileged ones. */
const theirs = (field: string) => `Zabernathy ${field}`;
const others = (field: string) => `Quixwort ${field}`;
const caseReference = 'QX-77-1918';

/** What Legal said of lifting a council rule. */
const said = async (line: Line, question: 'prerequisites' | 'legal_bars', reasons: string): Promise<void> => {
  const { id: person } = await as('legal');
  const block = question === 'legal_bars' ? 'lado:barNeverObserved' : 'undertaking:prerequisites';
  await sayOfBlock(council.world.db, line, { question, block, reasons, person, at: council.clock });
};

let councillorId: string;
let references: string[];
beforeAll(async () => {
  const chair = await as('scrutiny.chair');
  ({ councillorId } = chair);
  const today = londonDate(council.clock);
  const walk = await readyToVisit(council, {
    date: addDays(today, 8),
    window: { from: addDays(today, 1), to: addDays(today, 28) },
    changes: { necessity: `${theirs('necessity')}. ${necessity}`, events: 2 },
    conditions: [{ text: theirs('condition'), owner: 'host', before: 'closing' }],
  });
  // A second visit, which a party ended: no councillor ever learns which party, or why.
  const ended = await VisitWalk.planned(council, walk.grant, {
    type: 'core_group',
    date: addDays(today, 9),
    caseReference,
    chaperone: others('chaperone'),
  });
  expectOk(
    await ended.check('agreements', { answer: { family: 'refused', child: 'agreed', members: 'agreed' } }),
  );
  walk.at('11:45');
  expectOk(await walk.attended({ departures: [{ text: theirs('departure'), causedBy: 'councillor' }] }));
  expectOk(await walk.post('confirm', { agrees: false, comment: theirs('comment') }, 'scrutiny.chair'));
  const question = { kind: 'question', text: theirs('question') };
  expectOk(await walk.post('questions', question, 'scrutiny.chair'));
  const { reference } = walk.grant.line;
  const host = await as('host');
  const report = { reference, what: 'other', happenedAt: council.clock.toISOString() };
  expectOk(
    await host.post('/api/incidents', { ...report, causedBy: 'councillor', text: theirs('incident') }),
  );
  expectOk(await host.post('/api/incidents', { ...report, causedBy: 'host', text: others('incident') }));

  const refused = await Line.assessed(
    council,
    {},
    {
      scope: { answer: 'open_ended', reason: theirs('scope') },
      legal_bars: { answer: [{ bar: 'privilege' }], reason: others('bar') },
      lawful_basis: {
        answer: 'confirmed',
        reason,
        basis: { article6: '6(1)(e)', policyDocument: theirs('policy') },
      },
    },
  );
  await said(refused, 'prerequisites', theirs('lift'));
  await said(refused, 'legal_bars', others('lift'));
  await said(await Line.submitted(council), 'prerequisites', others('undecided'));
  expectOk(await refused.speak('legal', others('advice'), { privileged: true }));
  expectOk(await refused.speak('childrens.services', others('discussion')));
  expectOk(
    await refused.sign('childrens_services', {
      outcome: 'object',
      grounds: ['roving_commission'],
      reasons: theirs('objection'),
    }),
  );
  const decision = { grounds: ['roving_commission'], reasons: `${theirs('decision')}. ${reason}` };
  expectOk(await refused.decide('refuse', decision));
  // The clock has moved since the start, and with it the session.
  const again = await as('scrutiny.chair');
  expectOk(await again.post(`${refused.path}/review`, { reasons: theirs('review') }));
  await Line.drafted(council, { necessity: `${others('draft')}. ${necessity}` });
  await Line.submitted(council, { necessity: `${others('member')}. ${necessity}` }, 'scrutiny.member');
  const legal = await as('legal');
  expectOk(await legal.post('/api/holds', { reference, reasons: others('hold') }));
  references = [reference, refused.reference];
}, 120_000);

/** Every word that should be there, and each that should not. */
const inIt = [
  'necessity',
  'condition',
  'departure',
  'comment',
  'question',
  'incident',
  'scope',
  'objection',
  'decision',
  'review',
  'policy',
  'lift',
].map(theirs);

describe('the file', () => {
  let held: z.output<typeof heldShape>;
  let text: string;
  beforeAll(async () => {
    const { body, headers } = expectOk(await (await as('data.protection')).get(pathOf(councillorId)));
    expect(headers['content-disposition']).toBe('attachment; filename=subject-access.json');
    held = heldShape.parse(body);
    text = JSON.stringify(body);
  });

  test('holds everything that is theirs', () => {
    for (const word of inIt) expect(text).toContain(word);
    expect(held.councillor).toMatchObject({ id: councillorId });
    expect(held.account?.email).toBe('scrutiny.chair@council.example');
    expect(held.register.length).toBeGreaterThan(0);
    expect(held.undertakings).toMatchObject([{ version: 1 }]);
    expect(held.notifications.length).toBeGreaterThan(0);
    expect(held.requests.map(({ reference }) => reference)).toEqual(expect.arrayContaining(references));
    const [visited] = held.requests.flatMap(({ grant }) => grant?.visits ?? []);
    expect(visited).toMatchObject({ attendance: { outcome: 'attended' }, confirmation: { agrees: false } });
  });

  test('holds no discussion, no advice, no case, nothing of others and no draft, which stand in the database', async () => {
    expect(text).not.toContain('Quixwort');
    expect(text).not.toMatch(/QX-?77|CP-2026|refused":|"agreements"|"legal_bars"|withdrew|"discussion\./);
    for (const name of ['Host (demonstration)', 'Legal (demonstration)', 'Scrutiny Member'])
      expect(text).not.toContain(name);
    const stored = JSON.stringify([
      await council.world.db('discussion').select('text'),
      await council.world.db('visits').select('case_reference', 'chaperone'),
      await council.world.db('legal_holds').select('reasons'),
      await council.world.db('incidents').select('text'),
      await council.world.db('request_versions').select('content'),
      await council.world.db('lifts').select('reasons'),
    ]);
    const fields = ['advice', 'discussion', 'chaperone', 'hold', 'incident', 'draft', 'member', 'lift'];
    for (const field of [...fields, 'undecided']) expect(stored).toContain(others(field));
    expect(stored).toContain(caseReference);
    expect(held.drafts).toBe(1);
    expect(held.leftOut.map(({ what }) => what).join()).toMatch(
      /discussion.*advice.*case references.*drafts/,
    );
  });

  test('lists the trail’s entries about them, in codes, without the names of officers', async () => {
    const own = await search(council.world.db, { actor: (await as('scrutiny.chair')).id, limit: 500 });
    expect(held.trail.filter(({ byThemselves }) => byThemselves)).toHaveLength(own.length);
    const about = await search(council.world.db, { subject: references[0], limit: 500 });
    expect(about.length).toBeGreaterThan(10);
    const listed = held.trail.filter(({ subject }) => subject === references[0]);
    expect(listed.map(({ type }) => type).toReversed()).toEqual(
      about.map(({ type }) => type).filter((type) => !/^(?:discussion|hold|retention)\./.test(type)),
    );
  });
});

test('the trail records who got it and about whom before the answer goes out', async () => {
  for (const by of ['data.protection', 'democratic.services']) {
    expectOk(await (await as(by)).get(pathOf(councillorId.toUpperCase())));
    const [entry] = await search(council.world.db, { subject: `councillor:${councillorId}`, limit: 1 });
    expect(entry).toMatchObject({ type: 'subject_access.given', actor: (await as(by)).id });
  }
});

test('it is given by Data Protection and who keeps the register alone, and by nobody of themselves', async () => {
  const nobodysId = '00000000-0000-4000-8000-000000000000';
  for (const by of ['scrutiny.member', 'legal', 'host', 'auditor', 'administrator'])
    for (const id of [councillorId, nobodysId])
      expect([by, await (await as(by)).get(pathOf(id))]).toMatchObject([by, byRule(403, 'office')]);
  expect(await (await as('data.protection')).get(pathOf(nobodysId))).toMatchObject(notFound);
  // A councillor asks Data Protection for it, and the answer says so; a person who also holds the office does not
  // give their own.
  expect(await (await as('scrutiny.chair')).get(pathOf(councillorId))).toMatchObject(byRule(403, 'own_data'));
  const member = await as('scrutiny.member');
  await behindTheApi(council.world.db, (trx) =>
    trx('offices_held').insert({ person_id: member.id, office: 'data_protection', capacity: 'authorised' }),
  );
  expect(await member.get(pathOf(member.councillorId))).toMatchObject(byRule(403, 'own_data'));
});

test('on its page it is chosen, and read as people write', async () => {
  const protection = await readersOf(council)('data.protection');
  expectRefused(await fillIn(protection, paths.subjectAccess, {}), 422, 'Select a councillor');
  const page = await fillIn(protection, paths.subjectAccess, { councillor: councillorId });
  expect([page.status, page.headings]).toEqual([200, ['What is held on Scrutiny Chair (demonstration)']]);
  for (const word of inIt) expect(page.text).toContain(word);
  expect(page.text).not.toMatch(/Quixwort|QX-?77|undefined|\[object|\d{4}-\d\d-\d\dT/);
  expect(page.title).not.toContain('Scrutiny Chair');
  const [entry] = await search(council.world.db, { subject: `councillor:${councillorId}`, limit: 1 });
  expect(entry).toMatchObject({ type: 'subject_access.given' });
  for (const by of ['legal', 'host', 'auditor'])
    for (const path of [paths.subjectAccess, paths.subjectAccessOf(councillorId)])
      expect([by, (await (await readersOf(council)(by)).open(path)).status]).toEqual([by, 403]);
});
