/**
 * A subject access request while a refusal is under review (need-to-know.md, section 5): what the offices think of a request
 * that is not decided starts as withheld, two people weigh and release the file, and the review goes on beside it.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { londonDate } from '../../policies/core/time/london.js';
import { Access, secondOfDataProtection } from '../support/access.js';
import { useCouncil, type Account } from '../support/council.js';
import { expectOk, Line, reason } from '../support/line.js';
import { byRule } from '../support/people.js';

const council = useCouncil();
/** A word for each text, by which it is found again. */
const said = (of: string) => `Zabernathy ${of}. ${reason}`;
const outcome = 'remitted';

let line: Line;
let access: Access;
beforeAll(async () => {
  await secondOfDataProtection(council);
  line = await Line.readyForLegal(council);
  expectOk(await line.speak('legal', said('discussion')));
  expectOk(await line.decide('refuse', { reasons: said('decision') }));
  const chair = await council.as('scrutiny.chair');
  expectOk(await chair.post(`${line.path}/review`, { reasons: said('review') }));
  access = await Access.recorded(council, chair.councillorId, londonDate(council.clock));
}, 120_000);

type Shown = Awaited<ReturnType<Access['passages']>>[number];
const passageOf = async (of: string): Promise<Shown> => {
  const found = (await access.passages()).find(({ text }) => text?.startsWith(`Zabernathy ${of}`));
  if (!found) throw new Error(`No passage says ${of}.`);
  return found;
};
const factsOf = async (kind: string): Promise<Shown | undefined> =>
  (await access.passages()).find((each) => each.kind === kind && each.reference === line.reference);
const remit = async (by: Account = 'monitoring.officer') =>
  (await council.as(by)).post(`${line.path}/review/decision`, {
    outcome,
    reasons: said('outcome'),
    noConflict: true,
  });

describe('a subject access request while a refusal is under review', () => {
  test('leaves nothing of the review out, and proposes what is the councillor’s and what the offices keep', async () => {
    expect((await line.read('scrutiny.chair')).body.review).not.toHaveProperty('decision');
    expect((await passageOf('review')).proposal).toEqual({ mark: 'disclose', exemption: null });
    expect((await passageOf('decision')).proposal.mark).toBe('disclose');
    expect((await passageOf('discussion')).proposal).toEqual({ mark: 'withhold', exemption: null });
    // Neither takes part in the other: who reviews learns nothing of the access request, and nobody waits.
    expect((await access.read('monitoring.officer')).status).toBe(404);
    expect((await line.read('monitoring.officer')).body.can).toContain('decide_review');
  });

  test('is marked by one person and not released by the same', async () => {
    expectOk(
      await access.put((await passageOf('discussion')).id, {
        mark: 'withhold',
        exemption: 'rights_of_others',
      }),
    );
    await access.markAll();
    expect((await access.read()).body.unmarked).toBe(0);
    expect(await access.release()).toMatchObject(byRule(403, 'access_two_people'));
  });

  test('waits for new marks where the review is decided meanwhile, and undecided seats start as withheld', async () => {
    const before = await factsOf('reviews');
    expect(before?.marked).not.toBeNull();
    line.version = expectOk(await remit()).body.version;
    // The record of the review says something else now; its outcome is a passage of its own.
    expect(await factsOf('reviews')).toMatchObject({ id: before?.id, marked: null });
    expect(await passageOf('outcome')).toMatchObject({ marked: null, proposal: { mark: 'disclose' } });
    // What was said of the version that was refused has not changed, and its marks stand.
    expect((await passageOf('decision')).marked).not.toBeNull();
    expect((await passageOf('discussion')).marked).toMatchObject({ mark: 'withhold' });

    const undecided = { answer: 'open_ended', reason: said('undecided') };
    expectOk(await line.answer('scope', undecided));
    expect(await passageOf('undecided')).toMatchObject({
      marked: null,
      proposal: { mark: 'withhold', exemption: null },
    });
    expect(await access.release('auditor')).toMatchObject(byRule(409, 'access_unmarked'));
    await access.markAll();
    await access.released();
  });

  test('gives the file that was marked, which stays as it is while the request is decided afresh', async () => {
    const file = expectOk(await access.file()).body;
    const text = JSON.stringify(file);
    for (const each of ['review', 'decision', 'outcome']) expect(text).toContain(`Zabernathy ${each}`);
    for (const each of ['discussion', 'undecided']) expect(text).not.toContain(`Zabernathy ${each}`);

    await line.answerAll();
    expectOk(await line.answer('scope', { answer: 'specific', reason: said('afresh') }));
    expect((await line.read('legal')).body).toMatchObject({ status: 'submitted', version: line.version });
    expect(expectOk(await access.file()).body).toEqual(file);
    expect(JSON.stringify(file)).not.toContain('Zabernathy afresh');
    expect((await access.read()).body).toMatchObject({ status: 'released', can: [] });
  });
});
