/** The pages about a grant after the approval: incidents, their freezes, conditions, ends, and disclosures. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { atLondonTime, londonDate } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import type { FormOnPage } from '../../support/browser-less.js';
import { useCouncil } from '../../support/council.js';
import { attendedVisit, granted, plannedVisit, type Granted } from '../../support/granted.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi, personId } from '../../support/people.js';

const council = useCouncil();
const today = londonDate(new Date());
council.clock = atLondonTime(today, '18:00');
const as = readersOf(council);

const reasons = 'We have spoken with everybody concerned, and it does not happen again.';
const [year = '', month = '', day = ''] = today.split('-');
const happened = {
  what: 'outside_scope',
  causedBy: 'councillor',
  'happenedOn-day': String(Number(day)),
  'happenedOn-month': String(Number(month)),
  'happenedOn-year': year,
  time: '9.30',
  text: 'The councillor stayed in the room after the closed part had begun.',
};
const rest = { author: 'scrutiny.chair' } as const;

let one: Granted;
let two: Granted;
beforeAll(async () => {
  const conditions = [{ text: 'The staff are told beforehand.', owner: 'host', before: 'attendance' }];
  one = await granted(council, { ...rest, conditions });
  two = await granted(council, rest);
}, 60_000);

test('the host says on a page that a condition is met; a condition of others has no page for them', async () => {
  const host = await as('host');
  const path = paths.condition(one.id, one.conditions[0] ?? '');
  expectRefused(await fillIn(host, path, { state: '' }), 422, 'Select the state of the condition');
  const done = await fillIn(host, path, { state: 'met' });
  expect(done.path).toBe(paths.grant(one.id));
  expect((await one.read('legal')).body.conditions[0].state).toBe('met');
  expect((await (await as('legal')).open(path)).status).toBe(403);
  expect((await (await as('scrutiny.chair')).open(path)).status).toBe(403);
  expect((await host.open(paths.condition(one.id, two.id))).status).toBe(404);
});

describe('an incident', () => {
  let address = '';

  test('is reported from the grant; the page names missing fields and keeps the typed text', async () => {
    const host = await as('host');
    const path = `${paths.newIncident}?grant=${one.id}`;
    const empty = await fillIn(host, path, { text: happened.text });
    expectRefused(empty, 422, /Select what happened[^]*Select who caused it[^]*Enter the day and the time/);
    expect(empty.form.fields['text']).toContain('stayed in the room');
    expectRefused(await fillIn(host, path, { ...happened, time: 'nine' }), 422, /date and time/);
    expectRefused(
      await fillIn(host, path, { ...happened, 'happenedOn-year': String(Number(year) + 1) }),
      422,
      'not happened yet',
    );
    const shown = await fillIn(host, path, happened);
    expect([shown.status, shown.headings]).toEqual([200, ['Outside of what was approved']]);
    address = shown.path;
    expect(shown.text).toContain('Frozen');
    // The host hosts both: they may end each, and the release is Data Protection’s.
    expect(shown.html).toContain(`href="${paths.revoke(one.id)}"`);
    expect(shown.html).not.toContain(paths.release(one.id));
    expect((await two.read('legal')).body.status).toBe('frozen');
  });

  test('is the councillor’s to read in their own part alone', async () => {
    const chair = await as('scrutiny.chair');
    const page = await chair.open(address);
    expect(page.text).toMatch(/Outside of what was approved Open When .* Request OBS/);
    expect(page.text).not.toMatch(/Frozen|Caused|Reported|stayed|host/i);
    expect((await chair.open(paths.incidents)).text).not.toMatch(/Caused by|Report an incident/);
    expect((await chair.open(paths.newIncident)).status).toBe(403);
    expect((await (await as('scrutiny.member')).open(address)).status).toBe(404);
  });

  test('is closed by Data Protection once each grant was released or ended, each on its own page', async () => {
    const protection = await as('data.protection');
    const list = await protection.open(paths.incidents);
    expect(list.html).toContain(`href="${address}"`);
    const close = `${address}/close`;
    expect((await protection.open(close)).text).toContain('You cannot do this now.');
    expectRefused(await fillIn(protection, paths.release(one.id), { reasons: '' }), 422, 'Enter the reasons');
    expect((await fillIn(protection, paths.release(one.id), { reasons })).path).toBe(paths.grant(one.id));
    expect((await protection.open(address)).html).not.toContain(close);
    expect((await protection.open(paths.revoke(two.id))).text).toMatch(
      /cannot do this now.*Tell the councillor/,
    );
    const id = address.split('/').at(-1) ?? '';
    const confirmed = await fillIn(protection, paths.confirmFreeze(two.id), { reasons });
    expect(confirmed.path).toBe(paths.grant(two.id));
    expect((await protection.open(address)).text).toMatch(/Frozen since .* Confirmed on /);
    expect((await fillIn(protection, paths.tellAllegation(id), { gist: reasons })).path).toBe(address);
    const chair = await as('scrutiny.chair');
    expect((await chair.open(address)).text).toMatch(
      /What is alleged .* You can answer what is alleged until/,
    );
    const answered = await fillIn(chair, paths.answerAllegation(id), { text: 'The chair asked me to stay.' });
    expect([answered.path, answered.text]).toEqual([address, expect.stringContaining('asked me to stay')]);
    const end = { reasons, cause: 'council_decision', told: 'You stayed after the closed part had begun.' };
    expect((await fillIn(protection, paths.revoke(two.id), end)).path).toBe(paths.grant(two.id));
    const ready = await protection.open(address);
    expect(ready.html).toContain(close);
    expect(ready.text).toMatch(/Released.*Ended/);
    expectRefused(
      await fillIn(protection, close, { reasons: 'Ring 01632 960123.' }),
      422,
      /telephone number/,
    );
    const closed = await fillIn(protection, close, { reasons });
    expect([closed.path, closed.text.includes(reasons)]).toEqual([address, true]);
    expect((await (await as('auditor')).open(address)).text).not.toContain(reasons);
    expect((await (await as('legal')).open(close)).status).toBe(403);
    expect((await (await as('legal')).open(paths.release(one.id))).status).toBe(403);
  });

  test('of a councillor who had no grant is reported by name, and by reference where the host reports it', async () => {
    const legal = await as('legal');
    const about = { ...happened, what: 'unauthorised_access' };
    expectRefused(await fillIn(legal, paths.newIncident, about), 422, /select the councillor/);
    const { councillorId } = await council.as('ward.member');
    const shown = await fillIn(legal, paths.newIncident, { ...about, councillor: councillorId });
    expect(shown.text).toMatch(/Unauthorised access .* None: there was no request/);
    const host = await as('host');
    expectRefused(await fillIn(host, paths.newIncident, about), 422, /select the councillor/);
    const hosted = await fillIn(host, paths.newIncident, {
      ...about,
      causedBy: 'other',
      reference: one.line.reference.toLowerCase(),
    });
    expect([hosted.status, hosted.text.includes(one.line.reference)]).toEqual([200, true]);
  });
});

test('a disclosure without any visit is reported on the page, and the search of disclosures finds it', async () => {
  const host = await as('host');
  const { councillorId } = await council.as('ward.member');
  const about = {
    ...happened,
    what: 'unauthorised_access',
    causedBy: 'other',
    councillor: councillorId,
    categories: 'family',
    caseReference: 'Grn9zq 9',
  };
  expect((await host.open(paths.newIncident)).html).toContain('name="caseReference"');
  expect((await (await as('legal')).open(paths.newIncident)).html).not.toContain('name="caseReference"');
  const services = await as('childrens.services');
  const until = { 'untilOn-day': day, 'untilOn-month': month, 'untilOn-year': year };
  expectRefused(await fillIn(services, paths.newIncident, { ...about, ...until }), 422, /date and time/);
  const early = await fillIn(services, paths.newIncident, { ...about, ...until, untilTime: '9.29' });
  expectRefused(early, 422, /not before the first/);
  expect(early.form.fields['caseReference']).toBe('Grn9zq 9');
  const named = await fillIn(services, paths.newIncident, { ...about, caseReference: 'The Granite family' });
  expectRefused(named, 422, /Never a name/);
  const shown = await fillIn(services, paths.newIncident, { ...about, ...until, untilTime: '10.15' });
  expect(shown.text).toMatch(/What they learned of Family life Case Grn9zq 9/);
  expect([shown.title, shown.path].join()).not.toMatch(/granit/i);
  expect((await (await as('legal')).open(shown.path)).text).toMatch(
    /What they learned of Family life Reported/,
  );
  const reader = await as('data.protection');
  const found = await fillIn(reader, paths.disclosures, { caseReference: 'grn9zq-9' });
  expect(found.text).toMatch(/Without any visit Family.* The incident.* None Without authority/);
  expect(found.html).toContain(`href="${shown.path}"`);
  expect(found.html).not.toMatch(/(?:href|action)="[^"]*granit/i);
});

describe('disclosures', () => {
  const spelt = 'Brn9hof 12';
  beforeAll(async () => {
    await behindTheApi(council.world.db, async (trx) => {
      const by = await personId(trx, 'host');
      for (let index = 0; index < 27; index += 1) {
        const given = {
          date: today,
          from: '09:00',
          to: '10:00',
          caseReference: spelt,
          at: council.clock,
          by,
        };
        const visitId = await plannedVisit(trx, one.id, given);
        const arrived = new Date(atLondonTime(today, '09:00').getTime() + index * 60_000);
        const left = atLondonTime(today, '10:00');
        await attendedVisit(
          trx,
          { grantId: one.id, visitId },
          { arrived, left, authorised: false, at: council.clock, by },
        );
      }
    });
  }, 60_000);

  test('is shown on the answer to a form, page by page, with the case in no address and no title', async () => {
    const reader = await as('data.protection');
    const first = await fillIn(reader, paths.disclosures, { caseReference: 'brn9hof-12' });
    expect([first.status, first.path]).toEqual([200, paths.disclosures]);
    expect(first.title).not.toMatch(/bernstein/i);
    expect(first.html).not.toMatch(/(?:href|action)="[^"]*bernstein/i);
    expect(first.text.match(/Without authority/g)).toHaveLength(25);
    expect(first.text).toContain(spelt);
    expect(first.headers['cache-control']).toContain('no-store');
    const second = await reader.send(first.forms[1] as FormOnPage);
    expect(second.text.match(/Without authority/g)).toHaveLength(2);
    const councillor = (await council.as('scrutiny.chair')).councillorId;
    const services = await as('democratic.services');
    const page = await services.open(paths.disclosures);
    expect(page.html).not.toContain('caseReference');
    expectRefused(await fillIn(services, paths.disclosures, {}), 422, 'Select the councillor');
    const found = await fillIn(services, paths.disclosures, { councillor });
    expect(found.text.match(/Without authority/g)).toHaveLength(25);
    expect(found.html).not.toMatch(/bernstein/i);
    const both = { caseReference: spelt, councillor };
    expectRefused(await fillIn(reader, paths.disclosures, both), 422, 'not by both');
    expect((await fillIn(reader, paths.disclosures, { caseReference: 'Not 1' })).text).toContain(
      'Nothing was disclosed.',
    );
  });

  test('has no page for people who may not search, and a place in the navigation for those who may', async () => {
    for (const account of ['legal', 'host', 'auditor', 'scrutiny.chair', 'administrator'] as const) {
      const page = await (await as(account)).open(paths.disclosures);
      expect([account, page.status, page.html.includes(`href="${paths.disclosures}"`)]).toEqual([
        account,
        403,
        false,
      ]);
    }
    const page = await (await as('childrens.services')).open(paths.incidents);
    expect(page.html).toContain(`href="${paths.disclosures}"`);
    expect((await (await as('administrator')).open(paths.requests)).html).not.toContain(
      `href="${paths.incidents}"`,
    );
  });
});
