/**
 * A subject access request (UK GDPR, Articles 12 and 15; need-to-know.md, section 5): on record, complete by kind, marked
 * passage by passage by one person of Data Protection, and released by a second.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { heldTables } from '../../../db/subject-access/held-tables.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { exemptions } from '../../../policies/subject-access/exemptions.js';
import { paths } from '../../../server/web/paths.js';
import { Access, secondOfDataProtection } from '../../support/access.js';
import { type Account, useCouncil } from '../../support/council.js';
import { expectOk, Line, necessity, reason } from '../../support/line.js';
import { foundRow } from '../../support/found-row.js';
import { sayOfBlock } from '../../support/lifting.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi, byRule } from '../../support/people.js';
import { readyToVisit, VisitWalk } from '../../support/visiting.js';

/** Tables of which nothing is about one councillor, each with its reason. */
const heldOnNobody: Readonly<Record<string, string>> = {
  access_marks: 'how Data Protection weigh the request: it becomes the file, and goes',
  access_passages: 'files that were given: what is in them stands where it is held',
  audit_requirement_records: 'which records a requirement names, which is there',
  default_hosts: 'officers by type of observation',
  leaflet_versions: 'published',
  programmes: 'invitations to all members',
  protocol_versions: 'published',
  reference_numbers: 'a count',
  meeting_confirmations: 'which offices were at a meeting, whose note is there',
  reminder_recipients: 'who got the reminders, which are there',
  retention_schedule: 'periods',
  settings: 'of the council',
  stored_texts: 'where texts stand',
  strategy_delegations: 'of officers, by the Director',
};

const council = useCouncil();
const as = (account: Account) => council.as(account);

/** A word for each free text: of theirs, and of other people’s or privileged ones. */
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
let undecided: string;
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
  const open = await Line.submitted(council);
  await said(open, 'prerequisites', others('undecided'));
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
  undecided = open.reference;
  await secondOfDataProtection(council);
}, 120_000);

const today = () => londonDate(council.clock);
const protection = () => as('data.protection');
const record = async (more: object = {}) =>
  (await protection()).post('/api/access-requests', {
    councillor: councillorId,
    receivedOn: today(),
    by: 'The councillor, by letter',
    identityChecked: true,
    ...more,
  });
const mailed = async (kind: string): Promise<string[]> => {
  const rows: { email: string }[] = await council.world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ kind })
    .orderBy('p.email')
    .distinct('p.email');
  return rows.map(({ email }) => email.split('@')[0] ?? '');
};

