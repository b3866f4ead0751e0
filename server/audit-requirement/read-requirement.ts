import { findRequirement, type RequirementRow } from '../../db/audit-requirement/requirements.js';
import { recordedOne } from '../../db/core/recorded.js';
import { requirementsReference } from '../../policies/core/notices.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';

/** One requirement; the reading is recorded before it is shown. @throws NotFound */
export const readRequirement = (ctx: Ctx, given: string): Promise<RequirementRow> => {
  const id = given.toLowerCase();
  const entry = readingEntry(ctx, {
    type: 'audit_requirement.read',
    subject: requirementsReference,
    decision: { requirement: id },
  });
  return findRequirement(ctx.db, ctx.ability, id, recordedOne(ctx.db, entry));
};

/** A requirement as a command left it: the command is the entry on the trail. */
export const requirementAfter = (
  { db, ability }: Pick<Ctx, 'db' | 'ability'>,
  id: string,
): Promise<RequirementRow> => findRequirement(db, ability, id);
