/** Each command on a request, by the API and on its page, on requests that have what makes it write the most. */
import { questionKeys } from '../../../../policies/need-to-know/questions.js';
import { paths } from '../../../../server/web/paths.js';
import { conflictOf } from '../../../support/conflicts.js';
import { expectOk, complete, Line, necessity, reason, rightBody } from '../../../support/line.js';
import { answers, fieldsOf, inOrder } from '../../../support/officers.js';
import { answerInOrder } from '../../../support/line.js';
import { behindTheApi, lineAt, personId } from '../../../support/people.js';
import { shown, type Walk } from './walk.js';

const chair = 'scrutiny.chair';
const refused = {
  version: 1,
  outcome: 'refuse',
  reasons: reason,
  grounds: ['no_remit_link'],
  noConflict: true,
};
const agreed = { version: 1, outcome: 'agree', reasons: reason, noConflict: true };
const review = 'The decision does not speak of the review of conferences.';
const conditions = [
  { text: 'The staff are told beforehand.', owner: 'host', before: 'attendance' },
  { text: 'A short note is written afterwards.', owner: 'host', before: 'closing' },
];

/** Asked for, corrected, handed in, sent back and taken back. */
export const ask = async ({ council, post, put, patch, fill, reader, dated }: Walk): Promise<void> => {
  const content = await complete(council, await council.as(chair));
  const { body } = await post(chair, '/api/requests', content);
  const path = `/api/requests/${body.reference}`;
  const { version } = (await patch(chair, path, { version: 1, events: 2 })).body;
  await post(chair, `${path}/submit`, { version });
  await put('childrens.services', `${path}/host`, {
    version,
    host: 'host@council.example',
    manager: 'host.line.manager@council.example',
  });
  await post('legal', `${path}/return`, { version, questions: 'Which duty is it?' });
  await post(chair, `${path}/submit`, { version });
  await post(chair, `${path}/withdraw`, { version });

  const asking = await reader(chair);
  const begun = await fill(chair, paths.newRequest);
  const reference = begun.path.split('/')[2] ?? '';
  const role = shown(await asking.open(paths.ask(reference, 'role'))).form.offers['role']?.[0] ?? '';
  const steps: Readonly<Record<string, Record<string, string>>> = {
    type: { observationType: 'document_inspection' },
    role: { role },
    authority: { authority: 'work_programme', 'authority.citation': 'Minute 42 of the last meeting' },
    necessity: { necessity },
    alternatives: { alternatives: 'A briefing would not show how a decision is reached in the room.' },
    window: { ...dated('window.from', 7), ...dated('window.to', 28), events: '1' },
    declarations: {
      'declarations.collateralPurpose': 'no',
      'declarations.connection': 'none',
      'declarations.documents': 'no',
    },
    papers: {
      'papers.0.category': 'Minutes of the panel',
      ...dated('papers.0.from', -90),
      ...dated('papers.0.to', -30),
    },
  };
  for (const [step, fields] of Object.entries(steps)) await fill(chair, paths.ask(reference, step), fields);
  await fill(chair, paths.check(reference));
  await fill('childrens.services', paths.host(reference), {
    host: 'host@council.example',
    manager: 'host.line.manager@council.example',
  });
  await fill('legal', paths.return(reference), { questions: 'Which duty is it?' });
  await fill(chair, paths.check(reference));
  await fill(chair, paths.withdraw(reference));
};

