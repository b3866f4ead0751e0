/** What the council keeps: the register, the protocol, programmes, who stands in, settings, mail, retention, the trail. */
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { demoPassword } from '../../../../db/demo/accounts.js';
import { calendarOf, nations } from '../../../../policies/settings/bank-holidays.js';
import { questionKeys } from '../../../../policies/need-to-know/questions.js';
import { addDays } from '../../../../policies/core/time/london.js';
import { linksOf } from '../../../../server/case/links.js';
import { paths } from '../../../../server/web/paths.js';
import type { FormOnPage, Sheet } from '../../../support/browser-less.js';
import { Reader, readerOf } from '../../../support/browser-less.js';
import { Access, secondOfDataProtection } from '../../../support/access.js';
import { beyondTheirTime } from '../../../support/keeping.js';
import { authenticator } from '../../../support/authenticator.js';
import { codeAt, period } from '../../../support/code-at.js';
import { conflictOf } from '../../../support/conflicts.js';
import type { Council } from '../../../support/council.js';
import { keyInUse } from '../../../support/phone.js';
import { foundRow } from '../../../support/found-row.js';
import { answerInOrder, expectOk } from '../../../support/line.js';
import { behindTheApi, lineAt } from '../../../support/people.js';
import { feedCsv, fictionalMembers } from '../../../support/register-feed.js';
import type { Counting } from '../../../support/statements.js';
import { shown, type Walk } from './walk.js';

const keeper = 'democratic.services';
const idOf = ({ path }: Sheet): string => /[0-9a-f-]{36}/.exec(path)?.[0] ?? '';
const formWith = (page: Sheet, fields: Readonly<Record<string, string>>): FormOnPage => {
  const found = page.forms.find((form) =>
    Object.entries(fields).every(([name, value]) => form.fields[name] === value),
  );
  if (!found) throw new Error(`${page.path} has no form with ${JSON.stringify(fields)}: ${page.text}`);
  return found;
};

/** Signs in elsewhere. @returns the number of that session */
const anotherSession = async ({ server }: Council, credentials: object): Promise<string> => {
  const other = request.agent(server);
  await other.post('/api/session').send(credentials);
  const { items } = (await other.get('/api/me/sessions')).body as {
    items: { id: string; current: boolean }[];
  };
  return items.find(({ current }) => current)?.id ?? '';
};

/** A token for a program, made and revoked by the API and by the pages. */
export const makeTokens = async ({ council, day, dated, fill }: Walk, { note }: Counting): Promise<void> => {
  const agent = request.agent(council.server);
  await agent.post('/api/session').send({ email: 'auditor@council.example', password: demoPassword });
  const token = { name: 'The witness', scope: 'trail', expires: day(30) };
  const made = await note('POST', '/api/tokens', async () =>
    expectOk(await agent.post('/api/tokens').send(token)),
  );
  const address = `/api/tokens/${made.body.id}`;
  await note('DELETE', address, async () => agent.delete(address));
  // Not sent twice: it shows a secret this once.
  const reader = await readerOf(council.server, 'auditor', note);
  await reader.open(paths.newToken);
  shown(await reader.submit({ name: 'The witness', scope: 'trail', ...dated('expires', 30) }));
  const { body } = await agent.get('/api/tokens');
  await fill('auditor', paths.revokeToken(body.items[0].id));
};

/** Signing in and out, by the API and by the page; and what changes nothing and is asked by a POST. */
export const signInAndOut = async ({ post, council }: Walk, { note }: Counting): Promise<void> => {
  const credentials = { email: 'two.offices@council.example', password: demoPassword };
  const agent = request.agent(council.server);
  await note('POST', '/api/session', async () => agent.post('/api/session').send(credentials));
  await note('DELETE', '/api/session', async () => agent.delete('/api/session'));
  const reader = new Reader(council.server, note);
  await reader.open(paths.signIn);
  const page = await reader.submit(credentials);
  await agent.post('/api/session').send(credentials);
  const elsewhere = `/api/me/sessions/${await anotherSession(council, credentials)}`;
  await note('DELETE', elsewhere, async () => agent.delete(elsewhere));
  await agent.put('/api/me/calendar');
  await note('DELETE', '/api/me/calendar', async () => agent.delete('/api/me/calendar'));
  const out = /<form\b[^>]*action="\/sign-out".*?name="_csrf" value="([^"]+)"/s.exec(page.html)?.[1] ?? '';
  await reader.send({ action: paths.signOut, fields: { _csrf: out }, offers: {} });
  const now = council.clock.toISOString();
  const answers = Object.fromEntries(questionKeys.map((each) => [each, answerInOrder(each, 'core_group')]));
  const asked = { observationType: 'core_group', events: 1, now, eventAt: now, answers };
  await post('legal', '/api/need-to-know/preview', asked);
};

