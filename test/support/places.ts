import { currentEdition } from '../../db/audit/edition.js';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import { visitChecks } from '../../policies/visit/visit.js';
import { paths } from '../../server/web/paths.js';
import { conflictOf } from './conflicts.js';
import type { Account, Council } from './council.js';
import { attendedVisit, granted, plannedVisit } from './granted.js';
import { appointmentOf, expectOk, Line } from './line.js';
import { behindTheApi, lineAt, personId } from './people.js';
import { keyInUse } from './phone.js';
import { VisitWalk } from './visiting.js';

/** Refused, and a review of it asked for. */
const inReview = async (council: Council): Promise<Line> => {
  const line = await lineAt(council, 'ready');
  await line.decide('refuse');
  const chair = await council.as('scrutiny.chair');
  await chair.post(`${line.path}/review`, { reasons: 'The decision does not speak of the review.' });
  return line;
};

/** A meeting that Legal have recorded, and that Children’s Services have still to confirm. */
const meetingOf = async (council: Council, line: Line): Promise<string> => {
  const legal = await council.as('legal');
  const meeting = {
    date: londonDate(council.clock),
    present: ['childrens_services', 'democratic_services', 'legal'],
    note: 'We met.',
  };
  expectOk(await legal.post(`${line.path}/discussion`, { version: 1, meeting }));
  const { body } = await legal.get(`${line.path}/discussion`);
  return body.items.at(-1).id as string;
};

const conflicted = async (council: Council, { reference }: Line, ...people: Account[]): Promise<void> => {
  const services = await council.as('democratic.services');
  for (const each of people) {
    await services.post('/api/conflicts', conflictOf(each, 'relation', { reference }));
  }
};

/** A grant that incidents froze, the councillor told of one what is alleged, and a condition to be marked. */
const frozen = async (council: Council) => {
  const conditions = [{ text: 'The staff are told beforehand.', owner: 'host', before: 'attendance' }];
  const grant = await granted(council, { author: 'scrutiny.member', conditions });
  const host = await council.as('host');
  const report = {
    what: 'outside_scope',
    causedBy: 'councillor',
    text: 'The councillor stayed in the room after the closed part had begun.',
    happenedAt: council.clock.toISOString(),
  };
  const held = await host.post('/api/incidents', { ...report, grant: grant.id });
  const free = await host.post('/api/incidents', { ...report, causedBy: 'other', grant: grant.id });
  const alleged = await host.post('/api/incidents', { ...report, grant: grant.id });
  const protection = await council.as('data.protection');
  await protection.post(`/api/incidents/${alleged.body.id}/hearing`, {
    gist: 'You are said to have stayed.',
  });
  return {
    grant,
    held: held.body.id as string,
    free: free.body.id as string,
    alleged: alleged.body.id as string,
  };
};

/** A programme with something that is drafted for every member. */
const programmeOf = async (council: Council): Promise<string> => {
  const today = londonDate(council.clock);
  const services = await council.as('democratic.services');
  const { body } = await services.post('/api/programmes', {
    title: 'How we protect',
    observationTypes: ['assessment_team', 'core_group'],
    window: { from: today, to: addDays(today, 30) },
    places: 3,
    draftAnswers: { necessity: { answer: 'duty', reason: 'The committee reviews it this year.' } },
  });
  return body.id as string;
};

