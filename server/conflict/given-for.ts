import { refusalOf, verdictOn } from '../../policies/permission/permit.js';
import type { endConflict, settleConflict } from '../../policies/conflict/commands.js';
import type { RecordedConflict } from '../../policies/conflict/conflict.js';
import type { Ctx } from '../case/ctx.js';

/** What is given with a command about a conflict: of somebody who holds both offices, the office for which it can be given. */
export const givenFor = (
  ctx: Ctx,
  command: typeof endConflict | typeof settleConflict,
  conflict: RecordedConflict,
) => {
  const by = ctx.actor.id;
  const office = command.by.find(
    (each) => refusalOf(verdictOn(command, ctx, conflict, { by, office: each })) === null,
  );
  return { by, ...(office && { office }) };
};
