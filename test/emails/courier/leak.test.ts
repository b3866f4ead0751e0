/**
 * What mail may never tell (need-to-know.md, section 8), found out by canaries: a word of its own in every column of
 * every table that somebody's words can stand in, whatever columns there are; then every notice and every calendar
 * file, for a request in every state, over a real mail server.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import ICAL from 'ical.js';
import { pino } from 'pino';
import type { Knex } from 'knex';
import { append } from '../../../db/audit/append.js';
import { inTransaction } from '../../../db/core/connection.js';
import { createCourier } from '../../../emails/courier/courier.js';
import { smtpTransport } from '../../../emails/courier/transport.js';
import { addDays, atLondonTime } from '../../../policies/core/time/london.js';
import { observationTypes } from '../../../policies/core/observation-types.js';
import { deadlineKinds } from '../../../policies/deadline/open-deadlines.js';
import { noticeKinds } from '../../../policies/core/notices.js';
import { routines, steps } from '../../../policies/deadline/reminding.js';
import { requestStatuses } from '../../../policies/request/request.js';
import { noticesOf } from '../../../server/web/notices.js';
import { sign } from '../../../server/signing/sign.js';
import { useCouncil } from '../../support/council.js';
import { anEntry } from '../../support/entries.js';
import { granted, plannedVisit } from '../../support/granted.js';
import { useMailServers } from '../../support/mail-server.js';
import { decoded, type Received } from '../../support/smtp.js';
import { Line } from '../../support/line.js';
import { behindTheApi, personId } from '../../support/people.js';

const council = useCouncil();
const mail = useMailServers();
const from = 'need-to-know@council.example';

/** What a message is made of, and may tell; or what decides how it is made. Everything else gets a canary. */
const known: readonly string[] = [
  'messages.key',
  'messages.kind',
  'messages.reference',
  'messages.action',
  'people.email',
  'requests.reference',
  'reminders.key',
  'reminders.what',
  'reminders.step',
  'reminders.called',
];

const canaries: string[] = [];
let coded: string[] = [];

interface Column {
  readonly table: string;
  readonly column: string;
  readonly type: 'text' | 'jsonb';
}

const withCanary = (value: unknown, word: string): unknown => {
  if (typeof value === 'string') return word;
  if (Array.isArray(value)) return value.map((each) => withCanary(each, word));
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withCanary(each, word)]))
    : value;
};

/** @returns whether the column took it: what holds codes, by a rule of the database, takes no words */
const filled = async (
  trx: Knex.Transaction,
  { table, column, type }: Column,
  word: string,
): Promise<boolean> => {
  try {
    await trx.transaction(async (inner) => {
      if (type === 'text') {
        // Where each is to be another, a number beside it makes it so.
        await inner.raw(
          `update public.?? as t set ?? = case when n.total = 1 then ? else ? || n.number end
             from (select ctid as place, row_number() over () as number, count(*) over () as total from public.??
               where ?? is not null) n
             where n.place = t.ctid`,
          [table, column, word, word, table, column],
        );
        return;
      }
      const rows: { place: string; value: unknown }[] = await inner(table)
        .whereNotNull(column)
        .select(inner.raw('ctid::text as place'), `${column} as value`);
      for (const { place, value } of rows) {
        await inner.raw('update public.?? set ?? = ?::jsonb where ctid = ?::tid', [
          table,
          column,
          JSON.stringify(withCanary(value, word)),
          place,
        ]);
      }
    });
    return true;
  } catch (error) {
    // A check, a key or a generated column; anything else is a fault of this test.
    const { code } = error as { code?: string };
    if (['23514', '23505', '428C9', '22P02', '22007', '42804'].includes(code ?? '')) return false;
    throw error;
  }
};