describe('a request on record', () => {
  test('says when it came, who asked and that their identity was checked, and is due one month from receipt', async () => {
    const made = expectOk(await record({ receivedOn: '2026-01-31' }));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      councillor: { id: councillorId },
      status: 'open',
      by: 'The councillor, by letter',
      identityChecked: true,
      // A month has no 31 February; its last day is a Saturday, and the next working day counts.
      due: {
        what: 'answer_access',
        at: '2026-03-02',
        skipped: [{ reason: 'Saturday' }, { reason: 'Sunday' }],
      },
      can: ['mark_passage', 'extend_access', 'release_access'],
    });
    expect(await mailed('access_recorded')).toEqual(['auditor', 'scrutiny.chair']);
    const [entry] = await search(council.world.db, { subject: `councillor:${councillorId}`, limit: 1 });
    expect(entry).toMatchObject({ type: 'subject_access.recorded', decision: { receivedOn: '2026-01-31' } });
  });

  test('is refused without a checked identity, from the future, of nobody, and with what is screened', async () => {
    for (const [more, field] of [
      [{ identityChecked: false }, 'identityChecked'],
      [{ receivedOn: addDays(today(), 1) }, 'receivedOn'],
      [{ councillor: '00000000-0000-4000-8000-000000000000' }, 'councillor'],
      [{ by: 'Call 07700 900123' }, 'by'],
    ] as const)
      expect([field, await record(more)]).toMatchObject([
        field,
        { status: 422, body: { errors: [{ field }] } },
      ]);
  });

  test('is extended once, within the first month, by two further months with reasons that the councillor reads', async () => {
    const late = await Access.recorded(council, councillorId, addDays(today(), -40));
    expect(await late.post('extend', { reasons: 'It is complex.' })).toMatchObject(
      byRule(409, 'access_extension_late'),
    );
    const access = await Access.recorded(council, councillorId, today());
    const before = (await access.read()).body.due.at;
    const { body } = expectOk(await access.post('extend', { reasons: 'It covers nine years.' }));
    expect(body.due.at > addDays(before, 55)).toBe(true);
    expect(await access.post('extend', { reasons: 'Again.' })).toMatchObject(byRule(409, 'access_extended'));
    const own = expectOk(await (await as('scrutiny.chair')).get('/api/access-requests')).body;
    expect(own.items[0]).toMatchObject({
      id: access.id,
      extended: { reasons: 'It covers nine years.' },
      can: [],
    });
    expect(await mailed('access_extended')).toEqual(['auditor', 'scrutiny.chair']);
  });

  test('is Data Protection’s alone, and nobody’s of themselves; councillors see that it is on record, and not what is held', async () => {
    const access = await Access.recorded(council, councillorId, today());
    for (const by of ['scrutiny.member', 'legal', 'host', 'democratic.services', 'administrator'] as const) {
      expect([by, (await access.read(by)).status]).toEqual([by, 404]);
      expect([by, (await access.file(by)).status]).toEqual([by, 404]);
    }
    expect((await access.read('scrutiny.chair')).status).toBe(404);
    expect(await access.release('scrutiny.chair')).toMatchObject(byRule(403, 'own_data'));
    const legal = await as('legal');
    expect(
      await legal.post('/api/access-requests', {
        councillor: councillorId,
        receivedOn: today(),
        by: 'Somebody',
        identityChecked: true,
      }),
    ).toMatchObject(byRule(403, 'office'));
    await secondOfDataProtection(council, 'scrutiny.member');
    const member = await as('scrutiny.member');
    const own = await Access.recorded(council, member.councillorId, today());
    expect((await own.read('scrutiny.member')).status).toBe(404);
    expect(await own.release('scrutiny.member')).toMatchObject(byRule(403, 'own_data'));
  });
});