/** Answered, discussed, signed and decided; changed where two have signed, so that each change ends what they signed. */
export const decide = async ({ council, post, put, patch, fill, dated }: Walk): Promise<void> => {
  const fresh = await lineAt(council, 'submitted');
  for (const key of questionKeys) {
    const given = { version: 1, ...answerInOrder(key, fresh.type) };
    await put(answers(key), `${fresh.path}/assessment/${key}`, given);
  }
  await post('legal', `${fresh.path}/discussion`, { version: 1, text: 'We have looked at this together.' });
  const present = ['childrens_services', 'democratic_services', 'legal'];
  const meeting = { date: council.clock.toISOString().slice(0, 10), present, note: 'We met.' };
  await post('legal', `${fresh.path}/discussion`, { version: 1, meeting });
  const { body: said } = await (await council.as('legal')).get(`${fresh.path}/discussion`);
  const { id } = said.items.at(-1);
  await post('childrens.services', `${fresh.path}/discussion/${id}/confirm`, { version: 1, present: true });
  await fill('democratic.services', paths.confirmMeeting(fresh.reference, id), { present: 'false' });
  const discussed = await lineAt(council, 'discussed');
  for (const office of ['childrens_services', 'democratic_services']) {
    await post(office.replace('_', '.'), `${discussed.path}/sign-offs`, { ...agreed, office, conditions });
  }
  await post('legal', `${discussed.path}/decision`, {
    ...refused,
    outcome: 'approve',
    grounds: [],
    conditions,
  });
  await post('legal', `${(await lineAt(council, 'ready')).path}/decision`, refused);
  const journey = await Line.submitted(council, { observationType: 'childs_journey' });
  const bars = { version: 1, answer: [{ bar: 'proceedings', lawfulRoute: 'Leave of the court.' }] };
  await put('legal', `${journey.path}/assessment/legal_bars`, bars);
  const lifting = { version: 1, question: 'legal_bars', reasons: reason };
  await post('childrens.services', `${journey.path}/lifts`, lifting);
  await post('democratic.services', `${journey.path}/lifts`, { ...lifting, outcome: 'decline' });
  await fill('legal', paths.liftRule(journey.reference, 'legal_bars'), { outcome: 'lift', reasons: reason });
  const taken = await lineAt(council, 'ready');
  const withdrawn = { version: 1, reasons: 'Signed too soon.' };
  await post('democratic.services', `${taken.path}/sign-offs/democratic_services/withdraw`, withdrawn);
  const answered = await lineAt(council, 'ready');
  const connection = { version: 1, answer: 'professional', reason };
  await put('childrens.services', `${answered.path}/assessment/connection`, connection);
  await patch(chair, (await lineAt(council, 'ready')).path, { version: 1, events: 2 });
  await post(chair, `${(await lineAt(council, 'ready')).path}/withdraw`, { version: 1 });

  const other = await lineAt(council, 'submitted');
  for (const key of ['necessity', 'agreements', 'legal_bars'] as const)
    await fill(answers(key), paths.question(other.reference, key), inOrder(key, other));
  await fill('legal', paths.discussion(other.reference), { text: 'We have looked at this together.' });
  await fill('legal', paths.meeting(other.reference), {
    ...dated('meeting.date', 0),
    'meeting.present': 'legal',
    'meeting.note': 'We met.',
  });
  const { reference } = await lineAt(council, 'discussed');
  const signing = {
    reasons: reason,
    noConflict: 'true',
    'conditions.0.text': 'The staff are told beforehand.',
  };
  for (const office of ['childrens_services', 'democratic_services'])
    await fill(office.replace('_', '.'), paths.sign(reference, office), { ...signing, outcome: 'agree' });
  await fill('legal', paths.decide(reference), { ...signing, outcome: 'approve' });
  const ready = await lineAt(council, 'ready');
  const because = { reasons: 'Signed too soon.' };
  await fill('democratic.services', paths.withdrawSignOff(ready.reference, 'democratic_services'), because);
  const changed = fieldsOf({ answer: 'professional', reason });
  await fill(
    'childrens.services',
    paths.question((await lineAt(council, 'ready')).reference, 'connection'),
    changed,
  );
  await fill(chair, paths.withdraw((await lineAt(council, 'ready')).reference));
};