beforeAll(async () => {
  const { world } = council;
  const grant = await granted(council, { conditions: ['To be quiet throughout'] });
  const by = await personId(world.db, 'host');
  const { window } = (await grant.read('legal')).body;
  const overtaken = await Line.submitted(council);
  const { window: ofOvertaken } = (await overtaken.read('legal')).body;
  await behindTheApi(world.db, async (trx) => {
    await trx('requests')
      .where({ reference: overtaken.reference })
      .update({
        status: 'time_passed',
        due_on: null,
        time_passed_at: atLondonTime(addDays(ofOvertaken.to, 1), '00:00'),
      });
    for (const start of ['09:10', '14:20'] as const) {
      const to = start === '09:10' ? '11:00' : '15:00';
      await plannedVisit(trx, grant.id, {
        date: window.to,
        from: start,
        to,
        at: council.clock,
        by,
        caseReference: `LCS-${start.slice(0, 2)}`,
      });
    }
    // One that has ended, for its cancellation.
    await trx('visits')
      .where({ from_time: '14:20' })
      .update({ ended_at: council.clock, ended_because: 'cancelled' });
  });
  await council.place();
  await sign(world.db, council.signer, council.clock);
  // One reminder of each kind and step, so that there is a line of each.
  await inTransaction(world.db, async (trx) => {
    await append(trx, anEntry());
    for (const what of [...deadlineKinds, ...routines]) {
      for (const step of steps) {
        await trx('reminders').insert({
          key: `leak:${what}:${step}`,
          request_id: trx('requests').where({ reference: grant.line.reference }).select('id'),
          what,
          step,
          called: what === 'release_or_end' ? 'incidents' : grant.line.reference,
          due_on: window.to,
          fell_due_at: council.clock,
          recorded_at: council.clock,
        });
      }
    }
  });

  const superuser = world.open(world.superuserUrl);
  const { rows: columns } = await superuser.raw<{ rows: Column[] }>(
    `select c.table_name as table, c.column_name as column, c.data_type as type
       from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
       where c.table_schema = 'public' and c.data_type in ('text', 'jsonb') and t.table_type = 'BASE TABLE'
         and c.table_name not like 'knex_%' order by 1, 2`,
  );
  coded = [];
  await superuser.transaction(async (trx) => {
    // As a superuser may: past the rules that keep what is settled, so that none of them keeps a canary out.
    for (const table of new Set(columns.map((column) => column.table))) {
      await trx.raw('alter table public.?? disable trigger user', [table]);
    }
    for (const column of columns) {
      const name = `${column.table}.${column.column}`;
      if (known.includes(name)) continue;
      const word = `canary${canaries.length}zz`;
      if (await filled(trx, column, word)) canaries.push(word);
      else coded.push(name);
    }
    for (const table of new Set(columns.map((column) => column.table))) {
      await trx.raw('alter table public.?? enable trigger user', [table]);
    }
  });
}, 120_000);

/** Every notice about every request, with every visit, every line and the checkpoint: more than is ever sent. */
const everything = async (): Promise<number> => {
  const { db } = council.world;
  const requests: { reference: string }[] = await db('requests').select('reference');
  const visits: { id: string }[] = await db('visits').select('id');
  const toPerson = await db('people').where({ email: 'legal@council.example' }).first<{ id: string }>('id');
  let written = 0;
  await inTransaction(db, async (trx) => {
    await append(trx, anEntry());
    // What was written before is no matter here.
    await trx('messages').whereNull('sent_at').whereNull('failed_at').update({ failed_at: council.clock });
    const all = noticeKinds.flatMap((kind) =>
      requests.map(({ reference }, number) => ({
        key: `leak:${kind}:${reference}`,
        to_person: toPerson?.id,
        kind,
        reference,
        action: 'read',
        due: number % 2 === 0 ? '2027-03-02' : null,
        visit_id: kind.startsWith('visit_') ? (visits[number % (visits.length + 1)]?.id ?? null) : null,
        checkpoint_seq: kind === 'checkpoint_daily' ? trx('audit.checkpoints').max('seq') : null,
      })),
    );
    await trx('messages').insert(all);
    written = all.length;
    // Every line in one digest, and again each in one of its own.
    const reminders: { id: string }[] = await trx('reminders').whereLike('key', 'leak:%').select('id');
    const digest = await trx('messages')
      .where({ kind: 'digest' })
      .whereLike('key', 'leak:%')
      .first<{ id: string }>('id');
    await trx('reminder_recipients').insert(
      reminders.map(({ id }) => ({
        reminder_id: id,
        person_id: toPerson?.id,
        gathered_at: council.clock,
        message_id: digest?.id,
      })),
    );
  });
  return written;
};