describe('what is held', () => {
  let access: Access;
  let all: Awaited<ReturnType<Access['passages']>>;
  beforeAll(async () => {
    access = await Access.recorded(council, councillorId, today());
    all = await access.passages();
  });
  const proposalOf = (text: string) => {
    const found = all.filter((each) => each.text?.startsWith(text));
    if (found.length === 0) throw new Error(`No passage says ${text}.`);
    return [
      ...new Set(found.map(({ proposal }) => `${proposal.mark} ${proposal.exemption ?? ''}`.trim())),
    ].join();
  };

  test('leaves nothing out by kind: each governed table is in the list, or is about nobody', async () => {
    const { rows } = await council.world.owner.raw<{ rows: { table: string }[] }>(
      `select c.relname as table from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where t.tgname = c.relname || '_leaves_a_trace' order by 1`,
    );
    const known = new Set([...heldTables.map(({ table }) => table), ...Object.keys(heldOnNobody)]);
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.map(({ table }) => table).filter((table) => !known.has(table))).toEqual([]);
    const there = new Set(rows.map(({ table }) => table));
    expect([...known].filter((table) => !there.has(table))).toEqual([]);
  });

  test('has a passage for each text of theirs and of others, each with a proposal', () => {
    for (const field of ['necessity', 'condition', 'comment', 'question', 'decision', 'review'])
      expect([field, proposalOf(theirs(field))]).toEqual([field, 'disclose']);
    for (const field of ['incident', 'scope', 'objection', 'policy', 'lift', 'departure'])
      expect([field, proposalOf(theirs(field))]).toEqual([field, 'weigh']);
    for (const field of ['chaperone', 'incident', 'bar', 'lift'])
      expect([field, proposalOf(others(field))]).toEqual([field, 'withhold rights_of_others']);
    expect(proposalOf(others('hold'))).toBe('withhold privilege');
    expect(proposalOf(caseReference)).toBe('withhold rights_of_others');
    expect(proposalOf(others('discussion'))).toBe('withhold');
    expect(proposalOf(others('undecided'))).toBe('withhold');
    const told = JSON.stringify(all);
    expect(told).not.toContain(others('draft'));
    expect(told).not.toContain(others('member'));
    expect(all.find(({ kind }) => kind === 'drafts')?.facts).toEqual({ drafts: 1 });
    for (const kind of ['councillors', 'people', 'messages', 'trail', 'visits', 'training'])
      expect([kind, all.some((each) => each.kind === kind)]).toEqual([kind, true]);
    expect(all.map(({ reference }) => reference)).toEqual(
      expect.arrayContaining([null, ...references, undecided]),
    );
    expect(told).not.toMatch(/"(?:passwordHash|sealed|tokenHash|codeHash)"/);
  });

  test('has privileged advice without its words, which is withheld and nothing else', async () => {
    const advice = all.find(({ privileged }) => privileged);
    expect(JSON.stringify(all)).not.toContain(others('advice'));
    expect(advice).toMatchObject({ text: null, proposal: { mark: 'withhold', exemption: 'privilege' } });
    for (const body of [
      { mark: 'disclose' },
      { mark: 'redact', exemption: 'privilege', instead: 'Advice.' },
      { mark: 'withhold', exemption: 'crime' },
    ])
      expect(await access.put(advice?.id ?? '', body)).toMatchObject(byRule(422, 'access_privilege'));
    expectOk(await access.put(advice?.id ?? '', { mark: 'withhold', exemption: 'privilege' }));
  });

  test('is recorded on the trail before it is shown', async () => {
    await access.read();
    const [entry] = await search(council.world.db, { subject: 'access-requests', limit: 1 });
    expect(entry).toMatchObject({
      type: 'subject_access.read',
      actor: (await protection()).id,
      decision: { access: access.id, passages: true },
    });
  });

  test('is marked with an exemption where it is held back, and with what stands in its place where it is reworded', async () => {
    const text = all.find((each) => each.text?.startsWith(theirs('scope')));
    const facts = all.find(({ kind }) => kind === 'training');
    for (const [id, body, field] of [
      [text?.id, { mark: 'withhold' }, 'exemption'],
      [text?.id, { mark: 'disclose', exemption: 'crime' }, 'exemption'],
      [text?.id, { mark: 'redact', exemption: 'crime' }, 'instead'],
      [text?.id, { mark: 'withhold', exemption: 'crime', instead: 'Nothing.' }, 'instead'],
      [text?.id, { mark: 'redact', exemption: 'crime', instead: 'Call 07700 900123.' }, 'instead'],
      [facts?.id, { mark: 'redact', exemption: 'crime', instead: 'Trained.' }, 'mark'],
      [text?.id, { mark: 'withhold', exemption: 'because' }, 'exemption'],
    ] as const)
      expect([body, await access.put(id ?? '', body)]).toMatchObject([
        body,
        { status: 422, body: { errors: [{ field }] } },
      ]);
    expect((await access.put('0'.repeat(32), { mark: 'disclose' })).status).toBe(404);
    for (const exemption of exemptions)
      expectOk(await access.put(text?.id ?? '', { mark: 'withhold', exemption }));
    expectOk(
      await access.put(text?.id ?? '', {
        mark: 'redact',
        exemption: 'rights_of_others',
        instead: 'Open-ended.',
      }),
    );
  });
});