/** A refusal, with a review asked for. */
const inReview = async ({ council }: Walk): Promise<Line> => {
  const line = await lineAt(council, 'ready');
  await line.decide('refuse');
  await (await council.as(chair)).post(`${line.path}/review`, { reasons: review });
  return line;
};

/** A refusal under review where nobody of the office is free to decide it. */
const nobodyFree = async (walk: Walk): Promise<Line> => {
  const line = await inReview(walk);
  for (const each of ['monitoring.officer', 'monitoring.officer.deputy']) {
    const body = conflictOf(each, 'relation', { reference: line.reference });
    await walk.post('democratic.services', '/api/conflicts', body);
  }
  return line;
};

/** A review that was asked for late: written as it would be once the time is over, as the clock stands still here. */
const askedLate = async ({ council }: Walk): Promise<Line> => {
  const line = await lineAt(council, 'ready');
  await line.decide('refuse');
  await behindTheApi(council.world.db, async (trx) =>
    trx.raw(
      `insert into reviews (request_id, version, reasons, late_because, asked_by, asked_at)
         select id, version, ?, ?, ?, ? from requests where reference = ?`,
      [review, review, await personId(trx, chair), council.clock, line.reference],
    ),
  );
  return line;
};

/** Looked at again: asked for, decided, decided by somebody named, directed. */
export const lookAgain = async (walk: Walk): Promise<void> => {
  const { council, post, fill, dated } = walk;
  const line = async () => {
    const ready = await lineAt(council, 'ready');
    await ready.decide('refuse');
    return ready;
  };
  const against = async () =>
    lineAt(council, 'assessed', { answers: { collateral_purpose: { answer: 'yes' } } });
  const told = await against();
  const gist = 'A letter says that there is another purpose.';
  await post('legal', `${told.path}/hearing`, { version: 1, gist });
  await post(chair, `${told.path}/hearing/answer`, { text: 'It is not so.' });
  const toldOnPages = await against();
  await fill('legal', paths.tellGist(toldOnPages.reference), { gist });
  await fill(chair, paths.answerGist(toldOnPages.reference), { text: 'It is not so.' });

  const first = await line();
  await post(chair, `${first.path}/review`, { reasons: review });
  const decided = { reasons: reason, noConflict: true };
  await post('monitoring.officer', `${first.path}/review/decision`, { ...decided, outcome: 'remitted' });
  await post('monitoring.officer', `${(await inReview(walk)).path}/review/decision`, {
    ...decided,
    outcome: 'upheld',
  });
  const named = {
    person: 'auditor@council.example',
    namedBy: 'The Chief Executive',
    authority: 'Scheme, part 3',
  };
  await post('democratic.services', `${(await nobodyFree(walk)).path}/review/reviewer`, named);
  const directed = { body: 'The Standards Committee', minute: 'Minute 7' };
  const date = walk.day(0);
  await post('monitoring.officer', `${(await line()).path}/direction`, {
    ...directed,
    date,
    outcome: 'remitted',
  });

  const lateOnes = [await askedLate(walk), await askedLate(walk)] as const;
  const weighed = { reasons: reason, outcome: 'accepted' };
  await post('monitoring.officer', `${lateOnes[0].path}/review/late`, { ...weighed, noConflict: true });
  await fill('monitoring.officer', paths.lateReview(lateOnes[1].reference), {
    ...weighed,
    noConflict: 'true',
  });
  await post('monitoring.officer', `${(await line()).path}/remittal`, decided);
  await fill('monitoring.officer', paths.remitUnasked((await line()).reference), {
    reasons: reason,
    noConflict: 'true',
  });

  const second = await line();
  await fill(chair, paths.review(second.reference), { reasons: review });
  const outcome = { reasons: reason, noConflict: 'true', outcome: 'remitted' };
  await fill('monitoring.officer', paths.reviewDecision(second.reference), outcome);
  await fill('democratic.services', paths.nameReviewer((await nobodyFree(walk)).reference), named);
  await fill('monitoring.officer', paths.direction((await line()).reference), {
    ...directed,
    effect: 'recommendation',
    givenBy: 'committee',
    ...dated('date', 0),
  });

  const ordered = async () => {
    const each = await line();
    await post('monitoring.officer', `${each.path}/direction`, { ...directed, date, effect: 'order' });
    each.version = 2;
    expectOk(await each.answer('legal_bars', { answer: [] }, 'legal.second'));
    return each;
  };
  const carried = { version: 2, noConflict: true };
  await post('legal.second', `${(await ordered()).path}/direction/carried-out`, carried);
  await fill('legal.second', paths.carryOut((await ordered()).reference), {
    noConflict: 'true',
    ...dated('from', 7),
    ...dated('to', 14),
  });
};

