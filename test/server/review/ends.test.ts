/**
 * An end that the council made, looked at again like a refusal (need-to-know.md, section 4): asked for in time, decided by
 * nobody who signed or ended it, and, where it is set aside, decided afresh as a new request. Nothing is revived.
 */
import { describe, expect, test } from '@jest/globals';
import { paths } from '../../../server/web/paths.js';
import { pino } from 'pino';
import { jobRunner } from '../../../server/jobs/worker/run-job.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { granted, type Granted } from '../../support/granted.js';
import { answerInOrder, expectOk, Line } from '../../support/line.js';
import { fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi, byRule, personId, stepsOf } from '../../support/people.js';
import { questions } from '../../../policies/need-to-know/questions.js';

const council = useCouncil();
const as = readersOf(council);
// A Tuesday in summer time, without a holiday near it: ten working days later is 29 September.
council.clock = new Date('2026-09-15T10:00:00+01:00');

const reasons = 'The team is being reorganised, and is closed to observers.';
const asks = 'The team is open again since Monday.';
const why = 'The reasons do not say why another team would not do.';
const post = async (by: Account, path: string, body: object): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const ended = async (by: Account = 'data.protection', more: object = {}): Promise<Granted> => {
  const grant = await granted(council);
  expectOk(await post(by, `${grant.path}/revoke`, { reasons, ...more }));
  return grant;
};
const ask = ({ line }: Granted, by: Account = 'scrutiny.chair') =>
  post(by, `${line.path}/review`, { reasons: asks });
const decide = ({ line }: Granted, outcome: string, by: Account = 'monitoring.officer') =>
  post(by, `${line.path}/review/decision`, { outcome, reasons: why, noConflict: true });
const canOf = async ({ line }: Granted, by: Account = 'scrutiny.chair') => (await line.read(by)).body.can;

describe('an end that an office or Data Protection made', () => {
  test('is reviewed in the time of a refusal, is upheld with the next route, and once', async () => {
    const grant = await ended();
    expect(await canOf(grant)).toEqual(['ask_review']);
    const asked = expectOk(await ask(grant));
    expect(asked.body).toMatchObject({
      status: 'approved',
      due: { what: 'review', at: '2026-09-29' },
      review: { reasons: asks },
    });
    expect(await ask(grant)).toMatchObject(byRule(409, 'review_asked'));
    expect(await canOf(grant, 'monitoring.officer')).toContain('decide_review');
    const { body } = expectOk(await decide(grant, 'upheld'));
    expect(body.review).toMatchObject({ decision: { outcome: 'upheld', reasons: why } });
    expect(body.review.next).toMatch(/The decision stands\..*judicial review/u);
    expect((await grant.read('scrutiny.chair')).body.status).toBe('revoked');
    expect(await decide(grant, 'remitted')).toMatchObject(byRule(409, 'no_review'));
  });

  test('set aside is not revived: the same text is decided afresh as a new request, by others', async () => {
    const grant = await ended('legal');
    expectOk(await ask(grant));
    const { body } = expectOk(await decide(grant, 'remitted'));
    const reference = body.review.afresh as string;
    expect(body.review.next).toContain(reference);
    expect(body.status).toBe('approved');
    expect((await grant.read('scrutiny.chair')).body).toMatchObject({
      status: 'revoked',
      endedBecause: 'council_decision',
    });

    const afresh = new Line(council, reference, 'initial_child_protection_conference', 'scrutiny.chair');
    const seen = (await afresh.read('scrutiny.chair')).body;
    const before = (await grant.line.read('scrutiny.chair')).body;
    expect(seen).toMatchObject({
      status: 'submitted',
      version: 1,
      due: { what: 'decide', at: '2026-09-29' },
    });
    expect([seen.necessity, seen.window, seen.observationType]).toEqual([
      before.necessity,
      before.window,
      before.observationType,
    ]);
    const [opened] = await stepsOf(council.world.db, reference);
    expect(opened).toMatchObject({
      type: 'request.opened',
      decision: { from: grant.line.reference, because: 'review', due: '2026-09-29' },
    });
    for (const { key } of questions)
      expectOk(await afresh.answer(key, answerInOrder(key, 'initial_child_protection_conference')));
    await afresh.discuss();
    // Who had signed, and who had ended it, sign nothing of it.
    expect(await afresh.sign('childrens_services')).toMatchObject(byRule(403, 'signed_before'));
    expect(await afresh.decide('refuse')).toMatchObject(byRule(403, 'signed_before'));
    await expect(
      behindTheApi(council.world.db, async (trx) =>
        trx.raw(
          `insert into sign_offs (request_id, version, office, outcome, reasons, person_id, capacity, at)
             select r.id, 1, 'childrens_services', 'agree', 'Afresh.', ?, 'principal', ? from requests r where r.reference = ?`,
          [await personId(trx, 'childrens.services'), council.clock, reference],
        ),
      ),
    ).rejects.toMatchObject({ constraint: 'sign_offs_afresh' });
    expectOk(await afresh.sign('childrens_services', {}, 'childrens.services.deputy'));
  });

  test('on pages: the councillor reads the end and asks, the Monitoring Officer sets it aside', async () => {
    const grant = await ended('legal', { cause: 'to_protect_others' });
    const chair = await as('scrutiny.chair');
    const page = await chair.open(paths.review(grant.line.reference));
    expect(page.text).toMatch(/Ask for a review of the end.*This is no criticism of you/u);
    expect(page.text).not.toContain(reasons);
    await fillIn(chair, paths.review(grant.line.reference), { reasons: asks });
    const officer = await as('monitoring.officer');
    const form = await officer.open(paths.reviewDecision(grant.line.reference));
    expect(form.text).toMatch(/The end is set aside/u);
    expect(form.text).toContain(reasons);
  });
});