/** Proving once more who one is, by password and by code, and the app that makes the codes. */
export const prove = async ({ council }: Walk, { note }: Counting): Promise<void> => {
  const password = demoPassword;
  const email = 'coopted.member@council.example';
  const agent = request.agent(council.server);
  await agent.post('/api/session').send({ email, password });
  const post = (path: string, body: object = {}) =>
    note('POST', path, async () => expectOk(await agent.post(path).send(body)));
  await post('/api/session/step-up', { password });
  const { body } = await post('/api/me/codes');
  const code = () => codeAt(body.key, council.clock);
  const later = (): void => {
    council.clock = new Date(council.clock.getTime() + period);
  };
  await post('/api/me/codes/confirm', { code: code() });
  later();
  await post('/api/session/step-up', { code: code() });
  await post('/api/me/codes/recovery');
  const second = 'kettle moss lantern ninth';
  await post('/api/me/password', { current: password, password: second });
  const reader = new Reader(council.server, note);
  await reader.open(paths.signIn);
  await reader.submit({ email, password: second });
  later();
  shown(await reader.submit({ code: code() }));
  await reader.open(paths.prove);
  later();
  shown(await reader.submit({ code: code() }));
  await reader.open(paths.ownPassword);
  shown(await reader.submit({ current: second, password: 'lantern moss kettle tenth' }));
  await reader.open(paths.codes);
  const setUp = shown(await reader.submit());
  const [key = ''] = /[A-Z2-7]{4}( [A-Z2-7]{4}){7}/.exec(setUp.text) ?? [];
  shown(await reader.submit({ code: codeAt(key, council.clock) }));
  await reader.open(paths.recoveryCodes);
  shown(await reader.submit());
};

/** A passkey that is added, proves its owner, and is removed. */
export const keepPasskeys = async ({ council }: Walk, { note }: Counting): Promise<void> => {
  const agent = request.agent(council.server);
  const device = authenticator();
  await agent.post('/api/session').send({ email: 'former.member@council.example', password: demoPassword });
  const post = async (path: string, body: object = {}) => {
    const answer = await note('POST', path, async () => expectOk(await agent.post(path).send(body)));
    return answer.body;
  };
  const made = device.made(await post('/api/me/passkeys/options'));
  const { id } = await post('/api/me/passkeys', { name: 'Work laptop', response: made });
  const asked = await post('/api/session/step-up/options');
  await post('/api/session/step-up', { passkey: device.answer(asked) });
  const other = request.agent(council.server);
  const { body: options } = await note('POST', '/api/session/passkey/options', async () =>
    other.post('/api/session/passkey/options').send({}),
  );
  const response = device.answer(options);
  await note('POST', '/api/session/passkey', async () =>
    expectOk(await other.post('/api/session/passkey').send({ response })),
  );
  const another = authenticator();
  const { text } = await agent.get(paths.passkeys);
  const [, _csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(text) ?? [];
  const { body: more } = await agent.post('/api/me/passkeys/options').send({});
  const form = { _csrf, name: 'Phone', response: JSON.stringify(another.made(more)) };
  await note('POST', paths.passkeys, async () => agent.post(paths.passkeys).type('form').send(form));
  const visitor = request.agent(council.server);
  const door = await visitor.get(paths.signIn);
  const [, token = ''] = /name="_csrf" value="([^"]+)"/.exec(door.text) ?? [];
  const { body: wanted } = await visitor.post('/api/session/passkey/options').send({});
  const entering = { _csrf: token, response: JSON.stringify(another.answer(wanted)) };
  await note('POST', paths.signInPasskey, async () =>
    visitor.post(paths.signInPasskey).type('form').send(entering),
  );
  const path = `/api/me/passkeys/${id}`;
  await note('DELETE', path, async () => agent.delete(path));
};

