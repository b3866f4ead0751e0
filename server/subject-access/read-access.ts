import { recordedOne } from '../../db/core/recorded.js';
import {
  findAccess,
  findFile,
  findWeighed,
  type AccessRow,
  type ReleasedPassage,
  type WeighedAccess,
} from '../../db/subject-access/access-requests.js';
import { accessReference } from '../../policies/core/notices.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';

/** An access request with everything that is held; the reading is recorded before it is shown. @throws NotFound */
export const readWeighed = (ctx: Ctx, id: string): Promise<WeighedAccess> => {
  const entry = readingEntry(ctx, {
    type: 'subject_access.read',
    subject: accessReference,
    decision: { access: id, passages: true },
  });
  return findWeighed(ctx.db, ctx.ability, id, recordedOne(ctx.db, entry));
};

/** An access request without what is held. @throws NotFound */
export const readAccess = (ctx: Ctx, id: string): Promise<AccessRow> => {
  const entry = readingEntry(ctx, {
    type: 'subject_access.read',
    subject: accessReference,
    decision: { access: id },
  });
  return findAccess(ctx.db, ctx.ability, id, recordedOne(ctx.db, entry));
};

/** An access request as a command left it: the command is the entry on the trail. */
export const accessAfter = ({ db, ability }: Pick<Ctx, 'db' | 'ability'>, id: string): Promise<AccessRow> =>
  findAccess(db, ability, id);

/** The released file; each reading is recorded before it is shown. @throws NotFound, also until it is released */
export const readFile = async (
  ctx: Ctx,
  id: string,
): Promise<{ readonly access: AccessRow; readonly passages: readonly ReleasedPassage[] }> => {
  const entry = readingEntry(ctx, {
    type: 'subject_access.given',
    subject: accessReference,
    decision: { access: id },
  });
  const file = await findFile(ctx.db, ctx.ability, id, recordedOne(ctx.db, entry));
  if (!file) throw new NotFound();
  return file;
};