describe('the release', () => {
  // Somebody of whom little is held: each passage is weighed.
  let who: string;
  beforeAll(async () => {
    who = (await as('ward.member')).councillorId;
  });

  test('needs a mark on each passage: a proposal is none, and what changed since has lost its own', async () => {
    const access = await Access.recorded(council, who, today());
    expect(await access.release('auditor')).toMatchObject(byRule(409, 'access_unmarked'));
    await access.markAll();
    expect((await access.read()).body.unmarked).toBe(0);
    // A message and a question come in between.
    const keeper = await as('democratic.services');
    expectOk(
      await keeper.post(`/api/councillors/${who}/training`, {
        kind: 'dbs',
        completed: today(),
        expires: addDays(today(), 300),
      }),
    );
    const since = await access.passages();
    const without = since.filter(({ marked }) => marked === null).map(({ kind }) => kind);
    expect(without).toContain('training');
    expect(await access.release('auditor')).toMatchObject(byRule(409, 'access_unmarked'));
    await access.markAll();
    expectOk(await access.release('auditor'));
  });

  test('is by a second person of Data Protection, which the database holds too', async () => {
    const access = await Access.recorded(council, who, today());
    await access.markAll();
    expect(await access.release()).toMatchObject(byRule(403, 'access_two_people'));
    const { id } = await protection();
    const released = { released_at: council.clock, released_by: id, released_capacity: 'principal' } as const;
    await expect(
      behindTheApi(council.world.db, (trx) =>
        trx('access_requests').where({ id: access.id }).update(released),
      ),
    ).rejects.toMatchObject({ constraint: 'access_passages_mark_missing' });
    await expect(
      behindTheApi(council.world.db, async (trx) => {
        await trx('access_passages').insert({
          access_request_id: access.id,
          councillor_id: who,
          place: 0,
          kind: 'training',
          mark: 'disclose',
          marked_by: id,
          marked_at: council.clock,
        });
        await trx('access_requests').where({ id: access.id }).update(released);
      }),
    ).rejects.toMatchObject({ constraint: 'access_requests_two_people' });
    await access.released();
    expect(await mailed('access_released')).toEqual(
      expect.arrayContaining(['data.protection', 'ward.member']),
    );
  });

  test('freezes everything: no mark changes any more', async () => {
    const access = await Access.recorded(council, who, today());
    const [first] = await access.passages();
    await access.markAll();
    await access.released();
    expect(await access.put(first?.id ?? '', { mark: 'disclose' })).toMatchObject(byRule(409, 'access_over'));
    expect(await access.post('extend', { reasons: 'It is complex.' })).toMatchObject(
      byRule(409, 'access_over'),
    );
    expect(await access.release('auditor')).toMatchObject(byRule(409, 'access_over'));
    expect((await access.read()).body).toMatchObject({ status: 'released', passages: [], can: [] });
    const { db } = council.world;
    await expect(
      behindTheApi(db, (trx) =>
        trx('access_requests').where({ id: access.id }).update({ released_at: null }),
      ),
    ).rejects.toMatchObject({ constraint: 'access_requests_kept' });
    await expect(
      behindTheApi(db, async (trx) =>
        trx('access_marks').insert({
          access_request_id: access.id,
          passage: 'a',
          fingerprint: 'b',
          mark: 'disclose',
          marked_by: (await protection()).id,
          marked_at: council.clock,
        }),
      ),
    ).rejects.toMatchObject({ constraint: 'access_requests_kept' });
  });
});