/** A link to set a password, asked for and used, by the API and by the pages. */
export const forget = async ({ council }: Walk, { note }: Counting): Promise<void> => {
  const email = 'two.offices@council.example';
  const { db } = council.world;
  const token = async (): Promise<string> => {
    const { id } = await foundRow(db('password_links').whereNull('used_at').first('id'));
    return linksOf('a secret of the test').tokenOf(id);
  };
  const agent = request.agent(council.server);
  const post = (path: string, body: object) =>
    note('POST', path, async () => expectOk(await agent.post(path).send(body)));
  await post('/api/password/forgotten', { email });
  await post('/api/password', { token: await token(), password: demoPassword });
  const reader = new Reader(council.server, note);
  await reader.open(paths.forgottenPassword);
  shown(await reader.submit({ email }));
  await reader.open(paths.setPassword(await token()));
  shown(await reader.submit({ password: demoPassword }));
};

/** People are added, given offices that a second person confirms, invited, suspended and restored, and lose their phone. */
export const engage = async ({
  council,
  post,
  patch,
  remove,
  fill,
  reader,
  day,
  dated,
}: Walk): Promise<void> => {
  const [keeps, confirms] = ['administrator', 'monitoring.officer'];
  const office = { office: 'legal', capacity: 'authorised', authority: 'Minute 9 of this year.' };
  const { body: person } = await post(keeps, '/api/people', { name: 'Kept', email: 'kept@borough.example' });
  const path = `/api/people/${person.id}`;
  await patch(keeps, path, { name: 'Kept Fable' });
  const { body: given } = await post(keeps, `${path}/offices`, { ...office, from: day(0) });
  const holding = `${path}/offices/${given.offices[0].id}`;
  await post(confirms, `${holding}/confirm`);
  await patch(keeps, holding, { to: day(9) });
  await post(keeps, `${path}/invite`);
  await post(keeps, `${path}/sign-out`);
  const reasons = 'They are on leave.';
  await post(keeps, `${path}/suspend`, { reasons });
  await post(keeps, `${path}/restore`, { reasons });

  const lost = (id: string) => behindTheApi(council.world.db, (trx) => keyInUse(trx, id, council.clock));
  await lost(person.id);
  const removal = `${path}/codes/removal`;
  await post(keeps, removal, { reasons });
  await remove(keeps, removal);
  await post(keeps, removal, { reasons });
  await post(confirms, `${removal}/confirm`);

  const change = { email: 'moved.people@borough.example', reasons };
  await post(keeps, `${path}/address`, change);
  await remove(keeps, `${path}/address`);
  await post(keeps, `${path}/address`, change);
  await post(confirms, `${path}/address/confirm`);

  const added = await fill(keeps, paths.newPerson, { name: 'Page', email: 'people.page@borough.example' });
  const id = idOf(added);
  await fill(keeps, paths.changePerson(id), { name: 'Page Fable' });
  await fill(keeps, paths.giveOffice(id), { ...office, ...dated('from', 0) });
  const waits = await (await reader(keeps)).open(paths.person(id));
  await fill(confirms, waits.link('End this office').replace('/end', '/confirm'));
  await fill(keeps, waits.link('End this office'), dated('to', 9));
  await fill(keeps, paths.invite(id));
  await fill(keeps, paths.signOutPerson(id));
  await lost(id);
  await fill(keeps, paths.askCodesRemoval(id), { reasons });
  await fill(keeps, paths.withdrawCodesRemoval(id));
  await fill(keeps, paths.askCodesRemoval(id), { reasons });
  await fill(confirms, paths.confirmCodesRemoval(id));
  const other = { email: 'moved.page@borough.example', reasons };
  await fill(keeps, paths.askAddressChange(id), other);
  await fill(keeps, paths.withdrawAddressChange(id));
  await fill(keeps, paths.askAddressChange(id), other);
  await fill(confirms, paths.confirmAddressChange(id));
  await fill(keeps, paths.suspend(id), { reasons });
  await fill(keeps, paths.restore(id), { reasons });
};

