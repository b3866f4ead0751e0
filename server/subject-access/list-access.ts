import { recordedList } from '../../db/core/recorded.js';
import { listAccess as load, type AccessRow } from '../../db/subject-access/access-requests.js';
import { accessReference } from '../../policies/core/notices.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';
import { shown, type Shown } from '../case/shown.js';

/** A page of the access requests, newest first, to Data Protection; to councillors their own. @throws NotFound */
export const listAccess = async (ctx: Ctx, given: Parameters<typeof load>[2]): Promise<Shown<AccessRow>> => {
  if (!ctx.ability.can('read', 'AccessRequest')) throw new NotFound();
  const entry = readingEntry(ctx, { type: 'subject_access.read', subject: accessReference });
  const ask = recordedList(ctx.db, entry, { upTo: given.limit });
  return shown(await load(ctx.db, ctx.ability, { ...given, limit: given.limit + 1 }, ask), given.limit);
};
