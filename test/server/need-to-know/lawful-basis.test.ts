/**
 * The lawful basis in coded fields (need-to-know.md, section 2, `lawful_basis`): a missing one is found while Legal answer,
 * and nothing beyond the process is opened without what its categories call for.
 */
import { describe, expect, test } from '@jest/globals';
import { useCouncil } from '../../support/council.js';
import { expectOk, Line, reason } from '../../support/line.js';
import { behindTheApi } from '../../support/people.js';

const council = useCouncil();

const whole = {
  article6: '6(1)(e)',
  article9: '9(2)(g)',
  schedule1: 18,
  policyDocument: 'Policy on special categories, March 2026',
} as const;

const answered = (basis?: object) => ({
  answer: 'confirmed',
  reason,
  ...(basis === undefined ? {} : { basis }),
});

const finding = async (line: Line) => {
  const { body } = expectOk(await (await council.as('legal')).get(`${line.path}/assessment`));
  return (body.findings as { question: string }[]).find(({ question }) => question === 'lawful_basis');
};

const ready = async (basis?: object): Promise<Line> => {
  const line = await Line.assessed(council, {}, { lawful_basis: answered(basis) });
  await line.discuss();
  expectOk(await line.sign('childrens_services'));
  expectOk(await line.sign('democratic_services'));
  return line;
};

describe('the answer', () => {
  test('counts by its reason alone where no field is sent, as before', async () => {
    expect(await finding(await Line.assessed(council))).toMatchObject({ result: 'satisfied' });
  });

  test.each([
    [{}, ['the ground of Article 6']],
    [{ article9: '9(2)(g)' }, ['the ground of Article 6', 'the paragraph of Schedule 1', 'policy document']],
    [{ ...whole, schedule1: undefined }, ['the paragraph of Schedule 1']],
    [{ ...whole, policyDocument: ' ' }, ['the appropriate policy document']],
    [{ article6: '6(1)(e)', article10: 10 }, ['the appropriate policy document']],
    [{ article6: '6(1)(e)', article9: '9(2)(h)' }, ['the paragraph of Schedule 1']],
  ])('with fields %j still needs what it leaves out, and says which', async (basis, missing) => {
    const line = await Line.assessed(council, {}, { lawful_basis: answered(basis) });
    const found = await finding(line);
    expect(found).toMatchObject({ result: 'needs_reason' });
    for (const each of missing)
      expect((found as unknown as { explanation: string }).explanation).toContain(each);
  });

  test('is whole with the ground, the condition, its paragraph and the policy, and is read back with them', async () => {
    const line = await Line.assessed(council, {}, { lawful_basis: answered(whole) });
    expect(await finding(line)).toMatchObject({ result: 'satisfied' });
    const { body } = await (await council.as('legal')).get(`${line.path}/assessment`);
    expect((body.answers as Record<string, object>)['lawful_basis']).toMatchObject({ basis: whole });
  });

  test('takes the fields for this question alone, and codes alone', async () => {
    const line = await Line.assessed(council);
    expect(await line.answer('necessity', { answer: 'duty', reason, basis: whole })).toMatchObject({
      status: 422,
    });
    expect(await line.answer('lawful_basis', answered({ article6: '6(1)(f)' }))).toMatchObject({
      status: 422,
    });
    expect(await line.answer('lawful_basis', answered({ schedule1: 38 }))).toMatchObject({ status: 422 });
  });

  test('that changes a field voids the sign-offs like any other', async () => {
    const line = await ready(whole);
    expectOk(await line.answer('lawful_basis', answered({ ...whole, schedule1: 17 })));
    expect(await line.decide('approve')).toMatchObject({ status: 409, body: { rule: 'three_sign_offs' } });
  });
});

describe('an approval', () => {
  test('of the process alone stands on the reason', async () => {
    const line = await ready();
    expect(await line.decide('approve')).toMatchObject({ status: 201 });
  });

  test.each([
    ['health', undefined, 'the ground of Article 6'],
    ['family', { article6: '6(1)(e)' }, 'the condition of Article 9'],
    ['police', whole, 'section 10'],
  ] as const)('of %s is refused, naming what the basis %j leaves out', async (category, basis, missing) => {
    const line = await ready(basis);
    const refused = await line.decide('approve', { categories: ['process', category] });
    expect(refused).toMatchObject({ status: 409, body: { rule: 'lawful_basis' } });
    expect(refused.body.detail).toContain(missing);
  });

  test('of health and of police information is given where the basis names all of it', async () => {
    const line = await ready({ ...whole, article10: 10 });
    expect(await line.decide('approve', { categories: ['process', 'health', 'police'] })).toMatchObject({
      status: 201,
    });
  });

  test('past the service is refused by the database as well', async () => {
    const line = await ready();
    expectOk(await line.decide('approve'));
    const { db } = council.world;
    const copied = behindTheApi(db, (trx) =>
      trx.raw(
        `insert into grants (request_id, version, sign_off_id, window_from, window_to, events, categories, made_at)
           select g.request_id, g.version, g.sign_off_id, g.window_from, g.window_to, g.events, array['process', 'health'], g.made_at
           from grants g join requests r on r.id = g.request_id where r.reference = ?`,
        [line.reference],
      ),
    );
    await expect(copied).rejects.toMatchObject({ constraint: 'grants_lawful_basis' });
  });
});