/** Entries of the register by hand and by a file, training, appointments, the protocol. */
export const register = async ({ council, post, patch, fill, reader, day, dated }: Walk): Promise<void> => {
  const member = { name: 'Councillor Kept Fiction', ward: 'Kept Ward', standing: 'sitting' };
  const { body } = await post(keeper, '/api/councillors', {
    ...member,
    email: 'kept@council.example',
    term: { from: day(-900), to: day(900) },
  });
  const path = `/api/councillors/${body.id}`;
  await patch(keeper, path, { name: 'Councillor Kept Fable', ward: 'Other Ward' });
  const appointment = { title: 'Fables', kind: 'other', from: day(2), to: day(9) };
  const appointed = await post(keeper, `${path}/appointments`, appointment);
  const { id: appointmentId } = appointed.body.appointments?.[0] ?? appointed.body;
  await patch(keeper, `${path}/appointments/${appointmentId}`, { to: day(12) });
  const training = { kind: 'dbs', completed: day(-1), expires: day(400) };
  await post(keeper, `${path}/training`, training);
  await patch(keeper, path, { defeat: { poll: day(-1), declaredAt: council.clock.toISOString() } });
  await post(keeper, `${path}/gone`, { on: day(0) });
  const csv = Buffer.from(feedCsv(fictionalMembers(12)));
  await (
    await council.as(keeper)
  ).post('/api/councillors/import', csv, {
    'Content-Type': 'text/csv',
    'Idempotency-Key': randomUUID(),
  });

  const added = await fill(keeper, paths.newCouncillor, {
    ...member,
    name: 'Councillor Page Fiction',
    standing: 'elect',
    ...dated('term.from', -3),
    email: 'page@council.example',
  });
  const id = idOf(added);
  await fill(keeper, paths.changeCouncillor(id), { standing: 'sitting' });
  const entered = await fill(keeper, paths.appoint(id), {
    ...appointment,
    ...dated('from', 2),
    ...dated('to', 9),
  });
  await fill(keeper, entered.link('Change its last day'), dated('to', 12));
  await fill(keeper, paths.training(id), {
    kind: 'dbs',
    ...dated('completed', -1),
    ...dated('expires', 400),
  });
  const lost = { ...dated('poll', -1), ...dated('declaredOn', -1), declaredAt: '03:15' };
  await fill(keeper, paths.defeat(id), lost);
  await fill(keeper, paths.departed(id), dated('on', 0));
  const who = await reader(keeper);
  await who.open(paths.importCouncillors);
  shown(await who.upload({ name: 'members.csv', content: feedCsv(fictionalMembers(15)) }));
  shown(await who.submit());
};

/** The protocol is published and accepted; new members get a link; a member takes part in a programme. */
export const invite = async ({ council, post, fill, day, dated }: Walk): Promise<void> => {
  const enters = (login: string) =>
    post(keeper, '/api/councillors', {
      name: `Councillor ${login} Fiction`,
      standing: 'sitting',
      term: { from: day(-900), to: day(900) },
      email: `${login}@council.example`,
    });
  await enters('invited');
  await post(keeper, '/api/councillors/invite', {});
  await enters('asked');
  await fill(keeper, paths.inviteMembers);
  await post('ward.member', '/api/protocol/acceptance', { version: 1 });
  await post(keeper, '/api/protocol', { text: 'I watch and listen.' });
  await fill(keeper, paths.newProtocol, { text: 'I watch, listen and leave.', ...dated('inForceFrom', 0) });
  await fill('ward.member', paths.protocol);
  const found = { body: 'Standards Committee', minute: 'Minute 7' };
  const { councillorId } = await council.as('scrutiny.member');
  await post('monitoring.officer', `/api/councillors/${councillorId}/findings`, {
    ...found,
    date: day(-3),
    until: day(30),
  });
  await fill('monitoring.officer', paths.newFinding(councillorId), {
    ...found,
    ...dated('date', -2),
    ...dated('until', 40),
  });
  await post('data.protection', '/api/leaflets/privacy', { text: 'We note the day of a visit.' });
  await fill(keeper, paths.newLeaflet('families'), { text: 'You may say no.', ...dated('inForceFrom', 0) });
  await post(keeper, '/api/programmes', {
    title: 'How we protect',
    observationTypes: ['assessment_team', 'core_group'],
    window: { from: day(0), to: day(30) },
    places: 3,
    draftAnswers: { necessity: { answer: 'duty', reason: 'The committee reviews it this year.' } },
  });
  const opened = await fill(keeper, paths.newProgramme, {
    title: 'A year at the front door',
    observationTypes: 'initial_child_protection_conference',
    ...dated('window.from', 0),
    ...dated('window.to', 60),
    places: '2',
    'draft.necessity': 'The programme names this duty for every member.',
  });
  await fill('scrutiny.chair', paths.programme(idOf(opened)));
};