/** A grant with one visit that is planned, one of today, and one that was recorded, with a question put after it. */
const visited = async (council: Council) => {
  const today = londonDate(council.clock);
  const grant = await granted(council, {
    changes: { observationType: 'core_group', events: 3, window: { from: today, to: addDays(today, 30) } },
    conditions: [{ text: 'A short note is written afterwards.', owner: 'host', before: 'closing' }],
  });
  const planned = await VisitWalk.planned(council, grant, { type: 'core_group', date: addDays(today, 9) });
  let due = '';
  await planned.check('connection', { answer: 'none' });
  const minutesAgo = (minutes: number) => new Date(council.clock.getTime() - minutes * 60_000);
  const [arrived, left] = [minutesAgo(5), minutesAgo(1)];
  const by = await personId(council.world.db, 'host');
  let recorded = '';
  await behindTheApi(council.world.db, async (trx) => {
    recorded = await plannedVisit(trx, grant.id, { date: londonDate(arrived), at: minutesAgo(9), by });
    due = await plannedVisit(trx, grant.id, { date: today, at: minutesAgo(9), by });
    const at = council.clock;
    await attendedVisit(
      trx,
      { grantId: grant.id, visitId: recorded },
      { arrived, left, authorised: false, at, by },
    );
  });
  const chair = await council.as('scrutiny.chair');
  const { body } = await chair.post(`/api/visits/${recorded}/questions`, {
    kind: 'challenge',
    text: 'Why was the health partner not there?',
  });
  const [question] = body.questions as { id: string }[];
  return { grant: grant.id, planned: planned.id, due, recorded, question: question?.id ?? '' };
};

/** A hold that stands, one that was lifted, and a proposal to dispose of the entry of somebody long gone. */
const kept = async (council: Council, reference: string) => {
  const [legal, keeper] = [await council.as('legal'), await council.as('democratic.services')];
  const reasons = 'A claim was announced, and this may be asked for.';
  const place = async (on: object) => (await legal.post('/api/holds', { ...on, reasons })).body.id as string;
  await legal.post(`/api/holds/${await place({ reference })}/lift`, { reasons: 'The claim was settled.' });
  const gone = await keeper.post('/api/councillors', {
    name: 'Long Gone (demonstration)',
    standing: 'former',
    term: { from: '2010-05-10', to: '2014-05-26' },
  });
  const { body } = await keeper.post('/api/disposals', { target: 'councillor', councillor: gone.body.id });
  const { body: reported } = await legal.post('/api/redactions', {
    of: { kind: 'request', id: `${reference}/1`, field: 'content.alternatives' },
    reasons: 'It says where somebody lives.',
  });
  const { body: slip } = await legal.post('/api/corrections', {
    of: { kind: 'decision', id: `${reference}/1`, field: 'reasons' },
    corrected: 'The duty is one of the committee.',
    reasons: 'A word is missing.',
  });
  return {
    hold: await place({ reference }),
    proposed: body.id as string,
    reported: reported.id as string,
    slip: slip.id as string,
  };
};

/** An access request that is weighed, and the file of another that a second person released. */
const accessOf = async (council: Council) => {
  const protection = await council.as('data.protection');
  const asked = async (councillor: string): Promise<string> =>
    expectOk(
      await protection.post('/api/access-requests', {
        councillor,
        receivedOn: londonDate(council.clock),
        by: 'The councillor',
        identityChecked: true,
      }),
    ).body.id;
  const open = await asked((await council.as('scrutiny.chair')).councillorId);
  const councillor = (await council.as('coopted.member')).councillorId;
  const released = await asked(councillor);
  const { body } = await protection.get(`/api/access-requests/${open}`);
  const [{ id: passage }] = body.passages as [{ id: string }];
  const weighed = { marked_by: protection.id, marked_at: council.clock };
  await behindTheApi(council.world.db, async (trx) => {
    const [second] = await trx('people')
      .insert({ name: 'Second (demonstration)', email: 'second.protection@borough.example' })
      .returning('id');
    const id = second?.id ?? '';
    await trx('offices_held').insert({ person_id: id, office: 'data_protection', capacity: 'authorised' });
    const of = { access_request_id: released, councillor_id: councillor, ...weighed };
    await trx('access_passages').insert([
      { ...of, place: 0, kind: 'training', facts: { kind: 'dbs' }, mark: 'disclose' },
      {
        ...of,
        place: 1,
        kind: 'incidents',
        field: 'text',
        mark: 'redact',
        exemption: 'rights_of_others',
        instead: 'It was reported.',
      },
    ]);
    await trx('access_requests')
      .where({ id: released })
      .update({ released_at: council.clock, released_by: id, released_capacity: 'authorised' });
  });
  return { open, released, passage };
};