describe('the file', () => {
  let access: Access;
  beforeAll(async () => {
    access = await Access.recorded(council, councillorId, today());
    expect((await access.file()).status).toBe(404);
    await access.markAll();
    const scope = (await access.passages()).find((each) => each.text?.startsWith(theirs('scope')));
    expectOk(
      await access.put(scope?.id ?? '', {
        mark: 'redact',
        exemption: 'crime',
        instead: 'Zabernathy reworded',
      }),
    );
    await access.released();
  }, 60_000);

  test('holds exactly what was marked, and names the exemptions in general terms and how to complain', async () => {
    const { body, headers } = expectOk(await access.file());
    expect(headers['content-disposition']).toBe('attachment; filename=subject-access.json');
    const text = JSON.stringify(body);
    expect(text).not.toMatch(/Quixwort|QX-?77/);
    expect(text).not.toContain(theirs('scope'));
    for (const word of ['necessity', 'condition', 'comment', 'question', 'decision', 'review', 'reworded'])
      expect(text).toContain(theirs(word));
    expect(body.exemptions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ authority: 'Data Protection Act 2018, Schedule 2, paragraph 16' }),
        expect.objectContaining({ authority: 'Data Protection Act 2018, Schedule 2, paragraph 19' }),
        expect.objectContaining({ authority: 'Data Protection Act 2018, Schedule 2, paragraph 2' }),
      ]),
    );
    expect(body.complain).toContain('Information Commissioner');
    for (const name of ['Host (demonstration)', 'Legal (demonstration)', 'Scrutiny Member'])
      expect(text).not.toContain(name);
  });

  test('is on the trail with each reading', async () => {
    await access.file();
    const [entry] = await search(council.world.db, { subject: 'access-requests', limit: 1 });
    expect(entry).toMatchObject({ type: 'subject_access.given', decision: { access: access.id } });
  });

  test('shows a text that was erased since as erased', async () => {
    const legal = await as('legal');
    const reported = expectOk(
      await legal.post('/api/redactions', {
        of: { kind: 'sign_off', id: `${references[1]}/1/legal`, field: 'reasons' },
        reasons: 'It says where somebody lives.',
      }),
    ).body;
    const open: { id: string }[] = await council.world
      .db('access_requests')
      .where({ councillor_id: councillorId })
      .whereNull('released_at')
      .select('id');
    // Until the open ones are released, nobody erases it.
    const confirm = async (by: Account) => (await as(by)).post(`/api/redactions/${reported.id}/confirm`);
    const holds: { id: string }[] = await council.world.db('legal_holds').whereNull('lifted_at').select('id');
    for (const { id } of holds)
      expectOk(await legal.post(`/api/holds/${id}/lift`, { reasons: 'The claim was settled.' }));
    const held = await confirm('data.protection');
    expect(held).toMatchObject(byRule(409, 'redaction_held'));
    expect([held.body.detail, held.body.authority].join(' ')).toMatch(
      /A subject access request.*section 173/,
    );
    // Who reads no holds learns that it cannot be erased yet, and no more.
    const byOthers = await confirm('childrens.services');
    expect(byOthers).toMatchObject(byRule(409, 'redaction_held'));
    expect(byOthers.body.detail).not.toMatch(/hold|subject access/i);
    for (const { id } of open) {
      const other = new Access(council, id);
      await other.markAll();
      await other.released();
    }
    expectOk(await confirm('data.protection'));
    expectOk(await confirm('legal'));
    const text = JSON.stringify(expectOk(await access.file()).body);
    expect(text).not.toContain(theirs('decision'));
    expect(text).toContain('This text was erased after a report about it');
  }, 60_000);

  test('is read on its page as people write', async () => {
    const page = await (await readersOf(council)('data.protection')).open(paths.accessFile(access.id));
    expect([page.status, page.headings[0]]).toEqual([200, 'What is held on Scrutiny Chair (demonstration)']);
    expect(page.text).toContain(theirs('reworded'));
    expect(page.text).not.toMatch(/Quixwort|QX-?77|undefined|\[object|\d{4}-\d\d-\d\dT/);
    expect(page.title).not.toContain('Scrutiny Chair');
  });
});

test('on its pages a request is recorded, weighed, taken over by kind, extended and released', async () => {
  const readers = readersOf(council);
  const reader = await readers('data.protection');
  const [year = '', month = '', day = ''] = today().split('-');
  const dated = { 'receivedOn-day': day, 'receivedOn-month': month, 'receivedOn-year': year };
  expectRefused(await fillIn(reader, paths.newAccess, {}), 422, 'Select a councillor');
  await fillIn(reader, paths.newAccess, {
    councillor: councillorId,
    ...dated,
    by: 'The councillor',
    identityChecked: 'true',
  });
  const { id } = await foundRow(council.world.db('access_requests').orderBy('seq', 'desc').first('id'));
  const shown = await reader.open(paths.access(id));
  expect(shown.status).toBe(200);
  expect(shown.text).not.toMatch(/undefined|\[object/);
  await fillIn(reader, paths.takeOver(id, 'training'), {});
  const passages: { id: string; kind: string; field: string | null }[] = (
    await (await protection()).get(`/api/access-requests/${id}`)
  ).body.passages;
  const text = passages.find(({ kind, field }) => kind === 'answers' && field !== null);
  const marking = paths.markPassage(id, text?.id ?? '');
  expectRefused(
    await fillIn(reader, marking, { mark: 'withhold', exemption: '' }),
    422,
    'Select the exemption',
  );
  const marked = await fillIn(reader, marking, { mark: 'withhold', exemption: 'rights_of_others' });
  expect(marked.text).toContain('Your marks have been recorded.');
  const extended = await fillIn(reader, paths.extendAccess(id), { reasons: 'It covers many years.' });
  expect(extended.text).toContain('It covers many years.');
  expect((await reader.open(paths.releaseAccess(id))).text).toContain('You cannot do this now.');
  for (const by of ['legal', 'host', 'democratic.services'] as const)
    expect([by, (await (await readers(by)).open(paths.access(id))).status]).toEqual([by, 404]);
}, 60_000);
