/** Who signs, through HTTP: one person for two offices, a deputy beside the principal, and a conflict that was wrong. */
import { describe, expect, test } from '@jest/globals';
import { chiefExecutive, conflictOf } from '../support/conflicts.js';
import { useCouncil, type Account, type Answer } from '../support/council.js';
import { expectOk, type Line } from '../support/line.js';
import { byRule, lineAt, stepsOf } from '../support/people.js';

const council = useCouncil();
const send = async (by: Account, path: string, body: object): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const decisionOf = async (line: Line) => (await line.read('legal')).body.decision;

describe('one person for two offices', () => {
  test('signs for one and is refused for the second, whichever comes first; another of that office signs', async () => {
    const both = 'two.offices';
    const first = await lineAt(council, 'assessed');
    await first.discuss();
    expectOk(await first.sign('democratic_services', {}, both));
    expectOk(await first.sign('childrens_services'));
    const { body } = await first.read(both);
    expect(body.can).not.toContain('decide');
    expect(await first.decide('approve', {}, both)).toMatchObject(byRule(403, 'one_person_one_office'));
    expect(await first.decide('refuse', {}, both)).toMatchObject(byRule(403, 'one_person_one_office'));
    expectOk(await first.decide('approve', {}, 'legal.second'));
    const { signOffs } = (await first.read('legal')).body as {
      signOffs: { by: { name: string }; office: string }[];
    };
    expect(new Set(signOffs.map(({ by }) => by.name)).size).toBe(3);

    // Once they have taken their sign-off back, somebody else signs in that office: they may then decide for Legal.
    const second = await lineAt(council, 'assessed');
    await second.discuss();
    expectOk(await second.sign('democratic_services', {}, both));
    expectOk(await second.sign('childrens_services'));
    const back = { version: 1, reasons: 'Legal has nobody else today.' };
    expectOk(await send(both, `${second.path}/sign-offs/democratic_services/withdraw`, back));
    expectOk(await second.sign('democratic_services', {}, 'democratic.services.second'));
    expectOk(await second.decide('approve', {}, both));
  }, 120_000);
});

describe('a deputy whose principal is present', () => {
  const deputy = 'childrens.services.deputy';

  test('reads and signs nothing, and is told the rule and whose it is', async () => {
    const line = await lineAt(council, 'assessed');
    await line.discuss();
    expect((await line.read(deputy)).body.can).toEqual([]);
    const refused = await line.sign('childrens_services', {}, deputy);
    expect(refused).toMatchObject({
      ...byRule(403, 'principal_present'),
      body: { rule: 'principal_present', authority: expect.any(String), kind: 'council' },
    });
    expectOk(await line.sign('childrens_services'));
  }, 120_000);

  test('signs where the principal has a recorded conflict on this reference, as deputy for them, and on no other', async () => {
    const [conflicted, other] = [await lineAt(council, 'assessed'), await lineAt(council, 'assessed')];
    await conflicted.discuss();
    await other.discuss();
    const about = { reference: conflicted.reference };
    const { id } = expectOk(
      await send(
        'democratic.services',
        '/api/conflicts',
        conflictOf('childrens.services', 'relation', about),
      ),
    ).body;
    expect(await conflicted.sign('childrens_services')).toMatchObject(byRule(403, 'declared_relation'));
    expect(await other.sign('childrens_services', {}, deputy)).toMatchObject(
      byRule(403, 'principal_present'),
    );
    expectOk(await conflicted.sign('childrens_services', {}, deputy));
    const { body } = await conflicted.read('legal');
    expect(body.signOffs[0].by).toMatchObject({
      capacity: 'deputy',
      deputyFor: expect.stringContaining('Children’s Services'),
    });
    // The conflict ends: what the deputy signed stands, and on the next version the principal is present again.
    const why = { reasons: 'The relation ended years ago.' };
    expectOk(await send('monitoring.officer', `/api/conflicts/${id}/end`, why));
    expect((await conflicted.read(deputy)).body.can).toEqual([]);
    expectOk(await conflicted.sign('democratic_services'));
    expectOk(await conflicted.decide('approve'));
    expect((await decisionOf(conflicted)).outcome).toBe('approve');
  }, 120_000);
});

describe('a wrong conflict', () => {
  test('is told, contested and settled: meanwhile it stands, afterwards the person signs, and what was refused stays', async () => {
    const line = await lineAt(council, 'ready');
    const about = { reference: line.reference };
    const { id } = expectOk(
      await send('democratic.services', '/api/conflicts', conflictOf('legal', 'complaint', about)),
    ).body;
    expect(await line.decide('approve')).toMatchObject(byRule(403, 'complaint'));
    const own = (await (await council.as('legal')).get('/api/conflicts')).body.items[0];
    expect(own).toMatchObject({ id, status: 'recorded', can: ['contest'] });
    const why = { reasons: 'The complaint names another lawyer of the council.' };
    expectOk(await send('legal', `/api/conflicts/${id}/contest`, why));
    expect(await line.decide('approve')).toMatchObject(byRule(403, 'complaint'));
    const settled = { outcome: 'ended', reasons: 'The file shows another name.' };
    expectOk(await send('monitoring.officer', `/api/conflicts/${id}/settle`, settled));
    expectOk(await line.decide('approve'));
    const types = (await stepsOf(council.world.db, line.reference)).map(({ type }) => type);
    const order = ['conflict.recorded', 'conflict.contested', 'conflict.settled', 'request.decided'];
    expect(types.filter((type) => order.includes(type))).toEqual(order);
    expect(types.filter((type) => type === 'authority.refused').length).toBeGreaterThanOrEqual(2);
  }, 120_000);

  test('of the Monitoring Officer is for the Chief Executive: the deputy reviews meanwhile, and it ends with the authority', async () => {
    const line = await lineAt(council, 'ready');
    expectOk(await line.decide('refuse'));
    const asked = { reasons: 'The reasons do not speak of the review.' };
    expectOk(await send('scrutiny.chair', `${line.path}/review`, asked));
    const about = { reference: line.reference };
    const { id } = expectOk(
      await send(
        'democratic.services',
        '/api/conflicts',
        conflictOf('monitoring.officer', 'complaint', about),
      ),
    ).body;
    const decide = (by: Account) =>
      send(by, `${line.path}/review/decision`, {
        outcome: 'upheld',
        reasons: 'The reasons given suffice.',
        noConflict: true,
      });
    expect(await decide('monitoring.officer')).toMatchObject(byRule(403, 'complaint'));
    const why = { reasons: 'The complaint was of somebody before them.' };
    expect(await send('monitoring.officer', `/api/conflicts/${id}/end`, why)).toMatchObject(
      byRule(403, 'conflict_of_oneself'),
    );
    // Not even their deputy, who acts for the office while they are kept from this request.
    expect(await send('monitoring.officer.deputy', `/api/conflicts/${id}/end`, why)).toMatchObject({
      status: 403,
    });
    const cited = { ...why, authority: chiefExecutive };
    expectOk(await send('democratic.services', `/api/conflicts/${id}/end`, cited));
    expectOk(await decide('monitoring.officer'));
  }, 120_000);
});
