import { randomUUID } from 'node:crypto';
import { inTransaction } from '../../db/core/connection.js';
import { together } from '../../db/core/together.js';
import { liftingRule, voidLifts } from '../../db/decision/lifts.js';
import * as requests from '../../db/request/requests.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import type { Seat } from '../../policies/core/office.js';
import { liftRule as command } from '../../policies/need-to-know/commands.js';
import { liftableBlocks, liftedBlocks } from '../../policies/need-to-know/lift.js';
import { ruleLifted } from '../../policies/need-to-know/notices.js';
import { permit } from '../../policies/permission/permit.js';
import { caseFileAfter, holdCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { notify } from '../case/notify.js';
import { record } from '../case/record.js';
import { screened } from '../case/screened.js';
import type { SentLift } from './bodies.js';

const isSeat = (office: string): office is Seat =>
  office === 'childrens_services' || office === 'democratic_services' || office === 'legal';

/**
 * An office says, with reasons, whether it lifts the council rules behind the blocks of a question, for this version. A
 * block is lifted when all three lift it: then the Monitoring Officer is told. What an office says takes the place of what
 * it said of the question before, which stays on the record as voided; it counts for the blocks that it is said of alone.
 */
export const liftRule = (ctx: Ctx, reference: string, given: SentLift): Promise<CaseFile> => {
  const { version, question, outcome, reasons } = given;
  screened(ctx, { reasons });
  return inTransaction(ctx.db, async (trx) => {
    const { file } = await holdCase(trx, ctx, reference);
    const { row, at } = file;
    const acting = permit(command, ctx, file, {
      version,
      office: given.office,
      lifting: { question, outcome, blocks: given.blocks },
    });
    const { office } = acting;
    if (!isSeat(office)) throw new Error('Only the three offices lift a council rule.');
    const finding = file.assessment?.test.findings.find((each) => each.question === question);
    const blocks = given.blocks ?? (finding ? liftableBlocks(finding) : []);
    const before = row.lifts.filter((said) => said.question === question && said.office === office);
    if (before.length > 0)
      await voidLifts(trx, row, { at, because: 'reconsidered', of: { question, office } });
    await together(trx, [
      liftingRule(trx, row, {
        id: randomUUID(),
        version,
        question,
        blocks,
        office,
        personId: ctx.actor.id,
        outcome,
        reasons,
        capacity: acting.capacity,
        deputyFor: acting.deputyFor?.id ?? null,
        at,
      }),
      requests.saving(trx, row.id, { actedBy: ctx.actor.id }),
    ]);
    const entry = record(trx, ctx, acting, {
      type: 'request.lift_said',
      subject: reference,
      decision: { version, question, blocks: [...blocks], outcome },
      reasons,
    });
    const standing = [
      ...row.lifts.filter((said) => !before.includes(said)),
      { question, blocks, office, personId: ctx.actor.id, outcome },
    ];
    const liftedBefore = liftedBlocks(row.lifts)[question] ?? [];
    const lifted = liftedBlocks(standing)[question] ?? [];
    if (lifted.some((block) => !liftedBefore.includes(block))) notify(trx, ctx, entry, ruleLifted(reference));
    return caseFileAfter({ ...ctx, db: trx }, reference);
  });
};
