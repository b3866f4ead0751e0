/**
 * A refusal that Legal or the Monitoring Officer have decided afresh by themselves: need-to-know.md, section 4.
 */
import { describe, expect, test } from '@jest/globals';
import { paths } from '../../../server/web/paths.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { answerInOrder, expectOk, type Line } from '../../support/line.js';
import { fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi, byRule, lineAt, personId, stepsOf } from '../../support/people.js';
import { questions } from '../../../policies/need-to-know/questions.js';
import { foundRow } from '../../support/found-row.js';

const council = useCouncil();
const as = readersOf(council);
council.clock = new Date('2026-09-15T10:00:00+01:00');

const reasons = 'Canaryreasons: the work programme was read in an old version.';
const own = 'Canaryown: the Monitoring Officer is away, and the fault is mine.';
const post = async (by: Account, path: string, body: object): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const refused = async (): Promise<Line> => {
  const line = await lineAt(council, 'ready');
  expectOk(await line.decide('refuse'));
  return line;
};
const remit = (line: Line, by: Account = 'monitoring.officer', more: object = {}) =>
  post(by, `${line.path}/remittal`, { reasons, noConflict: true, ...more });

describe('a refusal that is remitted unasked', () => {
  test('is a new version of the same text with a fresh deadline, for people who have not signed before', async () => {
    const line = await refused();
    council.clock = new Date('2026-09-17T10:00:00+01:00');
    const { body } = expectOk(await remit(line));
    expect(body).toMatchObject({
      status: 'submitted',
      version: 2,
      due: { what: 'decide', at: '2026-10-01' },
      review: { version: 1, remittal: { reasons, by: { capacity: 'principal' } } },
    });
    line.version = 2;
    for (const { key } of questions) expectOk(await line.answer(key, answerInOrder(key, line.type)));
    await line.discuss();
    expect(await line.sign('childrens_services')).toMatchObject(byRule(403, 'signed_before'));
    expect(await line.decide('refuse')).toMatchObject(byRule(403, 'signed_before'));
    expectOk(await line.sign('childrens_services', {}, 'childrens.services.deputy'));
  });

  test('is told to the offices and to the councillor, who reads why and not by whom', async () => {
    const line = await refused();
    expectOk(await remit(line, 'legal.second'));
    const { body } = await line.read('scrutiny.chair');
    expect(body.review.remittal).toEqual({ at: expect.any(String), reasons });
    expect(body.review.next).toContain('looked at its refusal again by itself');
    const sent = await council.world.db('messages').where({ reference: line.reference });
    expect(sent.filter(({ kind }) => kind === 'request_remitted').length).toBeGreaterThan(3);
    expect(JSON.stringify(sent)).not.toMatch(/Canary/u);
    const types = (await stepsOf(council.world.db, line.reference)).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['request.remitted_unasked', 'request.remitted']));
  });

  test('by somebody who signed it needs a record of why it is they', async () => {
    const line = await refused();
    const alone = await remit(line, 'legal');
    expect(alone).toMatchObject(byRule(409, 'remits_own'));
    expect([alone.body.kind, typeof alone.body.authority]).toEqual(['council', 'string']);
    expectOk(await remit(line, 'legal', { ownBecause: own }));
    expect((await line.read('monitoring.officer')).body.review.remittal).toMatchObject({ ownBecause: own });
    for (const reader of ['scrutiny.chair', 'auditor'] as const)
      expect(JSON.stringify((await line.read(reader)).body)).not.toContain('Canaryown');
  });

  test('is remitted by nobody else, and by nobody with a conflict', async () => {
    const line = await refused();
    for (const by of [
      'childrens.services',
      'democratic.services',
      'data.protection',
      'scrutiny.chair',
    ] as const)
      expect((await remit(line, by)).status).toBe(403);
    expect((await remit(line, 'legal.second', { noConflict: false })).status).toBe(422);
  });

  test('is not signed afresh by who remitted it', async () => {
    const line = await refused();
    expectOk(await remit(line, 'legal.second'));
    line.version = 2;
    for (const { key } of questions) expectOk(await line.answer(key, answerInOrder(key, line.type)));
    expect(await line.decide('refuse', {}, 'legal.second')).toMatchObject(byRule(403, 'signed_before'));
    await expect(
      behindTheApi(council.world.db, async (trx) =>
        trx.raw(
          `insert into sign_offs (request_id, version, office, outcome, reasons, person_id, capacity, at)
             select r.id, 2, 'legal', 'refuse', 'Afresh.', ?, 'principal', ? from requests r where r.reference = ?`,
          [await personId(trx, 'legal.second'), council.clock, line.reference],
        ),
      ),
    ).rejects.toMatchObject({ constraint: 'sign_offs_afresh' });
  });

  test('waits while a review of it does: who decides that may remit it', async () => {
    const line = await refused();
    expectOk(await post('scrutiny.chair', `${line.path}/review`, { reasons: 'It was named.' }));
    expect(await remit(line)).toMatchObject(byRule(409, 'review_waits'));
  });

  test('is the Monitoring Officer’s alone once a review upheld it: nobody undoes the review from below', async () => {
    const line = await refused();
    expectOk(await post('scrutiny.chair', `${line.path}/review`, { reasons: 'It was named.' }));
    const upheld = { outcome: 'upheld', reasons: 'The purpose is on no work programme.', noConflict: true };
    expectOk(await post('monitoring.officer', `${line.path}/review/decision`, upheld));
    expect(await remit(line, 'legal.second')).toMatchObject(byRule(403, 'review_upheld'));
    expect((await line.read('legal.second')).body.can).not.toContain('remit_unasked');
    await expect(
      behindTheApi(council.world.db, async (trx) => {
        const { id } = await foundRow(trx('requests').where({ reference: line.reference }).first('id'));
        await trx('remittals').insert({
          request_id: id,
          version: 1,
          reasons,
          remitted_at: council.clock,
          remitted_by: await personId(trx, 'legal.second'),
          capacity: 'principal',
        });
      }),
    ).rejects.toMatchObject({ constraint: 'remittals_after_review' });
    expectOk(await remit(line));
  });

  test('stands behind the service too: of a refusal alone, and never silently by who signed it', async () => {
    const line = await refused();
    const forged = (by: Account, version = 1) =>
      behindTheApi(council.world.db, async (trx) => {
        const { id } = await foundRow(trx('requests').where({ reference: line.reference }).first('id'));
        await trx('remittals').insert({
          request_id: id,
          version,
          reasons,
          remitted_at: council.clock,
          remitted_by: await personId(trx, by),
          capacity: 'principal',
        });
      });
    await expect(forged('legal')).rejects.toMatchObject({ constraint: 'remittals_own' });
    await expect(forged('monitoring.officer', 2)).rejects.toMatchObject({
      constraint: 'remittals_of_refusals',
    });
  });

  test('on its page somebody who signed is asked why it is they', async () => {
    const line = await refused();
    const legal = await as('legal');
    expect((await legal.open(paths.remitUnasked(line.reference))).text).toContain('Why is it you');
    await fillIn(legal, paths.remitUnasked(line.reference), { reasons, ownBecause: own, noConflict: 'true' });
    expect((await line.read('legal')).body).toMatchObject({ status: 'submitted', version: 2 });
  });
});