const calendarsOf = (sent: readonly Received[]): string[] =>
  sent.flatMap((each) => decoded(each).match(/BEGIN:VCALENDAR[\s\S]*?END:VCALENDAR/g) ?? []);

describe('every notice and every calendar file, in every state', () => {
  let sent: readonly Received[] = [];
  let all = '';

  beforeAll(async () => {
    const { db } = council.world;
    const server = await mail();
    const courier = createCourier({
      db,
      now: () => council.clock,
      log: pino({ level: 'silent' }),
      render: noticesOf({
        baseUrl: new URL('https://observe.council.example'),
        councilName: 'Test Council',
        sessionSecret: 'a secret of the test',
      }),
      transport: smtpTransport(server.url, from),
      from,
    });
    const written = await everything();
    await courier.deliver();
    await courier.stop(0);
    sent = server.received;
    all = sent.map((each) => `${each.raw}\n${decoded(each)}`).join('\n');
    expect(sent).toHaveLength(written);
  }, 120_000);

  test('there are canaries in the words of every part of the service, and requests in every state', async () => {
    const statuses: string[] = await council.world.db('requests').distinct().pluck('status');
    expect(statuses.toSorted()).toEqual([...requestStatuses].toSorted());
    expect(canaries.length).toBeGreaterThan(60);
    // What takes no words holds codes: these and no more, so that a new column of words is never among them unseen.
    expect(
      // The table of texts names columns, and holds none.
      coded
        .filter((name) => !name.startsWith('stored_texts.'))
        .filter((name) => /reason|text|comment|citation|response|questions|chaperone|name$/.test(name)),
    ).toEqual([]);
  });

  test('disclose nothing of the values in any of them', () => {
    expect(canaries.filter((word) => all.toLowerCase().includes(word))).toEqual([]);
    // The decoding works: it finds the values that the mail should hold.
    expect(all).toContain('Children’s Services');
    expect(all).toContain('The decision is due by the end of');
  });

  test('name no type of observation, no case and no person', () => {
    for (const { label, key } of observationTypes) {
      expect({ label, isIn: all.includes(label) || all.includes(key) }).toEqual({ label, isIn: false });
    }
    expect(all).not.toMatch(/LCS-|\(demonstration\)|child’s journey|conference/i);
  });

  test('say when only in a calendar file, and there under a neutral title and without a place', () => {
    const calendars = calendarsOf(sent);
    expect(calendars.length).toBeGreaterThan(3);
    const methods = new Set<string>();
    for (const text of calendars) {
      const calendar = new ICAL.Component(ICAL.parse(text));
      methods.add(String(calendar.getFirstPropertyValue('method')));
      const [event, ...more] = calendar.getAllSubcomponents('vevent');
      expect(more).toEqual([]);
      const names = event
        ?.getAllProperties()
        .map(({ name }) => name)
        .toSorted();
      expect(names).not.toContain('location');
      expect(names).toEqual([...new Set(names)]);
      expect(String(event?.getFirstPropertyValue('summary'))).toMatch(
        /^Council appointment, OBS-\d{4}-\d{4}$/,
      );
      expect(String(event?.getFirstPropertyValue('class'))).toBe('PRIVATE');
    }
    expect([...methods].toSorted()).toEqual(['CANCEL', 'REQUEST']);
    // Out of the calendar files nobody reads a time.
    const rest = sent.map((each) =>
      decoded(each)
        .replaceAll(/BEGIN:VCALENDAR[\s\S]*?END:VCALENDAR/g, '')
        .replaceAll(/^Date:.*$/gm, ''),
    );
    expect(rest.filter((text) => /\b(09:10|14:20|9\.10)\b/.test(text))).toEqual([]);
  });

  test('have a subject of one line, and a file name that is always the same', () => {
    for (const { headers } of sent) {
      expect(headers.get('subject')).toMatch(/^[^\r\n]+$/);
    }
    const files = new Set(all.match(/filename="?[^"\r\n;]+/g) ?? []);
    expect([...files].every((file) => file.endsWith('invitation.ics'))).toBe(true);
  });
});
