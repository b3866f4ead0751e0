/**
 * An incident as a personal data breach (need-to-know.md, section 6; UK GDPR, Articles 33 and 34): it is reported within 72
 * hours by the clock of when any officer became aware, or it is recorded why not, and it closes only with that.
 */
import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { search } from '../../../db/audit/search.js';
import { atLondonTime } from '../../../policies/core/time/london.js';
import type { JobName } from '../../../policies/operations/jobs.js';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { granted } from '../../support/granted.js';
import { expectOk } from '../../support/line.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi, byRule, notFound, personId, signInAgain } from '../../support/people.js';

const council = useCouncil();
// A Friday before a weekend that the hours run through.
const friday = atLondonTime('2027-02-05', '16:00');
council.clock = friday;
const as = readersOf(council);
const run = (name: JobName): Promise<number> =>
  jobRunner({ db: council.world.db, now: () => council.clock, log: pino({ level: 'silent' }) })(name);

const reasons = 'Topazzq: one page was seen for a minute, and nothing was copied.';
const post = async (by: Account, path: string, body: object = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const ago = (hours: number): string => new Date(council.clock.getTime() - hours * 3_600_000).toISOString();
const report = async (changes: object = {}): Promise<string> => {
  const { councillorId } = await council.as('ward.member');
  const { body } = expectOk(
    await post('host', '/api/incidents', {
      what: 'unauthorised_access',
      causedBy: 'other',
      text: 'A file lay open on the desk.',
      happenedAt: ago(3),
      awareAt: ago(2),
      exposed: 'unknown',
      councillor: councillorId,
      ...changes,
    }),
  );
  return body.id as string;
};
const exposed = {
  exposed: true,
  risk: 'risk',
  reportable: true,
  reasons,
  subjectsTold: false,
} as const;
const nothing = { ...exposed, exposed: false, risk: 'unlikely', reportable: false } as const;
const assess = (id: string, given: object, by: Account = 'data.protection'): Promise<Answer> =>
  post(by, `/api/incidents/${id}/assessment`, given);
const close = (id: string): Promise<Answer> =>
  post('data.protection', `/api/incidents/${id}/close`, { reasons });
const read = async (by: Account, id: string) =>
  (await (await council.as(by)).get(`/api/incidents/${id}`)).body;

test('the 72 hours run by the clock from when any officer became aware, through the weekend', async () => {
  const id = await report();
  expect(await read('data.protection', id)).toMatchObject({
    awareAt: '2027-02-05T14:00:00.000Z',
    exposed: 'unknown',
    reportBy: '2027-02-08T14:00:00.000Z',
    can: ['assess_breach'],
  });
  // Where nobody says when, it was when it was reported; what was disclosed says that data of others was exposed.
  const unsaid = await report({ awareAt: undefined, exposed: undefined, categories: ['health'] });
  expect(await read('data.protection', unsaid)).toMatchObject({
    awareAt: '2027-02-05T16:00:00.000Z',
    exposed: 'yes',
  });
  for (const [changes, field] of [
    [{ awareAt: ago(-1) }, 'awareAt'],
    [{ awareAt: ago(4) }, 'awareAt'],
    [{ exposed: 'no', categories: ['health'] }, 'exposed'],
  ] as const) {
    const { councillorId } = await council.as('ward.member');
    const refused = await post('host', '/api/incidents', {
      what: 'unauthorised_access',
      causedBy: 'other',
      text: 'A file lay open on the desk.',
      happenedAt: ago(3),
      councillor: councillorId,
      ...changes,
    });
    expect([refused.status, refused.body.errors]).toEqual([422, [expect.objectContaining({ field })]]);
  }
});

describe('an incident that may have exposed data of others', () => {
  test('is not closed before the breach is assessed, which the law asks for', async () => {
    const id = await report();
    const refused = await close(id);
    expect(refused).toMatchObject(byRule(409, 'breach_unsettled'));
    expect(refused.body.authority).toContain('Articles 33 and 34');
    expect(refused.body.kind).toBe('law');
    expect(await assess(id, exposed, 'legal')).toMatchObject(byRule(403, 'office'));
    expect(await assess(id, exposed, 'scrutiny.member')).toMatchObject(notFound);
    const { status, body } = await assess(id, nothing);
    expect([status, body.reportBy, body.can]).toEqual([201, null, ['assess_breach', 'close']]);
    expectOk(await close(id));
    expect(await assess(id, nothing)).toMatchObject(byRule(409, 'incident_closed'));
  });

  test('is closed once it was reported, with the Commissioner’s reference, and each phase stays on record', async () => {
    const id = await report();
    expectOk(await assess(id, exposed));
    expect((await close(id)).body.detail).toContain(
      'Report the breach to the Information Commissioner first',
    );
    expectOk(await assess(id, { ...exposed, reportedAt: ago(1) }));
    expect((await close(id)).body.detail).toContain('Record the Information Commissioner’s reference first.');
    // A further phase says what is new, and what was said of the report stands.
    expectOk(await assess(id, { ...exposed, reportedAt: ago(1), commissionerReference: 'IC-0042' }));
    const last = await assess(id, { ...exposed, risk: 'high_risk', subjectsTold: true, told: 'By letter.' });
    expect(last.body.assessments).toHaveLength(4);
    expect(last.body.assessments.at(-1)).toMatchObject({
      risk: 'high_risk',
      reportedAt: ago(1),
      commissionerReference: 'IC-0042',
      told: 'By letter.',
      reasons,
    });
    expectOk(await close(id));
  });

  test('is not assessed in a way that contradicts itself, or leaves out what the Articles ask for', async () => {
    const id = await report();
    for (const [given, field] of [
      [{ ...exposed, reportable: false }, 'reportable'],
      [{ ...nothing, risk: 'risk' }, 'risk'],
      [{ ...nothing, reportable: true }, 'reportable'],
      [{ ...nothing, subjectsTold: true }, 'subjectsTold'],
      [{ ...exposed, risk: 'unlikely', reportable: false, reportedAt: ago(1) }, 'reportedAt'],
      [{ ...exposed, reportedAt: ago(-1) }, 'reportedAt'],
      [{ ...exposed, reportedAt: ago(2.5) }, 'reportedAt'],
      [{ ...exposed, commissionerReference: 'IC-0042' }, 'reportedAt'],
      [{ ...exposed, awareAt: ago(3.5) }, 'awareAt'],
      [{ ...exposed, awareAt: ago(-1) }, 'awareAt'],
      [{ ...exposed, risk: 'high_risk' }, 'told'],
      [{ ...exposed, subjectsTold: true }, 'told'],
    ] as const) {
      const { status, body } = await assess(id, given);
      expect([given, status, body.rule, body.errors]).toEqual([
        given,
        422,
        'breach',
        [expect.objectContaining({ field })],
      ]);
    }
    expect((await read('data.protection', id)).assessments).toEqual([]);
  });

  test('that is reported late gives reasons for the delay', async () => {
    const id = await report({ happenedAt: ago(80), awareAt: ago(73) });
    const late = { ...exposed, reportedAt: ago(0) };
    expect(await assess(id, late)).toMatchObject({ status: 422, body: { errors: [{ field: 'delay' }] } });
    // Data Protection may find that somebody became aware of it at another time.
    expect((await assess(id, { ...late, awareAt: ago(71) })).body.reportBy).toBe(ago(-1));
    expectOk(await assess(id, { ...late, awareAt: ago(73), delay: 'Nobody told us over the weekend.' }));
  });

  test('is assessed by Data Protection on a page, which keeps what was typed and names what is missing', async () => {
    const id = await report();
    const reader = await as('data.protection');
    expect((await reader.open(paths.incident(id))).text).toContain(
      'Report a breach by 8 February 2027 at 14:00',
    );
    const path = paths.assessBreach(id);
    expect((await (await as('legal')).open(path)).status).toBe(403);
    const empty = await fillIn(reader, path, { reasons });
    expectRefused(empty, 422, /Select whether personal data of others was exposed[^]*how likely a risk/);
    expect(empty.form.fields['reasons']).toBe(reasons);
    const done = await fillIn(reader, path, {
      exposed: 'yes',
      risk: 'unlikely',
      reportable: 'no',
      reasons,
      subjectsTold: 'no',
    });
    expect([done.path, done.text]).toEqual([
      paths.incident(id),
      expect.stringMatching(/A risk to people is unlikely .*Not reported .*Topazzq/),
    ]);
  });
});

test('no assessment moves the 72 hours past the report of the incident, by which an officer was aware of it', async () => {
  const id = await report();
  const reportedAt = council.clock;
  try {
    council.clock = new Date(reportedAt.getTime() + 3_600_000);
    await signInAgain(council, 'data.protection');
    const later = await assess(id, { ...exposed, awareAt: ago(0.5) });
    expect(later).toMatchObject({ status: 422, body: { rule: 'breach', errors: [{ field: 'awareAt' }] } });
    expect((await assess(id, { ...exposed, awareAt: ago(1) })).body.reportBy).toBe(
      '2027-02-08T16:00:00.000Z',
    );
  } finally {
    council.clock = reportedAt;
  }
});

test('what was weighed is for the offices; the host and the auditor read it in codes, the councillor nothing of it', async () => {
  const id = await report();
  expectOk(await assess(id, { ...exposed, reportedAt: ago(1), commissionerReference: 'Saphirzq-1' }));
  for (const by of ['legal', 'childrens.services', 'monitoring.officer', 'democratic.services'] as const)
    expect([by, (await read(by, id)).assessments[0].reasons]).toEqual([by, reasons]);
  for (const by of ['host', 'auditor'] as const) {
    const body = await read(by, id);
    expect([by, Object.keys(body.assessments[0]).toSorted()]).toEqual([
      by,
      ['at', 'exposed', 'reportable', 'reportedAt', 'risk', 'subjectsTold'],
    ]);
  }
  expect(JSON.stringify(await read('ward.member', id))).not.toMatch(/assess|aware|expos|reportBy|zq/);
  const { rows } = await council.world.db.raw(
    `select count(*)::int as n from messages m where to_jsonb(m)::text ~* 'topazzq|saphirzq'`,
  );
  expect([rows, council.lines.join('').match(/topazzq|saphirzq/i)]).toEqual([[{ n: 0 }], null]);
  const [entry] = await search(council.world.db, { type: 'incident.assessed', limit: 1 });
  expect(entry).toMatchObject({
    office: 'data_protection',
    reasons,
    decision: { incident: id, exposed: true, risk: 'risk', reportable: true },
  });
});

test('Data Protection are reminded on the days before, Sunday too; the head hears in the hour in which it is missed', async () => {
  council.clock = friday;
  for (const name of ['reminders', 'escalations'] as const) await run(name);
  const grant = await granted(council, { now: () => friday });
  const { body } = expectOk(
    await post('host', '/api/incidents', {
      what: 'outside_scope',
      causedBy: 'host',
      text: 'A file lay open on the desk.',
      happenedAt: ago(3),
      awareAt: ago(2),
      exposed: 'yes',
      grant: grant.id,
    }),
  );
  const settled = await report();
  expectOk(await assess(settled, { ...exposed, risk: 'unlikely', reportable: false }));
  const ids = [body.id as string, settled];
  for (const [date, time] of [
    ['2027-02-07', '07:59'],
    ['2027-02-07', '08:00'],
    ['2027-02-07', '12:00'],
    ['2027-02-08', '08:00'],
    ['2027-02-08', '13:59'],
    ['2027-02-08', '14:00'],
    ['2027-02-09', '09:00'],
    ['2027-02-10', '00:00'],
  ] as const) {
    council.clock = atLondonTime(date, time);
    await run('reminders');
    await run('escalations');
  }
  const { rows } = await council.world.db.raw<{
    rows: { key: string; step: string; fell: Date; to: string[] }[];
  }>(
    `select t.key, t.step, t.fell_due_at as fell,
       (select array_agg(split_part(p.email, '@', 1)) from reminder_recipients c join people p on p.id = c.person_id
         where c.reminder_id = t.id) as to
     from reminders t where t.what = 'report_breach' order by t.fell_due_at`,
  );
  const said = rows.filter(({ key }) => ids.some((id) => key.includes(id)));
  expect(said.map(({ step, fell, to }) => [step, fell.toISOString(), to])).toEqual([
    ['one_day', '2027-02-07T08:00:00.000Z', ['data.protection']],
    ['due_today', '2027-02-08T08:00:00.000Z', ['data.protection']],
    ['missed', '2027-02-08T14:00:00.000Z', ['data.protection']],
    ['still_missed', '2027-02-10T00:00:00.000Z', ['monitoring.officer']],
  ]);
  council.clock = friday;
});

test('the database closes no incident unassessed, keeps awareness between what happened and its report, and takes no late report without its reasons', async () => {
  const id = await report({ happenedAt: ago(80), awareAt: ago(73) });
  const { db, owner } = council.world;
  const by = await personId(db, 'data.protection');
  const closing = (trx: typeof db) =>
    trx('incidents')
      .where({ id })
      .update({ closed_at: council.clock, closed_by: by, closed_reasons: reasons });
  await expect(behindTheApi(owner, closing)).rejects.toMatchObject({ constraint: 'incident_unassessed' });
  await expect(
    behindTheApi(owner, (trx) =>
      trx('incident_assessments').insert({
        incident_id: id,
        exposed: true,
        risk: 'risk',
        reportable: true,
        reasons,
        reported_at: council.clock,
        subjects_told: false,
        assessed_at: council.clock,
        assessed_by: by,
        capacity: 'principal',
      }),
    ),
  ).rejects.toMatchObject({ constraint: 'incident_assessments_delayed' });
  for (const aware of [ago(-0.5), ago(81)])
    await expect(
      behindTheApi(owner, (trx) =>
        trx('incident_assessments').insert({
          incident_id: id,
          aware_at: new Date(aware),
          exposed: true,
          risk: 'risk',
          reportable: true,
          reasons,
          subjects_told: false,
          assessed_at: council.clock,
          assessed_by: by,
          capacity: 'principal',
        }),
      ),
    ).rejects.toMatchObject({ constraint: 'incident_assessments_aware' });
});
