/** The private address at which a calendar program reads when its owner's visits are. */
import { beforeAll, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import request from 'supertest';
import { addDays, atLondonTime, isWeekend, londonDate } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { readerOf } from '../../support/browser-less.js';
import { sockets, useCouncil, type Account } from '../../support/council.js';
import { granted } from '../../support/granted.js';
import { expectOk } from '../../support/line.js';
import { behindTheApi, personId } from '../../support/people.js';

const council = useCouncil();

let visit: { readonly id: string; readonly reference: string };
let day: string;

const addressOf = async (account: Account): Promise<string> =>
  expectOk(await (await council.as(account)).put('/api/me/calendar')).body.path;

/** As a calendar program asks: without a session. */
const asked = (path: string) => request(council.server).get(path).agent(sockets);

/** The events of a calendar, as another program reads them. */
const eventsOf = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((event) => {
    const { uid, summary, sequence, startDate, endDate } = new ICAL.Event(event);
    return {
      uid,
      summary,
      sequence,
      from: startDate.toJSDate(),
      to: endDate.toJSDate(),
      status: event.getFirstPropertyValue('status'),
    };
  });

const readings = async (): Promise<number> =>
  (await council.world.db('audit.entries').where({ type: 'calendar.read' })).length;

beforeAll(async () => {
  const grant = await granted(council);
  const from = addDays(londonDate(council.clock), 10);
  day = isWeekend(from) ? addDays(from, 2) : from;
  const plan = {
    date: day,
    from: '10:00',
    to: '11:30',
    chaperone: 'The team manager',
    caseReference: 'CASE-7',
  };
  const { body } = expectOk(await (await council.as('host')).post(`${grant.path}/visits`, plan));
  visit = { id: body.id, reference: grant.line.reference };
});

test('shows councillor and host when the visit is, and neither place nor type nor name', async () => {
  const { body } = await (await council.as('host')).get(`/api/visits/${visit.id}`);
  for (const account of ['scrutiny.chair', 'host'] as const) {
    const { status, headers, text } = await asked(await addressOf(account));
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/calendar; charset=utf-8',
      'private, no-store',
    ]);
    expect(eventsOf(text)).toEqual([
      {
        uid: `visit-${visit.id}`,
        summary: `Council appointment, ${visit.reference}`,
        sequence: 0,
        from: atLondonTime(body.date, body.from),
        to: atLondonTime(body.date, body.to),
        status: 'CONFIRMED',
      },
    ]);
    expect(text).toMatch(/^METHOD:PUBLISH\r$/m);
    expect(text).not.toMatch(/LOCATION|ATTENDEE|ORGANIZER|core group|conference|demonstration/i);
    expect(text).toMatch(/\r\nEND:VCALENDAR\r\n$/);
  }
});

test('shows nobody else’s visits', async () => {
  for (const account of ['legal', 'ward.member', 'administrator'] as const) {
    expect(eventsOf((await asked(await addressOf(account))).text)).toEqual([]);
  }
});

test('shows that a visit was moved, and that it was called off', async () => {
  const path = await addressOf('scrutiny.chair');
  const host = await council.as('host');
  expectOk(await host.patch(`/api/visits/${visit.id}`, { date: addDays(day, 1) }));
  const [moved] = eventsOf((await asked(path)).text);
  expect([moved?.sequence, londonDate(moved?.from ?? council.clock)]).toEqual([1, addDays(day, 1)]);
  expectOk(await host.post(`/api/visits/${visit.id}/cancel`));
  expect(eventsOf((await asked(path)).text)).toMatchObject([{ sequence: 2, status: 'CANCELLED' }]);
});

test('is on the trail once a day, before the answer', async () => {
  const path = await addressOf('host');
  const before = await readings();
  for (let times = 0; times < 3; times += 1) expect((await asked(path)).status).toBe(200);
  expect(await readings()).toBe(before + 1);
  council.clock = new Date(council.clock.getTime() + 24 * 3_600_000);
  expect((await asked(path)).status).toBe(200);
  expect(await readings()).toBe(before + 2);
  const { body } = await (await council.as('host')).get('/api/me/calendar');
  expect(body).toMatchObject({ path, lastReadOn: londonDate(council.clock) });
});

test('that was replaced or withdrawn, or whose owner is suspended, is no page at all', async () => {
  const absent = await asked(paths.calendar('A'.repeat(43)));
  const isAbsent = async (path: string) => {
    const { status, text, headers } = await asked(path);
    const { date: _one, 'x-request-id': _id, 'content-security-policy': _csp, etag: _tag, ...own } = headers;
    const {
      date: _two,
      'x-request-id': _other,
      'content-security-policy': _policy,
      etag: _mark,
      ...its
    } = absent.headers;
    const plain = (page: string) => page.replaceAll(/nonce="[^"]+"/g, '');
    expect([status, own, plain(text)]).toEqual([404, its, plain(absent.text)]);
  };
  const first = await addressOf('scrutiny.member');
  const second = await addressOf('scrutiny.member');
  expect(second).not.toBe(first);
  await isAbsent(first);
  expect((await asked(second)).status).toBe(200);

  const member = await council.as('scrutiny.member');
  const person = await personId(council.world.db, 'scrutiny.member');
  const suspend = (at: Date | null) =>
    behindTheApi(council.world.db, async (trx) => {
      await trx('people').where({ id: person }).update({ suspended_at: at });
    });
  await suspend(council.clock);
  await isAbsent(second);
  // A suspension takes it back for good, as being signed out everywhere does.
  await suspend(null);
  await isAbsent(second);
  const third = await addressOf('scrutiny.member');
  expect((await asked(third)).status).toBe(200);
  await behindTheApi(council.world.db, async (trx) => {
    await trx('people')
      .where({ id: person })
      .update({ sessions_from: new Date(council.clock.getTime() - 60_000) });
  });
  await isAbsent(third);
  const fourth = await addressOf('scrutiny.member');
  expect((await member.delete('/api/me/calendar')).status).toBe(204);
  await isAbsent(fourth);
  expect((await member.delete('/api/me/calendar')).status).toBe(404);
  expect((await member.get('/api/me/calendar')).body.path).toBeNull();
});

test('is in no log, no entry and no table: the database has its hash', async () => {
  const path = await addressOf('host');
  const [, token = ''] = /^\/calendar\/([\w-]{43})\.ics$/.exec(path) ?? [];
  expect(token).toHaveLength(43);
  await asked(path);
  expect(council.lines.join('\n')).not.toContain(token);
  expect(council.lines.join('\n')).toContain('/calendar/:token.ics');
  const { rows } = await council.world.db.raw(
    `select to_jsonb(a) as row from calendar_addresses a union all select to_jsonb(s) from audit.secret s`,
  );
  expect(JSON.stringify(rows)).not.toContain(token);
});

test('is made, replaced and withdrawn on a page', async () => {
  const reader = await readerOf(council.server, 'scrutiny.chair');
  await reader.open(paths.ownCalendar);
  const made = await reader.submit({ wish: 'make' });
  expect(made.text).toMatch(/The address has been made\..*Keep this address to yourself/);
  const [address = ''] = /https?:\/\/\S+\/calendar\/[\w-]{43}\.ics/.exec(made.text) ?? [];
  expect((await asked(new URL(address).pathname)).status).toBe(200);
  const again = await reader.submit({ wish: 'make' });
  expect(again.text).not.toContain(address);
  expect((await reader.submit({ wish: 'close' })).text).toContain('The address has been withdrawn.');
  expect(reader.page.text).not.toMatch(/\/calendar\/[\w-]{43}/);
});
