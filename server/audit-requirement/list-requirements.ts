import { listRequirements as load, type RequirementRow } from '../../db/audit-requirement/requirements.js';
import { recordedList } from '../../db/core/recorded.js';
import { requirementsReference } from '../../policies/core/notices.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';
import { shown, type Shown } from '../case/shown.js';

/** A page of the requirements, the last recorded first; to auditors their own. @throws NotFound */
export const listRequirements = async (
  ctx: Ctx,
  given: Parameters<typeof load>[2],
): Promise<Shown<RequirementRow>> => {
  if (!ctx.ability.can('read', 'AuditRequirement')) throw new NotFound();
  const entry = readingEntry(ctx, { type: 'audit_requirement.read', subject: requirementsReference });
  const ask = recordedList(ctx.db, entry, { upTo: given.limit });
  return shown(await load(ctx.db, ctx.ability, { ...given, limit: given.limit + 1 }, ask), given.limit);
};
