/**
 * Who acts on a request for an office keeps reading it. It is noted with what they did; a sign-off waits in its trigger for
 * the row of the request, which the same statement changes.
 */
import { describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../../db/core/connection.js';
import { caseFileAfter } from '../../../server/case/case-file.js';
import { answerQuestion } from '../../../server/need-to-know/answer-question.js';
import { discussRequest } from '../../../server/decision/discuss-request.js';
import { signOffRequest } from '../../../server/decision/sign-off-request.js';
import type { Ctx } from '../../../server/case/ctx.js';
import type { CaseFile } from '../../../policies/case/case-file.js';
import { useCouncil } from '../../support/council.js';
import { foundRow } from '../../support/found-row.js';
import { reason } from '../../support/line.js';
import { brought, ctxFor, personId, type Stage } from '../../support/people.js';

const council = useCouncil();
const now = () => council.clock;

const signing = {
  version: 1,
  office: 'democratic_services',
  outcome: 'agree',
  reasons: reason,
  grounds: [],
  conditions: [],
} as const;

const first: readonly [string, Stage, string, (ctx: Ctx, reference: string) => Promise<CaseFile>][] = [
  [
    'answers',
    'submitted',
    'legal.second',
    (ctx, ref) => answerQuestion(ctx, ref, 'legal_bars', 1, { answer: [] }),
  ],
  [
    'changes an answer, so that sign-offs are void',
    'ready',
    'legal.second',
    (ctx, ref) =>
      answerQuestion(ctx, ref, 'lawful_basis', 1, {
        answer: 'confirmed',
        reason: `${reason} So it is.`,
      }),
  ],
  [
    'speaks',
    'assessed',
    'legal.second',
    (ctx, ref) => discussRequest(ctx, ref, { version: 1, text: 'Seen.' }),
  ],
  ['signs', 'discussed', 'democratic.services.second', (ctx, ref) => signOffRequest(ctx, ref, signing)],
];

describe('who has not acted before', () => {
  test.each(first)('and %s keeps reading the request', async (_, stage, account, act) => {
    const { db } = council.world;
    const { reference } = await brought(db, stage, { now });
    const id = await personId(db, account);
    const stored = async () =>
      (await foundRow(db('requests').where({ reference }).first('acted_by'))).acted_by;
    expect(await stored()).not.toContain(id);
    const answered = await act(await ctxFor(db, id, now), reference);
    expect(await stored()).toEqual(expect.arrayContaining([id]));
    expect(answered.row.actedBy.toSorted()).toEqual((await stored()).toSorted());
  });

  test('and signs has signed, once', async () => {
    const { db } = council.world;
    const { reference } = await brought(db, 'discussed', { now });
    const id = await personId(db, 'democratic.services.second');
    await signOffRequest(await ctxFor(db, id, now), reference, signing);
    expect(
      await db('sign_offs')
        .where({ person_id: id })
        .whereIn('request_id', db('requests').where({ reference }).select('id')),
    ).toHaveLength(1);
  });
});

test('an answer that voids sign-offs is answered once its entries are committed, and not before', async () => {
  const { db, owner } = council.world;
  const { reference } = await brought(db, 'ready', { now });
  const legal = await ctxFor(db, await personId(db, 'legal'), now);
  await inTransaction(owner, async (trx) => {
    await trx.raw('set local role ntk_audit');
    await trx.raw(`create function audit.refuse_at_commit() returns trigger language plpgsql as $$
      begin raise exception 'the commit fails'; end $$`);
    await trx.raw(`create constraint trigger refused_at_commit after insert on audit.entries deferrable
      initially deferred for each row when (new.type = 'request.seats_voided')
      execute function audit.refuse_at_commit()`);
  });
  const answered = answerQuestion(legal, reference, 'lawful_basis', 1, { answer: 'not_confirmed', reason });
  await expect(answered).rejects.toThrow('the commit fails');
  const { row, assessment } = await caseFileAfter(legal, reference);
  expect(row.seats).toHaveLength(2);
  expect(assessment?.given.find(({ question }) => question === 'lawful_basis')?.answer).toBe('confirmed');
});
