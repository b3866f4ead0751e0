import { recordedOne } from '../../db/core/recorded.js';
import { heldOn } from '../../db/subject-access/subject-access.js';
import { NotFound } from '../../policies/core/refusals.js';
import { permit } from '../../policies/permission/permit.js';
import { give } from '../../policies/subject-access/commands.js';
import { leftOut } from '../../policies/subject-access/subject-access.js';
import { aboutCouncillor } from '../incident/follows/incident.js';
import { readingEntry } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/**
 * Everything that is held on one councillor, to be given out to them; that it was given is on the trail before it is
 * answered (UK GDPR, Article 15). @throws NotFound, Forbidden
 */
export const giveSubjectAccess = async (ctx: Ctx, id: string) => {
  const councillorId = id.toLowerCase();
  const acting = permit(give, ctx, { kind: 'SubjectAccess', councillorId }, {});
  const happening = { type: 'subject_access.given', subject: aboutCouncillor(councillorId) } as const;
  const entry = readingEntry(ctx, happening, acting);
  const held = await heldOn(ctx.db, councillorId, recordedOne(ctx.db, entry));
  if (!held) throw new NotFound();
  return { madeAt: ctx.now(), ...held, leftOut };
};
