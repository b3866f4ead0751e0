/** What follows an approval: visits, incidents, what was disclosed, a further stage. */
import { addDays, addMonths, atLondonTime, londonDate } from '../../../../policies/core/time/london.js';
import { paths } from '../../../../server/web/paths.js';
import type { Sheet } from '../../../support/browser-less.js';
import type { Account } from '../../../support/council.js';
import { granted, type Granted } from '../../../support/granted.js';
import { complete, expectOk } from '../../../support/line.js';
import { lineAt } from '../../../support/people.js';
import { shown, type Walk } from './walk.js';

const chair = 'scrutiny.chair';
const reasons = 'We have spoken with everybody concerned, and it does not happen again.';
const conditions = [
  { text: 'The staff are told beforehand.', owner: 'host', before: 'attendance' },
  { text: 'A short note is written afterwards.', owner: 'host', before: 'closing' },
];
const idOf = ({ path }: Sheet): string => /[0-9a-f-]{36}/.exec(path)?.[0] ?? '';
const clockOf = (time: string) => time.replace(':', '.');

/** A grant for core groups of the next weeks, whose condition for attending is met. */
const forVisits = async ({ council, day }: Walk, author: Account): Promise<Granted> => {
  const window = { from: day(0), to: day(30) };
  return granted(council, {
    author,
    changes: { observationType: 'core_group', events: 3, window },
    conditions,
  });
};

const agreed = { family: 'agreed', child: 'agreed', members: 'agreed' };

/** By the API: planned, moved, checked, called off, attended, confirmed, asked about, answered. */
const visitByApi = async (
  walk: Walk,
  on: { readonly from: string; readonly to: string },
): Promise<() => Promise<void>> => {
  const { post, put, patch, day } = walk;
  const { path, conditions: ids } = await forVisits(walk, chair);
  await post('host', `${path}/conditions/${ids[0]}`, { state: 'met' });
  const plan = { ...on, caseReference: 'CP-2027-0042', chaperone: 'The team manager' };
  const planned = async (days: number) => {
    const { body } = await post('host', `${path}/visits`, { ...plan, date: day(days) });
    return `/api/visits/${body.id}`;
  };
  const checked = async (visit: string) => {
    await put('host', `${visit}/checks/connection`, { answer: 'none' });
    await put('host', `${visit}/checks/agreements`, { answer: agreed });
    await put('legal', `${visit}/checks/legal_bars`, { answer: [] });
  };
  const [due, off, ended] = [await planned(0), await planned(7), await planned(14)];
  await checked(due);
  await checked(ended);
  await patch('host', off, { chaperone: 'The deputy manager', date: day(8) });
  await post('host', `${off}/cancel`);
  // A family that does not agree ends the visit.
  await put('host', `${ended}/checks/agreements`, { answer: { ...agreed, family: 'refused' } });
  return async () => {
    await post('host', `${due}/attendance`, {
      outcome: 'attended',
      arrived: on.from,
      left: on.to,
      chaperone: 'The team manager',
      categories: ['process'],
      departures: [{ text: 'The meeting began late.', causedBy: 'host' }],
    });
    await post(chair, `${due}/confirm`, { agrees: false, comment: 'I left earlier.' });
    const asking = { kind: 'challenge', text: 'Why was the health partner not there?' };
    const { body } = await post(chair, `${due}/questions`, asking);
    const answer = { text: 'They were ill.', toCommittee: true };
    await post('childrens.services', `/api/questions/${body.questions[0].id}/response`, answer);
  };
};

/** The same on pages. */
const visitByPages = async (
  walk: Walk,
  on: { readonly from: string; readonly to: string },
): Promise<() => Promise<void>> => {
  const { fill, dated } = walk;
  const grant = await forVisits(walk, 'scrutiny.member');
  await fill('host', paths.condition(grant.id, grant.conditions[0] ?? ''), { state: 'met' });
  const plan = {
    from: clockOf(on.from),
    to: clockOf(on.to),
    caseReference: 'CP-2027-0815',
    chaperone: 'The team manager',
  };
  const planned = async (days: number) =>
    idOf(await fill('host', paths.planVisit(grant.id), { ...plan, ...dated('date', days) }));
  const checked = async (visit: string) => {
    await fill('host', paths.checkVisit(visit, 'connection'), { answer: 'none' });
    const answers = Object.fromEntries(
      Object.entries(agreed).map(([party, said]) => [`answer.${party}`, said]),
    );
    await fill('host', paths.checkVisit(visit, 'agreements'), answers);
    await fill('legal', paths.checkVisit(visit, 'legal_bars'), { answer: 'none' });
  };
  const [due, off, ended] = [await planned(0), await planned(7), await planned(14)];
  await checked(due);
  await checked(ended);
  await fill('host', paths.moveVisit(off), { ...dated('date', 8), chaperone: 'The deputy manager' });
  await fill('host', paths.cancelVisit(off));
  await fill('host', paths.checkVisit(ended, 'agreements'), { 'answer.family': 'refused' });
  return async () => {
    await fill('host', paths.attendance(due), {
      outcome: 'attended',
      arrived: clockOf(on.from),
      left: clockOf(on.to),
      chaperone: 'The team manager',
      categories: 'process',
      'departures.1.text': 'The meeting began late.',
      'departures.1.causedBy': 'host',
    });
    await fill('scrutiny.member', paths.confirm(due), { agrees: 'no', comment: 'I left earlier.' });
    const asking = { kind: 'challenge', text: 'Why was the health partner not there?' };
    const asked = await fill('scrutiny.member', paths.putQuestion(due), asking);
    const services = await walk.reader('childrens.services');
    const respond = (await services.open(asked.path)).link('Answer the challenge');
    await fill('childrens.services', respond, { text: 'They were ill.', toCommittee: 'yes' });
  };
};

