/**
 * A meeting of the offices counts as the discussion once each that was there has confirmed it (need-to-know.md, section 4).
 */
import { describe, expect, test } from '@jest/globals';
import { londonDate } from '../../../policies/core/time/london.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { expectOk, type Line } from '../../support/line.js';
import { behindTheApi, byRule, lineAt, personId, stepsOf } from '../../support/people.js';
import { nobodysId } from '../../support/bodies.js';

const council = useCouncil();

const three = ['childrens_services', 'democratic_services', 'legal'];
const post = async (by: Account, path: string, body: object): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const entries = async (line: Line) =>
  (await (await council.as('legal')).get(`${line.path}/discussion`)).body.items;
/** A request that all but the discussion is there for, with a meeting that Legal recorded. */
const met = async (present: readonly string[] = three): Promise<{ line: Line; id: string }> => {
  const line = await lineAt(council, 'assessed');
  for (const office of ['childrens_services', 'democratic_services'] as const)
    expectOk(await line.sign(office));
  const meeting = { date: londonDate(council.clock), present, note: 'All fourteen answers.' };
  expectOk(await post('legal', `${line.path}/discussion`, { version: 1, meeting }));
  return { line, id: (await entries(line)).at(-1).id };
};
const says = ({ line, id }: { line: Line; id: string }, by: Account, present = true, more: object = {}) =>
  post(by, `${line.path}/discussion/${id}/confirm`, { version: 1, present, ...more });

describe('a meeting of the offices', () => {
  test('does not count before each has confirmed it: an approval names the offices, and no person', async () => {
    const meeting = await met();
    const early = await meeting.line.decide('approve');
    expect(early).toMatchObject(byRule(409, 'meeting_unconfirmed'));
    expect(early.body.kind).toBe('council');
    expect(early.body.detail).toMatch(
      /once each office that was there has confirmed it\..*Children’s Services, Democratic Services\.$/u,
    );
    expectOk(await says(meeting, 'childrens.services'));
    expect((await meeting.line.decide('approve')).body.detail).toMatch(/2\d{3}: Democratic Services\.$/u);
    const { body } = expectOk(await says(meeting, 'democratic.services'));
    expect(body.discussed).toBe(true);
    const [entry] = await entries(meeting.line);
    expect(entry.meeting.confirmed.toSorted()).toEqual(three);
    expectOk(await meeting.line.decide('approve'));
  });

  test('does not count for an office that was named wrongly, and so not as the discussion', async () => {
    const meeting = await met();
    expectOk(await says(meeting, 'childrens.services'));
    expectOk(await says(meeting, 'democratic.services', false));
    expect((await entries(meeting.line))[0].meeting.absent).toEqual(['democratic_services']);
    expect(await meeting.line.decide('approve')).toMatchObject(byRule(409, 'discussion'));
    const last = (await stepsOf(council.world.db, meeting.line.reference)).findLast(
      ({ type }) => type === 'meeting.confirmed',
    );
    expect(last).toMatchObject({ decision: { version: 1, present: false } });
  });

  test('waits for the Monitoring Officer too, where they are named', async () => {
    const meeting = await met([...three, 'monitoring_officer']);
    for (const by of ['childrens.services', 'democratic.services'] as const)
      expectOk(await says(meeting, by));
    const early = await meeting.line.decide('approve');
    expect(early.body.detail).toMatch(/: The Monitoring Officer\.$/u);
    expectOk(await says(meeting, 'monitoring.officer', false));
    expectOk(await meeting.line.decide('approve'));
  });

  test('is confirmed once, by an office that is named, and not by who recorded it', async () => {
    const meeting = await met();
    expect(await says(meeting, 'legal')).toMatchObject(byRule(409, 'meeting_settled'));
    expect(await says(meeting, 'legal.second')).toMatchObject(byRule(409, 'meeting_settled'));
    expect(await says(meeting, 'monitoring.officer')).toMatchObject(byRule(409, 'meeting_settled'));
    expectOk(await says(meeting, 'childrens.services'));
    expect(await says(meeting, 'childrens.services', false)).toMatchObject(byRule(409, 'meeting_settled'));
    for (const by of ['scrutiny.chair', 'host', 'data.protection'] as const)
      expect((await says(meeting, by)).status).toBe(403);
    expect((await says({ ...meeting, id: nobodysId }, 'legal')).status).toBe(404);
  });

  test('is confirmed by one person for one office', async () => {
    const line = await lineAt(council, 'assessed');
    const meeting = { date: londonDate(council.clock), present: three, note: 'All fourteen answers.' };
    expectOk(await post('two.offices', `${line.path}/discussion`, { version: 1, meeting, office: 'legal' }));
    const [{ id }] = await entries(line);
    const twice = await says({ line, id }, 'two.offices', true, { office: 'democratic_services' });
    expect(twice).toMatchObject(byRule(403, 'meeting_other_person'));
    const behind = async (by: Account, office: string) =>
      behindTheApi(council.world.db, async (trx) =>
        trx('meeting_confirmations').insert({
          entry_id: id,
          office: office as 'legal',
          was_there: true,
          person_id: await personId(trx, by),
          capacity: 'principal',
          at: council.clock,
        }),
      );
    await expect(behind('two.offices', 'democratic_services')).rejects.toMatchObject({
      constraint: 'meeting_confirmations_one_a_person',
    });
    await expect(behind('legal.second', 'legal')).rejects.toMatchObject({
      constraint: 'meeting_confirmations_named',
    });
    await expect(behind('monitoring.officer', 'monitoring_officer')).rejects.toMatchObject({
      constraint: 'meeting_confirmations_named',
    });
  });

  test('is told to the offices that have to confirm it, without its note', async () => {
    const { line } = await met();
    const sent = await council.world
      .db('messages')
      .where({ reference: line.reference, kind: 'meeting_to_confirm' });
    const people = await council.world
      .db('people')
      .whereIn(
        'id',
        sent.map(({ to_person: to }) => to),
      )
      .pluck('email');
    expect(people).toEqual(
      expect.arrayContaining(['childrens.services@council.example', 'democratic.services@council.example']),
    );
    expect(people).not.toContain('legal@council.example');
    expect(JSON.stringify(sent)).not.toContain('fourteen');
  });
});
