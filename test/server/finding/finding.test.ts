/** A finding of a breach of confidentiality: recorded by the Monitoring Officer, weighed by the offices, and told. */
import { describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf } from '../../support/browser-less.js';
import { useCouncil, type Account } from '../../support/council.js';
import { expectOk } from '../../support/line.js';
import { lineAt, personId } from '../../support/people.js';

const council = useCouncil();
const today = () => londonDate(council.clock);
const idOf = async (member: Account) => (await council.as(member)).councillorId;
const finding = (changes: object = {}) => ({
  body: 'Standards Committee',
  date: addDays(today(), -20),
  minute: 'Minute 12',
  until: addDays(today(), 40),
  ...changes,
});
const records = async (member: Account, changes: object = {}, by: Account = 'monitoring.officer') =>
  (await council.as(by)).post(`/api/councillors/${await idOf(member)}/findings`, finding(changes));

describe('the Monitoring Officer', () => {
  test('records a finding, with its entry, and the councillor is told without a word of it', async () => {
    const { status, body } = await records('scrutiny.member');
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...finding(), weighed: true });
    const subject = `councillor:${await idOf('scrutiny.member')}`;
    const [entry] = await search(council.world.db, { type: 'finding.recorded', limit: 1 });
    expect(entry).toMatchObject({
      subject,
      office: 'monitoring_officer',
      decision: { date: finding().date, until: finding().until },
    });
    const [mail] = await council.world.db('messages').where({ kind: 'finding_recorded' });
    expect(mail).toMatchObject({
      to_person: await personId(council.world.db, 'scrutiny.member'),
      reference: 'councillors',
    });
    const own = await readerOf(council.server, 'scrutiny.member');
    const record = await own.open(paths.councillor(await idOf('scrutiny.member')));
    expect(record.text).toMatch(/A breach of confidentiality: Standards Committee/);
  });

  test('lists the findings, on a page and by the API, each reading on the trail', async () => {
    const officer = await council.as('monitoring.officer');
    const { body } = expectOk(await officer.get('/api/findings'));
    expect(body.items[0]).toMatchObject({ body: 'Standards Committee', weighed: true });
    const reader = await readerOf(council.server, 'monitoring.officer');
    const list = await reader.open(paths.findings);
    expect(list.text).toContain('Minute 12');
    const [entry] = await search(council.world.db, { type: 'finding.listed', limit: 1 });
    expect(entry).toMatchObject({ actor: officer.id, subject: 'findings' });
  });

  test('records one on a page, for a councillor whom they choose', async () => {
    const reader = await readerOf(council.server, 'monitoring.officer');
    await reader.open(paths.newFinding(await idOf('ward.member')));
    const refused = await reader.submit({ body: 'Standards Committee' });
    expect(refused.text).toContain('Enter the minute or the reference of the decision');
    const parts = (name: string, on: string) => {
      const [year = '', month = '', day = ''] = on.split('-');
      return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
    };
    const done = await reader.submit({
      minute: 'Minute 9',
      ...parts('date', addDays(today(), -1)),
      ...parts('until', addDays(today(), 9)),
    });
    expect(done.text).toContain('The finding has been recorded. The councillor is told.');
    expect(done.text).toContain('Minute 9');
  });

  test('records none that has not been made, or that is over already', async () => {
    for (const [changes, field] of [
      [{ date: addDays(today(), 1) }, 'date'],
      [{ until: addDays(today(), -1) }, 'until'],
    ] as const) {
      const { status, body } = await records('scrutiny.member', changes);
      expect({ status, rule: body.rule, field: body.errors[0].field }).toEqual({
        status: 422,
        rule: 'finding',
        field,
      });
    }
  });
});

test('nobody else records one; who may not know of the councillor learns nothing', async () => {
  expect((await records('scrutiny.member', {}, 'democratic.services')).status).toBe(403);
  expect((await records('scrutiny.member', {}, 'scrutiny.member')).status).toBe(403);
  expect((await records('scrutiny.member', {}, 'legal')).status).toBe(404);
  expect((await (await council.as('legal')).get('/api/findings')).status).toBe(404);
});

test('the offices see it beside proportionality until its last day, and only then may they cite it', async () => {
  const line = await lineAt(council, 'assessed');
  const read = async () => (await (await council.as('legal')).get(`${line.path}/assessment`)).body;
  expect(await read()).not.toHaveProperty('finding');
  await records('scrutiny.chair', { until: today(), minute: 'Minute 3' });
  expect((await read()).finding).toMatchObject({ minute: 'Minute 3', until: today() });
  const reader = await readerOf(council.server, 'childrens.services');
  const page = await reader.open(`/requests/${line.reference}/test/proportionality`);
  expect(page.text).toContain('A finding is on record: Standards Committee');
  const before = council.clock;
  council.clock = new Date(before.getTime() + 86_400_000);
  expect(await read()).not.toHaveProperty('finding');
  council.clock = before;
});
