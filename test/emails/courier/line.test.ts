/**
 * Mail over the whole line, through the real app: who gets a notice, what it never discloses, and that nobody waits.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createCourier } from '../../../emails/courier/courier.js';
import { smtpTransport } from '../../../emails/courier/transport.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { noticeKinds } from '../../../policies/core/notices.js';
import { noticesOf } from '../../../server/web/notices.js';
import { Access, secondOfDataProtection } from '../../support/access.js';
import { chiefExecutive, conflictOf } from '../../support/conflicts.js';
import { useCouncil, type Account } from '../../support/council.js';
import { granted } from '../../support/granted.js';
import { answerInOrder, expectOk, Line, necessity, reason } from '../../support/line.js';
import { isLong } from '../../support/long.js';
import { useMailServers } from '../../support/mail-server.js';
import { decoded, type MailServer } from '../../support/smtp.js';
import { behindTheApi, lineAt, personId } from '../../support/people.js';
import { VisitWalk } from '../../support/visiting.js';
import { pino } from 'pino';

const council = useCouncil();
const mail = useMailServers();
const from = 'need-to-know@council.example';

const courierTo = (server: MailServer) =>
  createCourier({
    db: council.world.open(),
    now: () => council.clock,
    log: pino({ level: 'debug' }, { write: (line: string) => void council.lines.push(line) }),
    render: noticesOf({
      baseUrl: new URL('https://observe.council.example'),
      councilName: 'Test Council',
      sessionSecret: 'a secret of the test',
    }),
    transport: smtpTransport(server.url, from),
    from,
  });

/** Who was told what since the last time this was asked: `kind: account account`. */
const news = async (): Promise<string[]> => {
  const rows: { id: string; kind: string; email: string }[] = await council.world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .whereNotIn('m.id', [...seen])
    .orderBy(['m.kind', 'p.email'])
    .select('m.id', 'm.kind', 'p.email');
  for (const { id } of rows) seen.add(id);
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  const account = (email: string) => email.replace('@council.example', '');
  return kinds.map((kind) => {
    const people = rows.filter((row) => row.kind === kind).map(({ email }) => account(email));
    return `${kind}: ${people.toSorted().join(' ')}`;
  });
};
const seen = new Set<string>();
const everTold = new Set<string>();
const notified = async (): Promise<string[]> => {
  const lines = await news();
  for (const line of lines) everTold.add(line.split(':')[0] ?? '');
  return lines;
};

const childrens = 'childrens.services';
const democratic = 'democratic.services democratic.services.second';
const legal = 'legal legal.second two.offices';
const offices = `${childrens} ${democratic} ${legal}`;
const without = (all: string, one: string) =>
  all
    .split(' ')
    .filter((each) => each !== one)
    .join(' ');