/** A deadline that was moved, a job that failed, a message that was given up and one that is tried again. */
const timeGoneBy = async (council: Council): Promise<void> => {
  const services = await council.as('democratic.services');
  const { body } = await services.get('/api/settings');
  await services.patch('/api/settings', {
    revision: body.revision,
    periods: { decide: 11 },
    types: { core_group: { label: 'Core group meeting' } },
  });
  const { db } = council.world;
  const run = { started_at: council.clock, finished_at: council.clock, done: 3 };
  await db('runtime.job_runs').insert([
    { job: 'reminders', ...run },
    { job: 'escalations', ...run, failed_at: council.clock, fault: 'error:57014', failures: 2 },
  ]);
  const [lost, waiting]: { id: string }[] = await db('messages').orderBy('created_at').limit(2).select('id');
  await behindTheApi(db, async (trx) => {
    await trx('messages')
      .where({ id: lost?.id ?? '' })
      .update({ failed_at: council.clock, last_error: 'refused:EENVELOPE', attempts: 14, sent_at: null });
  });
  await db('runtime.deliveries')
    .insert({
      message_id: waiting?.id ?? '',
      attempts: 2,
      next_attempt_at: council.clock,
      last_error: 'unreachable:ESOCKET',
    })
    .onConflict('message_id')
    .merge();
};

/** Somebody with an office that waits for a second person, somebody who is suspended, two who have lost their phone, and one whose address changes. */
const accountsOf = async (council: Council) => {
  const administrator = await council.as('administrator');
  const add = async (login: string) => {
    const body = { name: `${login} (demonstration)`, email: `${login.toLowerCase()}@borough.example` };
    return (await administrator.post('/api/people', body)).body.id as string;
  };
  const [waits, gone] = [await add('Waiting'), await add('Leaver')];
  const [phoneless, lost, moving] = [await add('Phoneless'), await add('Lost'), await add('Moving')];
  await behindTheApi(council.world.db, async (trx) => {
    for (const person of [phoneless, lost]) await keyInUse(trx, person, council.clock);
  });
  const reasons = 'They came to the desk, and showed their pass.';
  expectOk(await administrator.post(`/api/people/${lost}/codes/removal`, { reasons }));
  const office = { office: 'host', capacity: 'principal', from: londonDate(council.clock) };
  const { body } = await administrator.post(`/api/people/${waits}/offices`, office);
  const [{ id: holding }] = body.offices as [{ id: string }];
  expectOk(await administrator.post(`/api/people/${moving}/offices`, office));
  const moved = { email: 'moved@borough.example', reasons };
  expectOk(await administrator.post(`/api/people/${moving}/address`, moved));
  await administrator.post(`/api/people/${gone}/suspend`, { reasons: 'They have left the council.' });
  return {
    kept: [
      paths.people,
      `${paths.people}?show=waiting`,
      paths.newPerson,
      paths.person(waits),
      paths.person(gone),
      paths.changePerson(waits),
      paths.giveOffice(waits),
      paths.endOffice(waits, holding),
      paths.invite(waits),
      paths.suspend(waits),
      paths.restore(gone),
      paths.signOutPerson(waits),
      paths.person(lost),
      paths.askCodesRemoval(phoneless),
      paths.withdrawCodesRemoval(lost),
      paths.person(moving),
      paths.askAddressChange(waits),
      paths.withdrawAddressChange(moving),
    ],
    confirms: [
      paths.people,
      paths.person(waits),
      paths.confirmOffice(waits, holding),
      paths.confirmCodesRemoval(lost),
      paths.confirmAddressChange(moving),
    ],
  };
};

/** A requirement of Internal Audit that waits for a second person. */
const requirementOf = async (council: Council, reference: string): Promise<string> => {
  const today = londonDate(council.clock);
  const body = { auditor: 'auditor@council.example', references: [reference], from: today, until: today };
  const services = await council.as('democratic.services');
  const reasons = 'The audit of decisions, letter 7.';
  return expectOk(await services.post('/api/audit-requirements', { ...body, reasons })).body.id;
};