/** A claimed right that does not exist: confirmed, and reviewed by a call and by the pages. */
const denied = async ({ council, post, fill }: Walk): Promise<void> => {
  const of = async () => {
    const line = await Line.submitted(council, {
      observationType: 'document_inspection',
      claimedRight: 'reg17',
    });
    await line.right('none');
    await line.confirmRight({ delegation: 'Delegation 7 of the executive' });
    return line;
  };
  const [line, other] = [await of(), await of()];
  const officer = 'monitoring.officer';
  const reviewing = `${line.path}/statutory-right/review`;
  await post('scrutiny.chair', reviewing, { version: 1, reasons: reason });
  await post(officer, `${reviewing}/decision`, {
    version: 1,
    outcome: 'remitted',
    reasons: reason,
    noConflict: true,
  });
  await fill('scrutiny.chair', paths.rightReview(other.reference), { reasons: reason });
  await fill(officer, paths.rightReviewDecision(other.reference), {
    outcome: 'upheld',
    reasons: reason,
    noConflict: 'true',
  });
};

/** Papers: the right to them, their release and return, and a release that nothing allowed, which is an incident. */
export const inspect = async (walk: Walk): Promise<void> => {
  const { council, post, put, fill, day, dated } = walk;
  const papers = [{ category: 'Audits', from: '2026-01-01', to: '2026-02-01' }];
  const changes = { observationType: 'document_inspection', papers } as const;
  const services = 'childrens.services';
  const at = council.clock.toISOString();

  const line = await Line.submitted(council, changes);
  await put('legal', `${line.path}/statutory-right`, { version: 1, ...rightBody('s100F', day(0), day(0)) });
  const found = { category: 'Audits', finding: 'not_exempt', reasons: reason };
  await post('democratic.services', `${line.path}/statutory-right/confirm`, {
    version: 1,
    findings: [found],
  });
  await line.answer('legal_bars', { answer: [] });
  await post(services, `${line.path}/releases`, { category: 'Audits', at });
  await post(services, `${line.path}/releases`, { category: 'Audits', at, returned: at });
  const approved = await lineAt(council, 'ready', { changes });
  await approved.decide('approve');
  await post(services, `${approved.path}/releases`, { category: 'Audits', at });

  const other = await Line.submitted(council, changes);
  await fill('legal', paths.statutoryRight(other.reference), {
    right: 's100F',
    reasons: reason,
    document: 'The report on how cases are recorded.',
    'cites.kind': 'meeting',
    'cites.body': 'Cabinet',
    ...dated('cites.date', 0),
    ...dated('due', 0),
  });
  await fill('democratic.services', paths.confirmRight(other.reference), {
    'findings.0.finding': 'not_exempt',
    'findings.0.reasons': reason,
  });
  await other.answer('legal_bars', { answer: [] });
  const moment = { ...dated('date', 0), time: '10:00' };
  await fill(services, paths.releases(other.reference), { what: 'release||Audits', ...moment });
  await denied(walk);
  const granted = await lineAt(council, 'ready', { changes });
  await granted.decide('approve');
  await fill(services, paths.releases(granted.reference), { what: 'release||Audits', ...moment });
};