describe('the people who get a notice, step by step:', () => {
  let line: Line;
  const as = (account: Account) => council.as(account);
  const author = 'scrutiny.chair';
  beforeAll(async () => {
    await notified();
    line = await Line.drafted(council);
  });

  test('a draft: nobody', async () => {
    expect(await notified()).toEqual([]);
  });

  test('handed in: the three offices, the default host, and the councillor by way of acknowledgement', async () => {
    expectOk(await (await as(author)).post(`${line.path}/submit`, { version: 1 }));
    expect(await notified()).toEqual([
      'host_named: host',
      `request_received: ${author}`,
      `request_submitted: ${offices}`,
    ]);
  });

  test('returned: the councillor, and the offices that wait; handed in again: the offices and the councillor', async () => {
    expectOk(
      await (await as('legal')).post(`${line.path}/return`, { version: 1, questions: 'Which duty is it?' }),
    );
    const waiting = offices
      .split(' ')
      .filter((account) => account !== 'legal')
      .join(' ');
    expect(await notified()).toEqual([`request_paused: ${waiting}`, `request_returned: ${author}`]);
    expectOk(await (await as(author)).post(`${line.path}/submit`, { version: 1 }));
    expect(await notified()).toEqual([`request_received: ${author}`, `request_resubmitted: ${offices}`]);
  });

  test('another host named: the one and the other', async () => {
    const name = (host: string) =>
      as(childrens).then((client) =>
        client.put(`${line.path}/host`, {
          version: line.version,
          host: `${host}@council.example`,
          manager: 'host.line.manager@council.example',
        }),
      );
    expectOk(await name('data.protection'));
    expect(await notified()).toEqual(['host_named: data.protection', 'host_released: host']);
    expectOk(await name('host'));
    expect(await notified()).toEqual(['host_named: host', 'host_released: data.protection']);
  });

  test('answers and talk: nobody; the first signature: nobody; the second: Legal, whose turn it is', async () => {
    await line.answerAll();
    await line.discuss();
    expectOk(await line.sign('childrens_services'));
    expect(await notified()).toEqual([]);
    expectOk(await line.sign('democratic_services'));
    expect(await notified()).toEqual([`ready_for_legal: ${legal}`]);
  });

  test('a council rule that blocks: nobody, until the third office lifts it; then the Monitoring Officer', async () => {
    const journey = await Line.submitted(council, { observationType: 'childs_journey' });
    const bars = { answer: [{ bar: 'proceedings', lawfulRoute: 'Leave of the court.' }] };
    expectOk(await journey.answer('legal_bars', bars));
    await notified();
    const lifting = { version: 1, question: 'legal_bars', reasons: 'The review cannot wait.' };
    for (const account of [childrens, 'democratic.services'])
      expectOk(await (await as(account)).post(`${journey.path}/lifts`, lifting));
    expect(await notified()).toEqual([]);
    expectOk(await (await as('legal')).post(`${journey.path}/lifts`, lifting));
    expect(await notified()).toEqual(['rule_lifted: monitoring.officer']);
  });

  test('a signature taken back: Legal and the other office', async () => {
    expectOk(
      await (
        await as(childrens)
      ).post(`${line.path}/sign-offs/childrens_services/withdraw`, {
        version: 1,
        reasons: 'It was too soon.',
      }),
    );
    const others = `${democratic} ${legal}`.split(' ').toSorted().join(' ');
    expect(await notified()).toEqual([`sign_off_ended: ${others}`]);
    expectOk(await line.sign('childrens_services'));
    expect(await notified()).toEqual([`ready_for_legal: ${legal}`]);
  });

  test('an answer changed: the people who had signed, and Legal, whose turn it no longer is', async () => {
    expectOk(
      await line.answer('necessity', {
        answer: 'duty',
        reason: 'Another reason, given after the signatures.',
      }),
    );
    expect(await notified()).toEqual([
      `seats_voided: ${childrens} democratic.services`,
      `sign_off_ended: ${without(legal, 'legal')}`,
    ]);
  });

  test('changed by the councillor: the three offices, and the people who had signed', async () => {
    expectOk(await line.sign('childrens_services'));
    expectOk(await line.edit({ events: 1, necessity: `${necessity} And so it is asked afresh.` }));
    expect(await notified()).toEqual([`request_edited: ${offices}`, `seats_voided: ${childrens}`]);
  });

  test('approved: the councillor, the offices except the one that decided, and the host', async () => {
    await line.answerAll();
    await line.discuss();
    expectOk(await line.sign('childrens_services'));
    expectOk(await line.sign('democratic_services'));
    await notified();
    expectOk(await line.decide('approve'));
    expect(await notified()).toEqual([
      `decision_recorded: ${without(offices, 'legal')}`,
      `request_decided: ${author}`,
      'visit_expected: host',
    ]);
  });

  test('refused: the same, and to the host in the same words as to the offices', async () => {
    const refused = await Line.readyForLegal(council);
    await notified();
    expectOk(await refused.decide('refuse'));
    expect(await notified()).toEqual([
      `decision_recorded: ${[...without(offices, 'legal').split(' '), 'host'].toSorted().join(' ')}`,
      `request_decided: ${author}`,
    ]);
  });

  test('withdrawn: the offices and the host; a draft withdrawn: nobody', async () => {
    const withdrawn = await Line.submitted(council);
    await notified();
    expectOk(await (await as(author)).post(`${withdrawn.path}/withdraw`, { version: 1 }));
    expect(await notified()).toEqual([
      `request_withdrawn: ${[...offices.split(' '), 'host'].toSorted().join(' ')}`,
    ]);
    const draft = await Line.drafted(council);
    expectOk(await (await as(author)).post(`${draft.path}/withdraw`, { version: 1 }));
    expect(await notified()).toEqual([]);
  });

  test('a deputy registered, an absence recorded: the deputy, who then hears of each turn of the office', async () => {
    const today = londonDate(council.clock);
    const keeper = await as('democratic.services');
    const person = (account: Account) => `${account}@council.example`;
    expectOk(
      await keeper.post('/api/deputies', {
        office: 'legal',
        deputy: person('data.protection'),
        from: today,
        to: addDays(today, 20),
        authority: 'Scheme of delegation, part 3.',
      }),
    );
    expect(await notified()).toEqual(['deputy_registered: data.protection']);
    expectOk(
      await keeper.post('/api/delegations', {
        delegate: person('childrens.services.deputy'),
        from: today,
        to: today,
        authority: 'Scheme of delegation, part 4.',
      }),
    );
    expect(await notified()).toEqual(['strategy_delegated: childrens.services.deputy']);
    await Line.submitted(council);
    expect(await notified()).toContain(`request_submitted: ${offices}`);

    expectOk(
      await keeper.post('/api/absences', {
        office: 'legal',
        principal: person('legal'),
        from: today,
        to: addDays(today, 5),
      }),
    );
    expect(await notified()).toEqual(['absence_recorded: data.protection']);
    await Line.submitted(council);
    const standingIn = [...offices.split(' '), 'data.protection'].toSorted().join(' ');
    expect(await notified()).toContain(`request_submitted: ${standingIn}`);
  });

  test('papers: the councillor of the draft that they opened, Children’s Services of the day, each of the release', async () => {
    await Line.submitted(council, {
      declarations: { collateralPurpose: 'no', connection: 'none', documents: 'yes' },
    });
    expect(await notified()).toContain(`papers_opened: ${author}`);
    const papers = [{ category: 'Audits', from: '2026-01-01', to: '2026-02-01' }];
    const inspection = await Line.submitted(council, { observationType: 'document_inspection', papers });
    await notified();
    expectOk(await inspection.right('none'));
    expect(await notified()).toEqual([]);
    expectOk(await inspection.right('s100F', londonDate(council.clock)));
    const proper = 'democratic.services democratic.services.second two.offices';
    expect(await notified()).toEqual([`right_to_confirm: ${proper}`]);
    const findings = [{ category: 'Audits', finding: 'not_exempt', reasons: reason }];
    expectOk(await inspection.confirmRight({ findings }));
    expect(await notified()).toEqual([`papers_due: ${childrens} ${author}`]);
    expectOk(await inspection.answer('legal_bars', { answer: [] }));
    await notified();
    const at = council.clock.toISOString();
    expectOk(await (await as(childrens)).post(`${inspection.path}/releases`, { category: 'Audits', at }));
    expect(await notified()).toEqual([`papers_released: ${author}`]);
  });

  test('a claimed right that is denied: who confirms it, the councillor, who prints the statement, who reviews it', async () => {
    const denied = await Line.submitted(council, {
      observationType: 'document_inspection',
      claimedRight: 'reg17',
    });
    await notified();
    expectOk(await denied.right('none'));
    const [first = ''] = await notified();
    expect(first).toMatch(/^right_to_confirm: .*childrens\.services .*democratic\.services/);
    expectOk(await denied.confirmRight({ delegation: 'Delegation 7 of the executive' }));
    expect(await notified()).toEqual([
      `right_denied: ${author}`,
      'statement_to_print: democratic.services.second two.offices',
    ]);
    const review = `${denied.path}/statutory-right/review`;
    expectOk(await (await as('scrutiny.chair')).post(review, { version: 1, reasons: reason }));
    expect(await notified()).toEqual([
      expect.stringMatching(/^right_review_requested: .*monitoring\.officer/),
    ]);
    const decided = { version: 1, outcome: 'remitted', reasons: reason, noConflict: true };
    expectOk(await (await as('monitoring.officer')).post(`${review}/decision`, decided));
    expect(await notified()).toEqual([
      expect.stringMatching(/^right_review_decided: .*legal.*scrutiny\.chair/),
    ]);
  });

  test('a programme: every member in office, and nobody else', async () => {
    const today = londonDate(council.clock);
    expectOk(
      await (
        await as('democratic.services')
      ).post('/api/programmes', {
        title: 'How we protect',
        observationTypes: ['core_group'],
        window: { from: today, to: today },
        places: 1,
      }),
    );
    expect(await notified()).toEqual([
      'programme_opened: coopted.member lead.member scrutiny.chair scrutiny.member ward.member',
    ]);
  });

  test('a visit: the planner knows, the others learn of each step; Data Protection learn of anything outside, and the people who may no longer attend learn that', async () => {
    // A Monday at noon, so that a visit can have been this morning.
    council.clock = new Date('2027-01-11T12:00:00Z');
    const window = { from: '2027-01-11', to: '2027-02-05' };
    const grant = await granted(council, { changes: { observationType: 'core_group', window, events: 3 } });
    await notified();
    const plan = { type: 'core_group', date: '2027-01-12', chaperone: 'The team manager' } as const;
    const off = await VisitWalk.planned(council, grant, plan);
    const asked = 'visit_bars: legal legal.second two.offices';
    expect(await notified()).toEqual([asked, `visit_planned: ${author}`]);
    expectOk(await (await as(childrens)).patch(off.path, { from: '09:00' }));
    expect(await notified()).toEqual([`visit_moved: host ${author}`]);
    expectOk(await off.post('cancel', {}, childrens));
    expect(await notified()).toEqual([`visit_off: host ${author}`]);
    const visit = await (await VisitWalk.planned(council, grant, plan)).checkAll();
    await notified();
    visit.at('13:00');
    expectOk(await visit.attended({ departures: [{ text: 'Took a note.', causedBy: 'councillor' }] }));
    expect(await notified()).toEqual([
      `attendance_recorded: ${author}`,
      `grant_paused: ${author}`,
      'incident_reported: data.protection',
    ]);
    expectOk(await visit.post('confirm', { agrees: false }, author));
    expect(await notified()).toEqual([`attendance_disputed: ${childrens} host`]);
    expectOk(await visit.post('questions', { kind: 'question', text: 'Why not?' }, author));
    expect(await notified()).toEqual([`question_asked: ${childrens} host`]);
    const [question] = (await visit.read('host')).body.questions as { id: string }[];
    const response = { text: 'Because it was agreed so.', toCommittee: false };
    expectOk(await (await as(childrens)).post(`/api/questions/${question?.id}/response`, response));
    expect(await notified()).toEqual([`question_answered: ${author}`]);
    const protection = await as('data.protection');
    const [about] = (await protection.get('/api/incidents')).body.items as { id: string }[];
    const hearing = `/api/incidents/${about?.id}/hearing`;
    expectOk(await protection.post(hearing, { gist: 'You are said to have taken a note.' }));
    expect(await notified()).toEqual([`allegation_told: ${author}`]);
    expectOk(await (await as(author)).post(`${hearing}/answer`, { text: 'It was my own programme.' }));
    expect(await notified()).toEqual(['allegation_answered: data.protection']);
    expectOk(await protection.post(`${grant.path}/release`, { reasons: 'It has been explained.' }));
    expect(await notified()).toEqual([`grant_goes_on: host ${author}`]);
    const [incident] = (await protection.get('/api/incidents')).body.items as { id: string }[];
    for (const frozen of await council.world
      .db('grant_freezes')
      .whereNull('released_at')
      .pluck<string[]>('grant_id'))
      expectOk(await protection.post(`/api/grants/${frozen}/release`, { reasons: 'It has been explained.' }));
    await notified();
    expectOk(
      await protection.post(`/api/incidents/${incident?.id}/close`, { reasons: 'It has been explained.' }),
    );
    expect(await notified()).toEqual(['incident_closed: host']);
    expectOk(
      await (await as('legal')).post(`${grant.path}/revoke`, { reasons: 'The work to observe is over.' }),
    );
    expect(await notified()).toEqual([`grant_ended: host ${author}`]);
    expectOk(
      await (await as('democratic.services')).post('/api/protocol', { text: 'Observers keep silent.' }),
    );
    expect(await notified()).toEqual([
      'protocol_published: coopted.member lead.member scrutiny.chair scrutiny.member ward.member',
    ]);
    const { councillorId } = await as('ward.member');
    expectOk(
      await (
        await as('monitoring.officer')
      ).post(`/api/councillors/${councillorId}/findings`, {
        body: 'Standards Committee',
        date: londonDate(council.clock),
        minute: 'Minute 7',
        until: londonDate(council.clock),
      }),
    );
    expect(await notified()).toEqual(['finding_recorded: ward.member']);
  });

  test('a text that names somebody: Data Protection at once, then who wrote it and who reported it', async () => {
    const reported = async (): Promise<string> => {
      const window = { from: londonDate(council.clock), to: addDays(londonDate(council.clock), 9) };
      const { body } = expectOk(
        await (
          await as('democratic.services')
        ).post('/api/programmes', {
          title: 'Visits to a house that is named',
          observationTypes: ['core_group'],
          window,
          places: 2,
        }),
      );
      await notified();
      const of = { kind: 'programme', id: body.id, field: 'title' };
      const made = await (await as('legal')).post('/api/redactions', { of, reasons: 'It says where.' });
      expect(await notified()).toEqual(['text_reported: data.protection']);
      return `/api/redactions/${expectOk(made).body.id}`;
    };
    const wrong = await reported();
    const protection = await as('data.protection');
    expectOk(await protection.post(`${wrong}/put-back`, { reasons: 'It says nothing of anybody.' }));
    expect(await notified()).toEqual(['text_put_back: democratic.services legal']);
    const right = await reported();
    expectOk(await (await as('legal')).post(`${right}/confirm`));
    expectOk(await protection.post(`${right}/confirm`));
    expect(await notified()).toEqual(['text_erased: democratic.services legal']);
    for (const member of [author, 'scrutiny.member'])
      expectOk(await (await as(member)).post('/api/protocol/acceptance', { version: 2 }));
    expect(await notified()).toEqual([]);
  });

  test('a hearing: the councillor is told and answers, and then Legal decide', async () => {
    const against = await lineAt(council, 'assessed', { answers: { collateral_purpose: { answer: 'yes' } } });
    await notified();
    const gist = 'A letter says that there is another purpose.';
    expectOk(await (await as('legal')).post(`${against.path}/hearing`, { gist }));
    expect(await notified()).toEqual([`hearing_told: ${author}`]);
    expectOk(await (await as(author)).post(`${against.path}/hearing/answer`, { text: 'It is not so.' }));
    expect(await notified()).toEqual(['hearing_answered: legal legal.second two.offices']);
  });

  test('a review: the reviewer and the people who make sure there is one; the person named by the Chief Executive; the councillor, and the offices that decide again', async () => {
    const refused = async () => {
      const given = await lineAt(council, 'assessed', {
        author: 'scrutiny.member',
        answers: { scope: { answer: 'open_ended' } },
      });
      expectOk(await given.decide('refuse', { grounds: ['roving_commission'] }));
      await notified();
      expectOk(
        await (await as('scrutiny.member')).post(`${given.path}/review`, { reasons: 'It was named.' }),
      );
      return given;
    };
    const [upheld, remitted] = [await refused(), await refused()];
    expect(await notified()).toEqual([`review_asked: ${democratic} monitoring.officer two.offices`]);
    const decision = (outcome: string) => ({ outcome, reasons: 'It was looked at again.', noConflict: true });
    const officer = await as('monitoring.officer');
    expectOk(await officer.post(`${upheld.path}/review/decision`, decision('upheld')));
    expect(await notified()).toEqual(['review_upheld: scrutiny.member']);
    const late = await lineAt(council, 'ready', { author: 'scrutiny.member' });
    expectOk(await late.decide('refuse'));
    await behindTheApi(council.world.db, async (trx) =>
      trx.raw(
        `insert into reviews (request_id, version, reasons, late_because, asked_by, asked_at)
           select id, version, 'It was named.', 'The notice came late.', ?, ? from requests where reference = ?`,
        [await personId(trx, 'scrutiny.member'), council.clock, late.reference],
      ),
    );
    await notified();
    expectOk(await officer.post(`${late.path}/review/late`, decision('accepted')));
    expect(await notified()).toEqual(['late_review_accepted: scrutiny.member']);
    for (const person of ['monitoring.officer', 'monitoring.officer.deputy'])
      expectOk(
        await (
          await as('democratic.services')
        ).post('/api/conflicts', conflictOf(person, 'other', { reference: remitted.reference })),
      );
    await notified();
    expectOk(
      await (
        await as('democratic.services')
      ).post(`${remitted.path}/review/reviewer`, {
        person: 'auditor@council.example',
        namedBy: 'The Chief Executive',
        authority: 'A decision of 8 January 2027.',
      }),
    );
    expect(await notified()).toEqual(['named_to_act: auditor']);
    expectOk(await (await as('auditor')).post(`${remitted.path}/review/decision`, decision('remitted')));
    expect(await notified()).toEqual([
      `request_remitted: ${`${offices} scrutiny.member`.split(' ').toSorted().join(' ')}`,
    ]);
    const order = { body: 'The Family Court', date: londonDate(council.clock), minute: 'Case 17' };
    expectOk(await officer.post(`${upheld.path}/direction`, { ...order, effect: 'order' }));
    expect(await notified()).toEqual(['order_recorded: scrutiny.member', `order_to_carry_out: ${offices}`]);
  });

  test('a meeting of the offices: each other office that is named as present', async () => {
    const discussed = await Line.submitted(council);
    await notified();
    const present = ['childrens_services', 'democratic_services', 'legal'];
    const meeting = { date: londonDate(council.clock), present, note: 'We met.' };
    expectOk(await (await as('legal')).post(`${discussed.path}/discussion`, { version: 1, meeting }));
    const told = await notified();
    expect(told).toEqual([
      expect.stringMatching(/^meeting_to_confirm: childrens\.services .*democratic\.services/u),
    ]);
    expect(told[0]).not.toContain('legal');
  });

  test('a conflict of interest: the person and the Monitoring Officer; who settles it and who recorded it; then all of them', async () => {
    const { reference } = await Line.submitted(council);
    await notified();
    const keeper = await as('democratic.services');
    const record = async (person: Account, kind: string) =>
      expectOk(await keeper.post('/api/conflicts', conflictOf(person, kind, { reference }))).body
        .id as string;
    const complaint = await record('legal.second', 'complaint');
    expect(await notified()).toEqual(['conflict_recorded: legal.second monitoring.officer']);
    const of = (id: string, act: string) => `/api/conflicts/${id}/${act}`;
    expectOk(await (await as('legal.second')).post(of(complaint, 'contest'), { reasons: reason }));
    expect(await notified()).toEqual(['conflict_contested: democratic.services monitoring.officer']);
    const officer = await as('monitoring.officer');
    expectOk(await officer.post(of(complaint, 'settle'), { outcome: 'upheld', reasons: reason }));
    expect(await notified()).toEqual(['conflict_settled: democratic.services legal.second']);
    expectOk(await officer.post(of(complaint, 'end'), { reasons: reason }));
    expect(await notified()).toEqual(['conflict_ended: democratic.services legal.second']);

    // One against the Monitoring Officer is settled by Democratic Services, for the Chief Executive.
    const against = await record('monitoring.officer', 'complaint');
    expect(await notified()).toEqual(['conflict_recorded: monitoring.officer']);
    expectOk(await officer.post(of(against, 'contest'), { reasons: reason }));
    expect(await notified()).toEqual([`conflict_contested: ${democratic} two.offices`]);
    const cited = { reasons: reason, authority: chiefExecutive };
    expectOk(await keeper.post(of(against, 'settle'), { outcome: 'ended', ...cited }));
    expect(await notified()).toEqual(['conflict_settled: monitoring.officer']);
  });

  test('a slip: a second person of the office; who proposed it, if it is refused; the people who read the original, once it is confirmed', async () => {
    const decided = await Line.approved(council);
    await notified();
    const propose = async (by: Account, kind: string, id: string) => {
      const of = { kind, id: `${decided.reference}/${id}`, field: 'reasons' };
      const proposal = { of, corrected: `${reason} So it is needed.`, reasons: 'A sentence was left out.' };
      const made = await (await as(by)).post('/api/corrections', proposal);
      return `/api/corrections/${expectOk(made).body.id}`;
    };
    const wrong = await propose('legal', 'decision', '1');
    expect(await notified()).toEqual(['correction_to_confirm: legal.second two.offices']);
    const second = await as('legal.second');
    expectOk(await second.post(`${wrong}/refuse`, { reasons: 'It is no slip.' }));
    expect(await notified()).toEqual(['correction_refused: legal']);
    const right = await propose('legal', 'decision', '1');
    await notified();
    expectOk(await second.post(`${right}/confirm`));
    expect(await notified()).toEqual([
      `record_corrected: ${[...without(offices, 'legal.second').split(' '), author].toSorted().join(' ')}`,
    ]);
    // Of a sign-off the councillor reads nothing, and hears nothing.
    const ofSignOff = await propose('democratic.services', 'sign_off', '1/democratic_services');
    expect(await notified()).toEqual(['correction_to_confirm: democratic.services.second two.offices']);
    expectOk(await (await as('democratic.services.second')).post(`${ofSignOff}/confirm`));
    expect(await notified()).toEqual([`record_corrected: ${without(offices, 'democratic.services.second')}`]);
  });

  test('a subject access request: the person whose data it is, and Data Protection but for the one who acted', async () => {
    await secondOfDataProtection(council);
    const { councillorId } = await as('coopted.member');
    const access = await Access.recorded(council, councillorId, londonDate(council.clock));
    expect(await notified()).toEqual(['access_recorded: auditor coopted.member']);
    expectOk(await access.post('extend', { reasons: 'It covers nine years.' }));
    expect(await notified()).toEqual(['access_extended: auditor coopted.member']);
    await access.markAll();
    expect(await notified()).toEqual([]);
    await access.released('auditor');
    expect(await notified()).toEqual(['access_released: coopted.member data.protection']);
  });

  test('a requirement of Internal Audit: who confirms it; the auditor, and both offices but for the one who acted', async () => {
    const today = londonDate(council.clock);
    const services = await as('democratic.services');
    const { id } = expectOk(
      await services.post('/api/audit-requirements', {
        auditor: 'auditor@council.example',
        references: [(await Line.submitted(council)).reference],
        from: today,
        until: today,
        reasons: 'The audit of decisions, letter 7.',
      }),
    ).body;
    const others = 'democratic.services.second monitoring.officer two.offices';
    expect(await notified()).toContain(`requirement_waits: ${others}`);
    const officer = await as('monitoring.officer');
    expectOk(await officer.post(`/api/audit-requirements/${id}/confirm`));
    const rest = 'auditor democratic.services democratic.services.second two.offices';
    expect(await notified()).toEqual([`requirement_stands: ${rest}`]);
    expectOk(await officer.post(`/api/audit-requirements/${id}/end`, { reasons: 'The audit is done.' }));
    expect(await notified()).toEqual([`requirement_ended: ${rest}`]);
  });

  test('no kind of notice is left out of these steps', () => {
    // The jobs send the notices that only time brings: test/server/jobs.
    const byTime = [
      'request_unanswered',
      'request_overtaken',
      'request_closed_by_time',
      'digest',
      'checkpoint_daily',
    ];
    // A correction of the register finds that a grant ended all the same: test/server/correction/register.
    const ofRegister = ['lapse_stands'];
    // Those about accounts and offices belong to no request: test/server/account, office and people.
    const aboutAccounts = noticeKinds.filter((kind) =>
      /^(account|address|codes|office|passkey|password|register|sign_in|host_left|stand_in_left|tokens)/.test(
        kind,
      ),
    );
    expect([...everTold, ...byTime, ...ofRegister, ...aboutAccounts].toSorted()).toEqual(
      [...noticeKinds].toSorted(),
    );
  });
});