/** Visits of this morning are planned, the clock moves past them, and they are recorded. */
export const visit = async (walk: Walk): Promise<void> => {
  const { council, reader } = walk;
  const byApi = await visitByApi(walk, { from: '10:30', to: '11:00' });
  const byPages = await visitByPages(walk, { from: '11:10', to: '11:40' });
  council.clock = atLondonTime(londonDate(council.clock), '11:45');
  await byApi();
  await byPages();
  // A search is a reading, and needs no key.
  const searching = await council.as('data.protection');
  expectOk(await searching.post('/api/disclosures/search', { caseReference: 'CP-2027-0042' }));
  const protection = await reader('data.protection');
  const page = await protection.open(paths.disclosures);
  const form = page.forms.find(({ fields }) => 'caseReference' in fields);
  if (!form) throw new Error(`${page.path} asks for no case.`);
  shown(await protection.send(form, { caseReference: 'CP-2027-0815' }));
};

/** Incidents, each of which freezes every grant of the councillor: all but one are released, one is revoked. */
export const befall = async (walk: Walk): Promise<void> => {
  const { council, post, fill, dated } = walk;
  const author = 'scrutiny.member';
  const report = {
    what: 'outside_scope',
    causedBy: 'councillor',
    text: 'The councillor stayed in the room.',
  };
  const protection = await council.as('data.protection');
  const frozenBy = async (incident: string): Promise<readonly string[]> => {
    const { body } = expectOk(await protection.get(`/api/incidents/${incident}`));
    return (body.grants as { id: string; frozen: boolean }[]).flatMap(({ id, frozen }) =>
      frozen ? [id] : [],
    );
  };

  const [one, two] = [await granted(council, { author }), await granted(council, { author })];
  const happenedAt = new Date(council.clock.getTime() - 60_000).toISOString();
  const { body } = await post('host', '/api/incidents', { ...report, happenedAt, grant: one.id });
  await post('data.protection', `${two.path}/confirm-freeze`, { reasons });
  await post('data.protection', `/api/incidents/${body.id}/hearing`, { gist: reasons });
  await post(author, `/api/incidents/${body.id}/hearing/answer`, { text: 'The chair asked me to stay.' });
  await post('host', `/api/incidents/${body.id}/cases`, { caseReference: 'CP-2027-0099' });
  await post('data.protection', `${two.path}/revoke`, { reasons });
  for (const id of await frozenBy(body.id))
    await post('data.protection', `/api/grants/${id}/release`, { reasons });
  const assessment = { exposed: false, risk: 'unlikely', reportable: false, reasons, subjectsTold: false };
  await post('data.protection', `/api/incidents/${body.id}/assessment`, assessment);
  await post('data.protection', `/api/incidents/${body.id}/close`, { reasons });

  const happened = { ...report, ...dated('happenedOn', 0), time: '9.30' };
  const incident = idOf(await fill('host', `${paths.newIncident}?grant=${one.id}`, happened));
  await fill('data.protection', paths.confirmFreeze(one.id), { reasons });
  await fill('data.protection', paths.tellAllegation(incident), { gist: reasons });
  await fill(author, paths.answerAllegation(incident), { text: 'The chair asked me to stay.' });
  await fill('host', paths.addCase(incident), { caseReference: 'CP-2027-0098' });
  const end = { reasons, cause: 'council_decision', told: 'You stayed after the closed part had begun.' };
  await fill('data.protection', paths.revoke(one.id), end);
  for (const id of await frozenBy(incident)) await fill('data.protection', paths.release(id), { reasons });
  await fill('data.protection', paths.assessBreach(incident), {
    exposed: 'no',
    risk: 'unlikely',
    reportable: 'no',
    reasons,
    subjectsTold: 'no',
  });
  await fill('data.protection', paths.closeIncident(incident), { reasons });
};

/** A stage of a child’s journey goes on as a new request. */
export const goOn = async ({ council, day, post, fill }: Walk): Promise<void> => {
  const window = { from: day(0), to: addDays(addMonths(day(0), 3), -1) };
  const approved = async () => {
    const stage = await lineAt(council, 'ready', { changes: { observationType: 'childs_journey', window } });
    await stage.decide('approve');
    return stage.reference;
  };
  await fill(chair, paths.furtherStage(await approved()));
  const next = { from: addDays(window.to, 1), to: addDays(window.to, 30) };
  const content = await complete(council, await council.as(chair), { observationType: 'childs_journey' });
  await post(chair, '/api/requests', { ...content, window: next, continues: await approved() });
};