/** Who stands in for whom, who is away, who is conflicted: about a request that they have signed. */
export const standIn = async ({ council, post, fill, day, dated }: Walk): Promise<void> => {
  const away = { office: 'childrens_services', principal: 'childrens.services@council.example' };
  await post(keeper, '/api/absences', { ...away, from: day(0), to: day(1) });
  const deputy = { office: 'legal', deputy: 'host@council.example', authority: 'Delegation 7 of this year.' };
  await post(keeper, '/api/deputies', { ...deputy, from: day(0), to: day(30) });
  const delegation = {
    delegate: 'childrens.services.deputy@council.example',
    authority: 'Delegation 8 of this year.',
  };
  await post(keeper, '/api/delegations', { ...delegation, from: day(0), to: day(30) });
  await fill(keeper, paths.delegation, { ...delegation, ...dated('from', 0), ...dated('to', 30) });
  const ready = await lineAt(council, 'ready');
  const conflict = conflictOf('democratic.services.second', 'relation', { reference: ready.reference });
  const why = { reasons: 'It was of another person of that name.' };
  const person = 'democratic.services.second';
  const { id } = (await post(keeper, '/api/conflicts', conflict)).body;
  await post(person, `/api/conflicts/${id}/contest`, why);
  await post('monitoring.officer', `/api/conflicts/${id}/settle`, { outcome: 'upheld', ...why });
  await post('monitoring.officer', `/api/conflicts/${id}/end`, why);
  await fill(keeper, paths.absence, { ...away, ...dated('from', 3), ...dated('to', 4) });
  await fill(keeper, paths.deputy, {
    ...deputy,
    deputy: 'auditor@council.example',
    ...dated('from', 0),
    ...dated('to', 30),
  });
  const { reference } = await lineAt(council, 'ready');
  await fill(keeper, paths.newConflict, { ...conflict, reference });
  const listed = (await (await council.as(keeper)).get('/api/conflicts?limit=1')).body.items[0].id as string;
  await fill(person, paths.contestConflict(listed), why);
  await fill('monitoring.officer', paths.settleConflict(listed), { outcome: 'upheld', ...why });
  await fill('monitoring.officer', paths.endConflict(listed), why);
};

const holidays = (date: string): string =>
  JSON.stringify(
    Object.fromEntries(
      nations.map((nation) => {
        const events: object[] =
          nation === 'england_and_wales' ? [{ title: 'A day of celebration', date }] : [];
        const year = date.slice(0, 4);
        for (let each = `${year}-01-01`; each.startsWith(year); each = addDays(each, 1)) {
          const title = calendarOf(nation).holiday(each);
          if (title !== null) events.push({ title, date: each });
        }
        return [nation.replaceAll('_', '-'), { events }];
      }),
    ),
  );

/** Settings, each change of which moves the deadlines that run; bank holidays; reminders; mail sent again. */
export const set = async ({ council, post, put, patch, fill, reader, day }: Walk): Promise<void> => {
  const { revision } = (await (await council.as(keeper)).get('/api/settings')).body;
  await patch(keeper, '/api/settings', { revision, periods: { decide: 11, review: 12 } });
  await post(keeper, '/api/settings/bank-holidays', JSON.parse(holidays(day(9))) as object);
  await put('legal', '/api/me/reminders', { reminders: 'each' });
  await fill(keeper, paths.deadlineSettings, { decide: '12' });
  await fill(keeper, paths.retentionSettings, { notifications: '11' });
  await fill(keeper, paths.nameSettings, { legal: 'Director of Law' });
  await fill(keeper, paths.adoptedSettings, {
    title: 'Protocol for observation by members',
    'date-day': '12',
    'date-month': '5',
    'date-year': '2026',
  });
  await fill(keeper, paths.governanceSettings, { governance: 'mayor_and_cabinet' });
  await fill(keeper, paths.barSettings, { neverObserved: 'lado' });
  await fill(keeper, paths.caseSettings, { prefixes: 'EHM', patterns: '' });
  await fill(keeper, paths.typeSetting('core_group'), { label: 'Core group meeting' });
  await fill(keeper, paths.calendarSettings, { nation: 'scotland' });
  const who = await reader(keeper);
  await who.open(paths.importHolidays);
  shown(await who.upload({ name: 'bank-holidays.json', content: holidays(day(10)) }));
  shown(await who.submit());
  await fill('legal', paths.reminderWishes, { reminders: 'none' });

  const elsewhere = await anotherSession(council, { email: 'legal@council.example', password: demoPassword });
  const lawyer = await reader('legal');
  shown(await lawyer.send(formWith(await lawyer.open(paths.sessions), { session: elsewhere })));

  await put('legal', '/api/me/calendar');
  await fill('legal', paths.ownCalendar, { wish: 'make' });

  const { db } = council.world;
  const lost: { id: string }[] = await db('messages').orderBy('created_at').limit(2).select('id');
  const [first = '', second = ''] = lost.map(({ id }) => id);
  await behindTheApi(db, async (trx) => {
    const failed = { failed_at: council.clock, last_error: 'refused:EENVELOPE', attempts: 14, sent_at: null };
    await trx('messages').whereIn('id', [first, second]).update(failed);
  });
  await post(keeper, `/api/messages/${first}/send-again`);
  shown(await who.send(formWith(await who.open(paths.operations), { message: second })));
};