/** A token of Democratic Services for a program. */
const tokenOf = async (council: Council): Promise<string> => {
  const expires = addDays(londonDate(council.clock), 30);
  const body = { name: 'The committee system', scope: 'register.import', expires };
  return expectOk(await (await council.as('democratic.services')).post('/api/tokens', body)).body.id;
};

/** Every page that a person of that office may open, with whatever it needs. */
export const placesOf = async (
  council: Council,
): Promise<readonly (readonly [Account, readonly string[]])[]> => {
  const people = await accountsOf(council);
  const token = await tokenOf(council);
  const draft = await Line.drafted(council);
  const open = await Line.assessed(council, {}, { legal_bars: { answer: [{ bar: 'lado' }] } });
  await open.discuss();
  const ready = await Line.readyForLegal(council);
  const refused = await Line.assessed(council, {}, { scope: { answer: 'open_ended' } });
  await refused.decide('refuse', { grounds: ['roving_commission'] });
  const reviewed = await inReview(council);
  const told = await Line.assessed(council, {}, { collateral_purpose: { answer: 'yes' } });
  await (await council.as('legal')).post(`${told.path}/hearing`, { gist: 'A letter says otherwise.' });
  const nobodyFree = await inReview(council);
  await conflicted(council, nobodyFree, 'monitoring.officer', 'monitoring.officer.deputy');
  const { body: contested } = await (
    await council.as('democratic.services')
  ).post('/api/conflicts', conflictOf('legal', 'other', { reference: nobodyFree.reference }));
  const conflict = contested.id as string;
  await (
    await council.as('legal')
  ).post(`/api/conflicts/${conflict}/contest`, { reasons: 'It is of another person.' });
  const approved = await Line.approved(council);
  const requirement = await requirementOf(council, approved.reference);
  const papers = await Line.drafted(council, { observationType: 'document_inspection' });
  const inspected = await Line.submitted(council, { observationType: 'document_inspection' });
  const journey = await Line.submitted(council, { observationType: 'childs_journey' });
  expectOk(
    await journey.answer('legal_bars', {
      answer: [{ bar: 'proceedings', lawfulRoute: 'Leave of the court.' }],
    }),
  );
  await inspected.right('s100F', londonDate(council.clock));
  const denied = await Line.submitted(council, {
    observationType: 'document_inspection',
    claimedRight: 'reg17',
  });
  await denied.right('none');
  await denied.confirmRight({ delegation: 'Delegation 7 of the executive' });
  const rightReviewed = await Line.submitted(council, {
    observationType: 'document_inspection',
    claimedRight: 'reg17',
  });
  await rightReviewed.right('none');
  await rightReviewed.confirmRight({ delegation: 'Delegation 7 of the executive' });
  await (
    await council.as('scrutiny.chair')
  ).post(`${rightReviewed.path}/statutory-right/review`, {
    version: 1,
    reasons: 'The right exists.',
  });
  const programme = await programmeOf(council);
  const returned = await Line.submitted(council);
  const legal = await council.as('legal');
  await legal.post(`${returned.path}/return`, { version: 1, questions: 'Which duty is it?' });
  const { grant, held, free, alleged } = await frozen(council);
  await timeGoneBy(council);
  await council.place();
  const visit = await visited(council);
  const access = await accessOf(council);
  const { hold, proposed, reported, slip } = await kept(council, refused.reference);
  const { id: unused } = (await approved.read('host')).body.grant as { id: string };
  const { reference } = open;
  const meeting = await meetingOf(council, open);
  const chair = await council.as('scrutiny.chair');
  const member = chair.councillorId;
  const appointment = await appointmentOf(chair);
  const steps = ['type', 'role', 'authority', 'necessity', 'alternatives', 'window', 'declarations'];
  return [
    [
      'scrutiny.chair',
      [
        paths.rightReview(denied.reference),
        paths.request(denied.reference),
        paths.requests,
        paths.newRequest,
        paths.ask(papers.reference, 'papers'),
        paths.check(returned.reference),
        paths.check(papers.reference),
        paths.withdraw(reference),
        ...steps.map((step) => paths.ask(draft.reference, step)),
        paths.check(draft.reference),
        paths.withdraw(draft.reference),
        paths.request(reference),
        paths.check(reference),
        paths.submitted(ready.reference),
        paths.notice(refused.reference),
        paths.answerGist(told.reference),
        paths.request(told.reference),
        paths.review(refused.reference),
        paths.request(reviewed.reference),
        paths.notice(approved.reference),
        paths.programmes,
        paths.programme(programme),
        paths.request(inspected.reference),
        paths.councillor(member),
        paths.protocol,
        paths.leaflets,
        paths.leaflet('families'),
        paths.trail,
        paths.visits,
        paths.grant(visit.grant),
        paths.visit(visit.recorded),
        paths.confirm(visit.recorded),
        paths.putQuestion(visit.recorded),
      ],
    ],
    [
      'childrens.services',
      [
        paths.visit(visit.recorded),
        paths.respond(visit.question),
        paths.requests,
        `${paths.requests}?status=approved`,
        paths.request(reference),
        paths.test(reference),
        paths.question(reference, 'agreements'),
        paths.question(reference, 'alternatives'),
        paths.question(reference, 'connection'),
        paths.host(reference),
        paths.return(reference),
        paths.sign(reference, 'childrens_services'),
        paths.withdrawSignOff(ready.reference, 'childrens_services'),
        paths.discussion(reference),
        paths.meeting(reference),
        paths.confirmMeeting(reference, meeting),
        paths.releases(inspected.reference),
        paths.standby,
        paths.absence,
        paths.newConflict,
      ],
    ],
    [
      'legal',
      [
        paths.contestConflict(conflict),
        paths.statutoryRight(inspected.reference),
        paths.request(denied.reference),
        paths.rightStatement(denied.reference),
        paths.programme(programme),
        paths.question(reference, 'legal_bars'),
        paths.question(reference, 'necessity'),
        paths.tellGist(reference),
        paths.question(reference, 'lawful_basis'),
        paths.carryOut(reference),
        paths.decide(reference),
        paths.decide(ready.reference),
        paths.request(refused.reference),
        paths.test(refused.reference),
        paths.corrections,
        `${paths.newCorrection}?kind=decision&id=${refused.reference}/1&field=reasons`,
        paths.confirmCorrection(slip),
        paths.refuseCorrection(slip),
        paths.withdrawCorrection(slip),
      ],
    ],
    [
      'democratic.services',
      [
        paths.confirmRight(inspected.reference),
        paths.councillors,
        paths.newCouncillor,
        paths.importCouncillors,
        paths.inviteMembers,
        paths.tokens,
        paths.newToken,
        paths.revokeToken(token),
        paths.councillor(member),
        paths.changeCouncillor(member),
        paths.defeat(member),
        paths.appoint(member),
        paths.endAppointment(member, appointment),
        paths.training(member),
        paths.departed(member),
        paths.newProtocol,
        paths.newLeaflet('families'),
        paths.newProgramme,
        paths.disclosures,
        paths.retention,
        paths.holds,
        paths.disposals,
        paths.disposal(proposed),
        paths.withdrawDisposal(proposed),
        paths.nameReviewer(nobodyFree.reference),
        paths.test(journey.reference),
        paths.liftRule(journey.reference, 'legal_bars'),
        paths.question(reference, 'prerequisites'),
        paths.question(reference, 'standing'),
        paths.sign(reference, 'democratic_services'),
        paths.deputy,
        paths.delegation,
        paths.absence,
        paths.newConflict,
        paths.conflicts,
        paths.conflict(conflict),
        paths.endConflict(conflict),
        paths.auditRequirements,
        paths.newAuditRequirement,
        paths.auditRequirement(requirement),
        paths.endAuditRequirement(requirement),
        paths.standby,
        `${paths.standby}?done=absence`,
        `${paths.trail}?subject=nonsense`,
        paths.mailbox,
        paths.settings,
        `${paths.settings}?done=deadlines`,
        paths.deadlineSettings,
        paths.retentionSettings,
        paths.nameSettings,
        paths.adoptedSettings,
        paths.governanceSettings,
        paths.barSettings,
        paths.caseSettings,
        paths.typeSetting('core_group'),
        paths.typeSetting('childs_journey'),
        paths.calendarSettings,
        paths.importHolidays,
        paths.checkHolidays,
        paths.operations,
        `${paths.operations}?done=sent`,
        paths.reminderWishes,
        paths.trail,
        `${paths.trail}?subject=${reference}`,
        paths.trailEntry(3),
        paths.edition(currentEdition.code),
        paths.checkpoint,
        paths.evidence,
        paths.request('OBS-2026-9999'),
      ],
    ],
    [
      'monitoring.officer',
      [
        paths.rightReviewDecision(rightReviewed.reference),
        paths.request(reviewed.reference),
        paths.reviewDecision(reviewed.reference),
        paths.lateReview(reviewed.reference),
        paths.remitUnasked(refused.reference),
        paths.direction(refused.reference),
        paths.findings,
        paths.newFinding(member),
        paths.settleConflict(conflict),
        paths.endConflict(conflict),
        paths.confirmAuditRequirement(requirement),
        ...people.confirms,
      ],
    ],
    ['scrutiny.member', [paths.incidents, paths.incident(held), paths.answerAllegation(alleged)]],
    [
      'host',
      [
        paths.visits,
        paths.grant(visit.grant),
        paths.planVisit(unused),
        paths.visit(visit.planned),
        paths.moveVisit(visit.planned),
        paths.cancelVisit(visit.planned),
        ...visitChecks.map((check) => paths.checkVisit(visit.planned, check)),
        paths.attendance(visit.due),
        paths.requests,
        paths.request(approved.reference),
        paths.condition(grant.id, grant.conditions[0] ?? ''),
        paths.newIncident,
        `${paths.newIncident}?grant=${grant.id}`,
        paths.addCase(held),
      ],
    ],
    [
      'auditor',
      [
        paths.request(approved.reference),
        paths.notice(refused.reference),
        paths.trail,
        paths.visits,
        paths.grant(visit.grant),
        paths.visit(visit.recorded),
      ],
    ],
    [
      'data.protection',
      [
        paths.incidents,
        paths.incident(held),
        paths.incident(free),
        paths.tellAllegation(held),
        paths.assessBreach(held),
        paths.closeIncident(held),
        paths.closeIncident(free),
        paths.confirmFreeze(grant.id),
        paths.release(grant.id),
        paths.revoke(grant.id),
        paths.disclosures,
        paths.retention,
        paths.redactions,
        `${paths.reportText}?kind=sign_off&id=${refused.reference}/1/legal&field=reasons`,
        paths.confirmRedaction(reported),
        paths.putBack(reported),
        `${paths.holds}?show=all`,
        paths.newHold,
        paths.liftHold(hold),
        paths.disposal(proposed),
        paths.confirmDisposal(proposed),
        paths.accessRequests,
        paths.newAccess,
        paths.access(access.open),
        paths.markPassage(access.open, access.passage),
        paths.takeOver(access.open, 'requests'),
        paths.extendAccess(access.open),
        paths.releaseAccess(access.open),
        paths.accessFile(access.released),
        paths.newIncident,
        paths.request(approved.reference),
        paths.notice(approved.reference),
      ],
    ],
    [
      'administrator',
      [
        paths.setUp,
        paths.leavers,
        paths.requests,
        paths.operations,
        paths.settings,
        paths.reminderWishes,
        paths.sessions,
        paths.ownPassword,
        paths.ownCalendar,
        paths.prove,
        paths.codes,
        paths.passkeys,
        paths.setUpCodes,
        paths.recoveryCodes,
        paths.account,
        paths.tokens,
        ...people.kept,
      ],
    ],
  ];
};