test('what lapsed by itself, was used or goes on has nothing to review', async () => {
  const grant = await granted(council);
  expect(await canOf(grant)).not.toContain('ask_review');
  expect(await ask(grant)).toMatchObject(byRule(409, 'nothing_to_review'));
});

test('nobody reviews an end that they made, also where the database is asked', async () => {
  const grant = await ended('data.protection');
  expectOk(await ask(grant));
  await expect(
    behindTheApi(council.world.db, async (trx) =>
      trx('reviews')
        .whereIn('request_id', trx('requests').where({ reference: grant.line.reference }).select('id'))
        .update({
          outcome: 'upheld',
          decision_reasons: why,
          decided_at: council.clock,
          decided_by: await personId(trx, 'data.protection'),
          capacity: 'principal',
        }),
    ),
  ).rejects.toMatchObject({ constraint: 'reviews_by_another' });
});

// The last: time goes on.
test('an end is not asked about once the time is over, nor by somebody else', async () => {
  const grant = await ended();
  expect((await ask(grant, 'scrutiny.member')).status).toBe(404);
  const late = await ended();
  council.clock = new Date('2026-09-29T23:59:59+01:00');
  expectOk(await ask(grant));
  council.clock = new Date('2026-09-30T00:00:01+01:00');
  const refused = await ask(late);
  expect(refused).toMatchObject(byRule(409, 'review_time'));
  expect(refused.body.detail).toContain('29 September 2026');
});

describe('a request that time has closed', () => {
  const closed = async (window: object): Promise<Line> => {
    const line = await Line.submitted(council, { window });
    council.clock = new Date('2026-11-24T10:00:00Z');
    await jobRunner({ db: council.world.db, now: () => council.clock, log: pino({ level: 'silent' }) })(
      'times_passed',
    );
    return line;
  };
  const review = (line: Line) => post('scrutiny.chair', `${line.path}/review`, { reasons: asks });

  test('is reviewed where its decision was overdue by then, and decided afresh with fresh deadlines', async () => {
    council.clock = new Date('2026-11-02T10:00:00Z');
    const late = await closed({ from: '2026-11-09', to: '2026-11-20' });
    expectOk(await review(late));
    const { body } = expectOk(
      await post('monitoring.officer', `${late.path}/review/decision`, {
        outcome: 'remitted',
        reasons: why,
        noConflict: true,
      }),
    );
    expect(body).toMatchObject({
      status: 'submitted',
      version: 2,
      due: { what: 'decide', at: '2026-12-08' },
      review: { decision: { outcome: 'remitted' } },
    });
  });

  test('is not reviewed where nobody was late: the councillor asks again', async () => {
    council.clock = new Date('2026-11-16T10:00:00Z');
    const line = await closed({ from: '2026-11-18', to: '2026-11-20' });
    expect(await review(line)).toMatchObject(byRule(409, 'nothing_to_review'));
  });
});