/** The trail is searched, and evidence asked for. */
export const lookUp = async ({ council, fill }: Walk): Promise<void> => {
  await council.place();
  await fill('auditor', paths.trail, { actor: 'legal@council.example', type: 'request.decided' });
  await fill('auditor', paths.evidence, { from: '5' });
};

/** Subject access requests are recorded, extended, marked and released, by the API and by the pages. */
export const giveAccess = async ({ council, post, put, fill, day, dated }: Walk): Promise<void> => {
  const by = 'data.protection';
  const second = 'two.offices';
  await secondOfDataProtection(council, second);
  const { councillorId: councillor } = await council.as('ward.member');
  const reasons = 'It covers many years.';
  const asked = { councillor, receivedOn: day(0), by: 'The councillor', identityChecked: true };
  const { body } = await post(by, '/api/access-requests', asked);
  const path = `/api/access-requests/${body.id}`;
  await post(by, `${path}/extend`, { reasons });
  const read = async (
    of: string,
  ): Promise<{ passages: { id: string; fingerprint: string }[]; fingerprint: string }> =>
    (await (await council.as(by)).get(of)).body;
  await post(by, `${path}/proposals/councillors`);
  const [first] = (await read(path)).passages;
  const asRead = { mark: 'disclose', fingerprint: first?.fingerprint };
  await put(by, `${path}/passages/${first?.id}`, asRead);
  await new Access(council, body.id).markAll();
  const { fingerprint } = await read(path);
  await post(second, `${path}/release`, { fingerprint });

  const from = { ...dated('receivedOn', 0), councillor, by: 'The councillor', identityChecked: 'true' };
  await fill(by, paths.newAccess, from);
  const { id } = await foundRow(council.world.db('access_requests').orderBy('seq', 'desc').first('id'));
  await fill(by, paths.extendAccess(id), { reasons });
  await fill(by, paths.takeOver(id, 'councillors'));
  const [again] = (await read(`/api/access-requests/${id}`)).passages;
  await fill(by, paths.markPassage(id, again?.id ?? ''), { mark: 'disclose' });
  await new Access(council, id).markAll();
  await fill(second, paths.releaseAccess(id));
};

/** Requirements of Internal Audit: recorded, confirmed by a second person, ended. */
export const requireRecords = async ({ council, post, fill, day, dated }: Walk): Promise<void> => {
  const { reference } = await lineAt(council, 'submitted');
  const of = { auditor: 'auditor@council.example', reasons: 'The audit of decisions, letter 7.' };
  const { body } = await post(keeper, '/api/audit-requirements', {
    ...of,
    references: [reference],
    from: day(0),
    until: day(3),
  });
  const path = `/api/audit-requirements/${body.id}`;
  await post('monitoring.officer', `${path}/confirm`);
  await post('monitoring.officer', `${path}/end`, { reasons: 'The audit is done.' });
  await fill(keeper, paths.newAuditRequirement, {
    ...of,
    references: reference,
    ...dated('from', 0),
    ...dated('until', 3),
  });
  const { id } = await foundRow(council.world.db('audit_requirements').orderBy('seq', 'desc').first('id'));
  await fill('monitoring.officer', paths.confirmAuditRequirement(id), {});
  await fill(keeper, paths.endAuditRequirement(id), { reasons: 'The audit is done.' });
};