describe('typed text', () => {
  test('is in no mail, neither in its headers nor its text, and in no log line of the sender', async () => {
    const server = await mail();
    const courier = courierTo(server);
    await courier.deliver();
    const earlier = server.received.length;

    const typed: string[] = [];
    const canary = (field: string): string => {
      const word = `canary${field}zz`;
      typed.push(word);
      return `${word} is what somebody typed here, in a field of its own.`;
    };
    const line = await Line.drafted(council, {
      observationType: 'document_inspection',
      authority: { kind: 'work_programme', citation: canary('citation') },
      necessity: `${canary('necessity')} ${necessity}`,
      alternatives: canary('alternatives'),
      papers: [{ category: canary('paper'), from: '2026-01-01', to: '2026-02-01' }],
    });
    const { version } = line;
    const [author, cs, lawyer] = [
      await council.as('scrutiny.chair'),
      await council.as('childrens.services'),
      await council.as('legal'),
    ];
    expectOk(await author.post(`${line.path}/submit`, { version }));
    expectOk(await lawyer.post(`${line.path}/return`, { version, questions: canary('questions') }));
    expectOk(await author.post(`${line.path}/submit`, { version }));
    await line.answerAll({
      necessity: { answer: 'duty', reason: canary('answer') },
      legal_bars: { answer: [{ bar: 'court_order', lawfulRoute: canary('route') }] },
    });
    expectOk(await line.right('none'));
    await line.discuss();
    expectOk(await line.speak('legal', canary('advice'), { privileged: true }));
    const conditions = [canary('condition')];
    expectOk(await line.sign('childrens_services', { reasons: canary('seat'), conditions }));
    expectOk(
      await cs.post(`${line.path}/sign-offs/childrens_services/withdraw`, {
        version,
        reasons: canary('back'),
      }),
    );
    expectOk(await line.sign('childrens_services', { reasons: canary('again') }));
    expectOk(await line.sign('democratic_services', { reasons: canary('other') }));
    expectOk(await line.answer('scope', { answer: 'specific', reason: canary('changed') }));
    expectOk(await line.edit({ alternatives: canary('edited') }));
    await line.answerAll({ legal_bars: answerInOrder('legal_bars', line.type) });
    expectOk(await line.right('none'));
    await line.discuss();
    expectOk(await line.sign('childrens_services', { reasons: canary('third') }));
    expectOk(await line.sign('democratic_services', { reasons: canary('fourth') }));
    expectOk(await line.decide('approve', { reasons: canary('decision'), conditions: [canary('last')] }));
    expectOk(
      await (
        await council.as('democratic.services')
      ).post('/api/deputies', {
        office: 'childrens_services',
        deputy: 'auditor@council.example',
        from: londonDate(council.clock),
        to: addDays(londonDate(council.clock), 3),
        authority: canary('authority'),
      }),
    );
    await courier.deliver();
    await courier.stop(0);

    const sent = server.received.slice(earlier);
    expect(sent.length).toBeGreaterThan(40);
    const all = sent.map((each) => `${each.raw}\n${decoded(each)}`).join('\n');
    expect(all).toContain(line.reference);
    // The decoding works: it also finds words that were put there to be found.
    expect(all).toContain('Children’s Services');
    for (const word of typed) {
      expect({ word, isIn: all.toLowerCase().includes(word) }).toEqual({ word, isIn: false });
      expect({ word, isIn: council.lines.join('').includes(word) }).toEqual({ word, isIn: false });
    }
    // Nor the type, the window, or any name but the address it goes to.
    expect(all).not.toMatch(/inspection|\(demonstration\)|Scrutiny Chair/i);
    for (const { headers, to } of sent) {
      expect(
        [...headers.values()]
          .join('\n')
          .match(/[\w.-]+@council\.example/g)
          ?.toSorted(),
      ).toEqual([headers.get('message-id')?.slice(1, -1) ?? '', from, to].toSorted());
    }
    expect(council.lines.join('')).not.toMatch(/@council\.example/);
  }, 60_000);
});

