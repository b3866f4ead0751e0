/**
 * A leak that was upheld (need-to-know.md, section 4): a finding on the register opens a ground of its own, which is cited
 * only while the finding is weighed, and only after the councillor has been heard on it.
 */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { search } from '../../db/audit/search.js';
import { atLondonTime } from '../../policies/core/time/london.js';
import { paths } from '../../server/web/paths.js';
import { useCouncil, type Account } from '../support/council.js';
import { expectOk, type Line } from '../support/line.js';
import { readersOf } from '../support/officers.js';
import { byRule, lineAt, personId } from '../support/people.js';

const council = useCouncil();
const as = readersOf(council);
const at = (date: string, time: string): void => {
  council.clock = atLondonTime(date, time);
};
// A Monday in term, no holiday near: five working days later is the next Monday.
const monday = '2027-01-11';
council.clock = atLondonTime(monday, '10:00');
beforeEach(() => at(monday, '10:00'));

const ground = 'confidentiality_breach';
const gist = 'The Standards Committee found that you had passed on what you learned at a meeting.';
const refuse = (line: Line) => line.decide('refuse', { grounds: [ground] });
const tell = async (line: Line) =>
  (await council.as('legal')).post(`${line.path}/hearing`, { version: 1, gist });
const record = async (until: string, member: Account = 'scrutiny.chair') => {
  const { councillorId } = await council.as(member);
  const finding = { body: 'Standards Committee', date: '2026-12-18', minute: 'Minute 12', until };
  return (await council.as('monitoring.officer')).post(`/api/councillors/${councillorId}/findings`, finding);
};
const weighed = async (line: Line) =>
  (await (await council.as('legal')).get(`${line.path}/assessment`)).body.finding;

describe('an upheld leak', () => {
  test('is recorded, told, shown beside proportionality, heard and then cited in the refusal', async () => {
    const line = await lineAt(council, 'ready');
    // Before the finding there is nothing to weigh, to hear anybody on, or to cite.
    expect(await weighed(line)).toBeUndefined();
    expect(await tell(line)).toMatchObject(byRule(409, 'hearing_needless'));
    expect(await refuse(line)).toMatchObject(byRule(409, 'upheld_finding'));

    expect(await record('2027-12-18')).toMatchObject({ status: 201, body: { weighed: true } });
    const [message] = await council.world.db('messages').where({ kind: 'finding_recorded' });
    expect(message).toMatchObject({
      to_person: await personId(council.world.db, 'scrutiny.chair'),
      reference: 'councillors',
    });
    expect(await weighed(line)).toMatchObject({ minute: 'Minute 12', until: '2027-12-18' });
    const services = await as('childrens.services');
    const page = await services.open(`/requests/${line.reference}/test/proportionality`);
    expect(page.text).toContain('A finding is on record: Standards Committee');

    // The ground is open, and the councillor is heard first: the gist, and five working days.
    const unheard = await refuse(line);
    expect(unheard).toMatchObject(byRule(409, 'hearing'));
    expect(unheard.body.detail).toContain('Tell them the gist first.');
    expectOk(await tell(line));
    expect((await line.read('scrutiny.chair')).body.hearing).toMatchObject({ gist, due: '2027-01-18' });
    at('2027-01-18', '23:59');
    const early = await refuse(line);
    expect(early).toMatchObject(byRule(409, 'hearing'));
    expect(early.body.detail).toContain('18 January 2027');
    at('2027-01-19', '00:01');
    expect(await refuse(line)).toMatchObject({ status: 201, body: { status: 'refused' } });

    const chair = await council.as('scrutiny.chair');
    expect((await chair.get(line.path)).body).toMatchObject({
      decision: { outcome: 'refuse', grounds: [ground] },
      can: ['ask_review'],
    });
    const [entry] = await search(council.world.db, {
      subject: line.reference,
      type: 'request.decided',
      limit: 1,
    });
    expect(entry?.decision).toMatchObject({ outcome: 'refuse', grounds: [ground] });
    const notice = await (await as('scrutiny.chair')).open(paths.notice(line.reference));
    expect(notice.text).toContain('A finding of a breach of confidentiality was upheld');
  });

  test('is cited no longer once its last day is over, even where the councillor was heard on it', async () => {
    const line = await lineAt(council, 'ready', { author: 'scrutiny.member' });
    expectOk(await record('2027-01-18', 'scrutiny.member'));
    expectOk(await tell(line));
    const own = await council.as('scrutiny.member');
    expectOk(await own.post(`${line.path}/hearing/answer`, { text: 'I have apologised for it.' }));
    at('2027-01-19', '00:01');
    expect(await refuse(line)).toMatchObject(byRule(409, 'upheld_finding'));
    expectOk(await line.decide('approve'));
  });
});