/** Slips in decisions: proposed, withdrawn, refused and confirmed. */
const correct = async ({ council, post, fill }: Walk): Promise<void> => {
  const decided = await lineAt(council, 'ready');
  expectOk(await decided.decide('refuse'));
  const of = { kind: 'decision', id: `${decided.reference}/1`, field: 'reasons' };
  const because = { reasons: 'A word is missing.' };
  const text = 'The duty is one of the committee.';
  const propose = async (which: string): Promise<string> => {
    const { body } = await post('legal', '/api/corrections', {
      of,
      corrected: `${text} ${which}`,
      ...because,
    });
    return body.id as string;
  };
  await post('legal', `/api/corrections/${await propose('So it is.')}/withdraw`);
  await post('legal.second', `/api/corrections/${await propose('So it was.')}/refuse`, because);
  await post('legal.second', `/api/corrections/${await propose('So it will be.')}/confirm`);
  const address = new URLSearchParams(of).toString();
  const newest = async (which: string): Promise<string> => {
    await fill('legal', `${paths.newCorrection}?${address}`, { corrected: `${text} ${which}`, ...because });
    const { body } = await (await council.as('legal')).get('/api/corrections');
    return body.items[0].id as string;
  };
  await fill('legal', paths.withdrawCorrection(await newest('One.')), {});
  await fill('legal.second', paths.refuseCorrection(await newest('Two.')), because);
  await fill('legal.second', paths.confirmCorrection(await newest('Three.')), {});
};

/** Holds, and what has been kept for its time: proposed, taken back, disposed of. Moves the clock by years. */
export const dispose = async (walk: Walk): Promise<void> => {
  const { council, post, fill, reader } = walk;
  const reasons = 'A claim was announced, and this may be asked for.';
  const { reference } = await lineAt(council, 'submitted');
  const { body: held } = await post('legal', '/api/holds', { reference, reasons });
  await post('legal', `/api/holds/${held.id}/lift`, { reasons: 'The claim was settled.' });
  const held2 = await fill('legal', `${paths.newHold}?reference=${reference}`, { reasons });
  await fill('legal', held2.link('Lift'), { reasons: 'The claim was settled.' });

  const spoken = await lineAt(council, 'ready');
  const { body: said } = await (await council.as('legal')).get(`${spoken.path}/discussion`);
  const [entry] = said.items as { id: string }[];
  const of = { kind: 'discussion', id: entry?.id ?? '', field: 'text' };
  const because = { reasons: 'It says where somebody lives.' };
  const seat = { kind: 'sign_off', id: `${spoken.reference}/1/childrens_services`, field: 'reasons' };
  const { body: first } = await post('legal', '/api/redactions', { of, ...because });
  await post('data.protection', `/api/redactions/${first.id}/put-back`, because);
  const { body: again2 } = await post('legal', '/api/redactions', { of, ...because });
  await post('data.protection', `/api/redactions/${again2.id}/confirm`);
  await fill('legal', paths.confirmRedaction(again2.id), { understood: 'true' });
  const address = new URLSearchParams(seat).toString();
  await fill('legal', `${paths.reportText}?${address}`, because);
  const { body: reports } = await (await council.as('data.protection')).get('/api/redactions');
  await fill('data.protection', paths.putBack(reports.items[0].id), because);

  await correct(walk);

  const { councillorId: other } = await council.as('scrutiny.chair');
  const whose = await beyondTheirTime(council, 'scrutiny.member');
  const propose = async (body: object) => (await post(keeper, '/api/disposals', body)).body.id as string;
  const again = { target: 'councillor', councillor: whose.councillorId };
  await post(keeper, `/api/disposals/${await propose(again)}/withdraw`);
  await post('data.protection', `/api/disposals/${await propose(again)}/confirm`);
  await post('data.protection', `/api/disposals/${await propose({ target: 'notifications' })}/confirm`);

  const who = await reader(keeper);
  const listed = async () => formWith(await who.open(paths.retention), { councillor: other });
  const proposed = shown(await who.send(await listed()));
  await fill(keeper, paths.withdrawDisposal(idOf(proposed)));
  const second = shown(await who.send(await listed()));
  await fill('data.protection', paths.confirmDisposal(idOf(second)), { understood: 'true' });
};