describe('a slow mail server', () => {
  test.each([
    ['that holds back its greeting', 'greet'],
    ['that holds back its answer to a message', 'answer'],
  ] as const)('%s slows nobody: the service answers many times and it not once', async (_what, step) => {
    let arrived: () => void = () => {};
    let release: () => void = () => {};
    const arrival = new Promise<void>((resolve) => (arrived = resolve));
    const held = new Promise<void>((resolve) => (release = resolve));
    const server = await mail({
      [step]: () => {
        arrived();
        return held;
      },
    });
    const courier = courierTo(server);
    const line = await Line.submitted(council);
    courier.nudge();
    await arrival;

    const times = isLong ? 24 : 6;
    const statuses: number[] = [];
    const count = async (account: Account) => {
      const client = await council.as(account);
      for (let asked = 0; asked < times; asked += 1) statuses.push((await client.get(line.path)).status);
    };
    await Promise.all(['scrutiny.chair', 'childrens.services', 'legal.second', 'host'].map(count));
    // And changes that write messages of their own.
    for (let many = 0; many < times / 6; many += 1) await Line.submitted(council);
    expect(statuses.filter((status) => status === 200)).toHaveLength(4 * times);
    expect(server.received).toEqual([]);

    release();
    // Past any pause, should this machine have been slower than the courier's patience.
    council.clock = new Date(council.clock.getTime() + 5 * 60_000);
    await courier.deliver();
    await courier.stop(0);
    const left = await council.world.db('messages').whereNull('sent_at').whereNull('failed_at');
    expect(left).toEqual([]);
    const keys = server.received.map(({ headers }) => headers.get('x-idempotency-key'));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
