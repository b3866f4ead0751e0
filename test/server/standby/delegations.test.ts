/**
 * A strategy discussion is signed for Children's Services by the Director, or by somebody to whom the Director has delegated
 * it in writing, also while the Director is away: need-to-know.md, section 3.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { readersOf } from '../../support/officers.js';
import { behindTheApi, personId, stepsOf } from '../../support/people.js';

const council = useCouncil();
const as = readersOf(council);
const today = londonDate(council.clock);
const deputy = 'childrens.services.deputy';
const authority = 'Letter of the Director of 3 May 2026, scheme of delegation 4.2.';

const record = async (more: object = {}, account: Account = 'democratic.services'): Promise<Answer> =>
  (await council.as(account)).post('/api/delegations', {
    delegate: `${deputy}@council.example`,
    from: today,
    to: addDays(today, 30),
    authority,
    ...more,
  });
const ended = (): Promise<Answer> => record({ from: addDays(today, -2), to: addDays(today, -1) });
const away = async (): Promise<Answer> =>
  (await council.as('democratic.services')).post('/api/absences', {
    office: 'childrens_services',
    principal: 'childrens.services@council.example',
    from: today,
    to: today,
  });
const discussed = async (type = 'strategy_discussion'): Promise<Line> => {
  const line = await Line.assessed(council, { observationType: type });
  await line.discuss();
  return line;
};

// Whoever acts below is signed in first.
beforeAll(async () => {
  for (const account of [deputy, 'childrens.services', 'democratic.services', 'legal', 'scrutiny.chair'])
    await council.as(account);
}, 120_000);

describe('a strategy discussion', () => {
  test('is signed by the Director, and by no deputy while the Director is there', async () => {
    const line = await discussed();
    const refused = await line.sign('childrens_services', {}, deputy);
    expect([refused.status, refused.body.rule]).toEqual([403, 'principal_present']);
    expectOk(await line.sign('childrens_services'));
  });

  test('is signed under a delegation also while the Director is there, as authorised and for nobody else', async () => {
    const line = await discussed();
    expectOk(await record());
    const { body } = expectOk(await line.sign('childrens_services', {}, deputy));
    expect(body.signOffs.at(-1).by).toMatchObject({ capacity: 'authorised' });
    expect(body.signOffs.at(-1).by.deputyFor).toBeUndefined();
    expectOk(await ended());
  });

  test('is not signed under a delegation that has ended', async () => {
    const line = await discussed();
    expectOk(await record());
    expectOk(await ended());
    const refused = await line.sign('childrens_services', {}, deputy);
    expect([refused.status, refused.body.rule]).toEqual([403, 'principal_present']);
  });
});

describe('a delegation', () => {
  test('covers strategy discussions alone', async () => {
    expectOk(await record());
    const line = await discussed('core_group');
    const refused = await line.sign('childrens_services', {}, deputy);
    expect([refused.status, refused.body.rule]).toEqual([403, 'principal_present']);
    expectOk(await ended());
  });

  test('is recorded by Democratic Services with what it rests on, and told to who holds it', async () => {
    const { status, body } = await record();
    expect(status).toBe(201);
    expect(body).toMatchObject({ authority, from: today });
    const id = await personId(council.world.db, deputy);
    const steps = await stepsOf(council.world.db, `person:${id}`);
    expect(steps.map(({ type }) => type)).toContain('strategy.delegated');
    expect((await record({}, 'childrens.services')).status).toBe(403);
    const page = await (await as('democratic.services')).open('/standby');
    expect(page.text).toContain('Delegations of strategy discussions');
    expect(page.text).not.toContain('scheme of delegation 4.2');
    expectOk(await ended());
  });

  test('is given to nobody but an officer of Children’s Services, and not to the Director', async () => {
    for (const account of ['legal', 'scrutiny.chair', 'administrator', 'childrens.services'])
      expect((await record({ delegate: `${account}@council.example` })).status).toBe(422);
    expect((await record({ from: today, to: addDays(today, -1) })).status).toBe(422);
  });

  test('of oneself is refused behind the service too', async () => {
    const { db } = council.world;
    const id = await personId(db, deputy);
    await expect(
      behindTheApi(db, (trx) =>
        trx('strategy_delegations').insert({
          delegate_id: id,
          delegated_by: id,
          from_date: today,
          to_date: today,
          authority,
          recorded_at: council.clock,
          recorded_by: id,
        }),
      ),
    ).rejects.toMatchObject({ constraint: 'strategy_delegations_two_people_check' });
  });
});

describe('while the Director is away', () => {
  beforeAll(async () => {
    expectOk(await away());
  });

  test('the deputy without a delegation does not sign a strategy discussion, and the answer says who does', async () => {
    const line = await discussed();
    const refused = await line.sign('childrens_services', {}, deputy);
    expect([refused.status, refused.body.rule]).toEqual([403, 'head_signs']);
    expect(refused.body.detail).toContain('delegated it in writing');
  });

  test('whoever holds the delegation signs it, so that nobody’s absence delays the meeting', async () => {
    const line = await discussed();
    expectOk(await record());
    const { body } = expectOk(await line.sign('childrens_services', {}, deputy));
    expect(body.signOffs.at(-1).by).toMatchObject({ capacity: 'authorised' });
  });
});
