/**
 * The conditions of an approval, looked at again while it goes on (need-to-know.md, section 4): upheld, or decided afresh as a
 * new request, which takes the place of the grant once it is approved. Its end may be reviewed as well.
 */
import { describe, expect, test } from '@jest/globals';
import { questions } from '../../../policies/need-to-know/questions.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { granted, type Granted } from '../../support/granted.js';
import { answerInOrder, expectOk, Line } from '../../support/line.js';
import { fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi, byRule, personId, stepsOf } from '../../support/people.js';

const council = useCouncil();
const as = readersOf(council);
council.clock = new Date('2026-09-15T10:00:00+01:00');

const asks = 'Half of the meeting does not show how the plan is made.';
const why = 'The reasons do not say why the second half is closed.';
const half = [
  { text: 'The member leaves after the first half.', owner: 'host', before: 'attendance' },
] as const;
const post = async (by: Account, path: string, body: object): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const withConditions = () => granted(council, { conditions: half });
const ask = ({ line }: Granted, more: object = {}) =>
  post('scrutiny.chair', `${line.path}/review`, { reasons: asks, ...more });
const decide = ({ line }: Granted, outcome: string, by: Account = 'monitoring.officer') =>
  post(by, `${line.path}/review/decision`, { outcome, reasons: why, noConflict: true });
const canOf = async ({ line }: Granted, by: Account = 'scrutiny.chair') => (await line.read(by)).body.can;

/** The request that is decided afresh, approved without conditions by people who had not signed. */
const approvedAfresh = async (reference: string): Promise<void> => {
  const type = 'initial_child_protection_conference';
  const afresh = new Line(council, reference, type, 'scrutiny.chair');
  for (const { key } of questions) expectOk(await afresh.answer(key, answerInOrder(key, type)));
  await afresh.discuss();
  expectOk(await afresh.sign('childrens_services', {}, 'childrens.services.deputy'));
  expectOk(await afresh.sign('democratic_services', {}, 'democratic.services.second'));
  expectOk(await afresh.decide('approve', {}, 'legal.second'));
};

describe('the conditions of an approval', () => {
  test('are reviewed in the time of a refusal, upheld with the next route, and once', async () => {
    const grant = await withConditions();
    expect(await canOf(grant)).toContain('ask_review');
    expect(expectOk(await ask(grant)).body).toMatchObject({
      status: 'approved',
      due: { what: 'review', at: '2026-09-29' },
      review: { about: 'conditions', reasons: asks },
    });
    expect(await ask(grant)).toMatchObject(byRule(409, 'review_asked'));
    expect(await decide(grant, 'upheld', 'legal')).toMatchObject(byRule(403, 'office'));
    const { body } = expectOk(await decide(grant, 'upheld'));
    expect(body.review).toMatchObject({ about: 'conditions', decision: { outcome: 'upheld', reasons: why } });
    expect(body.review.next).toMatch(/The decision stands\..*judicial review/u);
    expect((await grant.read('scrutiny.chair')).body.status).toBe('waiting');
  });

  test('set aside leave what was granted as it is, until the same text is approved afresh and takes its place', async () => {
    const grant = await withConditions();
    expectOk(await ask(grant));
    const { body } = expectOk(await decide(grant, 'remitted'));
    const reference = body.review.afresh as string;
    expect(body.review.next).toMatch(
      new RegExp(`${reference}.*goes on under its conditions until that is approved`, 'u'),
    );
    expect((await grant.read('scrutiny.chair')).body.status).toBe('waiting');
    await approvedAfresh(reference);
    expect((await grant.read('scrutiny.chair')).body).toMatchObject({
      status: 'revoked',
      endedBecause: 'council_decision',
      endedReasons: expect.stringContaining(reference),
    });
    const [end] = (await stepsOf(council.world.db, grant.line.reference)).toReversed();
    expect(end).toMatchObject({ type: 'grant.revoked', decision: { replacedBy: reference } });
  });

  test('may be asked about, and then the end as well, which takes the first review in', async () => {
    const grant = await withConditions();
    expectOk(await ask(grant));
    expectOk(await post('data.protection', `${grant.path}/revoke`, { reasons: 'The team is closed.' }));
    expect(await canOf(grant)).toContain('ask_review');
    const asked = expectOk(await ask(grant, { reasons: 'The team is open again.' })).body;
    expect(asked.review).not.toHaveProperty('about');
    expect(asked.review.reasons).toBe('The team is open again.');
    expect(await ask(grant)).toMatchObject(byRule(409, 'review_asked'));
    const reviews = await council.world.db('reviews').where({ version: 1 }).orderBy('asked_at');
    expect(reviews.slice(-2).map(({ about, outcome }) => [about, outcome])).toEqual([
      ['conditions', 'superseded'],
      ['outcome', null],
    ]);
    const { body } = expectOk(await decide(grant, 'remitted'));
    expect(body.review.next).toMatch(/The end is set aside/u);
  });

  test('are named on the pages of the councillor and of the Monitoring Officer', async () => {
    const grant = await withConditions();
    const chair = await as('scrutiny.chair');
    const page = await chair.open(paths.review(grant.line.reference));
    expect(page.text).toMatch(
      /Ask for a review of the conditions.*goes on under its conditions.*leaves after the first half/u,
    );
    await fillIn(chair, paths.review(grant.line.reference), { reasons: asks });
    const form = await (await as('monitoring.officer')).open(paths.reviewDecision(grant.line.reference));
    expect(form.text).toMatch(/Decide the review of the conditions.*The conditions are looked at afresh/u);
    expect((await chair.open(paths.request(grant.line.reference))).text).toContain(
      'Review of the conditions',
    );
  });
});

test('what was approved without conditions has none to review, and the database knows it too', async () => {
  const grant = await granted(council);
  expect(await canOf(grant)).not.toContain('ask_review');
  expect(await ask(grant)).toMatchObject(byRule(409, 'nothing_to_review'));
  const forged = (about: string, { line }: Granted) =>
    behindTheApi(council.world.db, async (trx) =>
      trx.raw(
        `insert into reviews (request_id, version, about, reasons, asked_by, asked_at)
           select id, version, ?, 'Asked.', ?, ? from requests where reference = ?`,
        [about, await personId(trx, 'scrutiny.chair'), council.clock, line.reference],
      ),
    );
  await expect(forged('conditions', grant)).rejects.toMatchObject({ constraint: 'reviews_kept' });
  await expect(forged('outcome', await withConditions())).rejects.toMatchObject({
    constraint: 'reviews_kept',
  });
});
