import { recordedOne } from '../../db/core/recorded.js';
import { type DisposalRow, findReadableDisposal } from '../../db/retention/disposals.js';
import { aboutDisposal } from './disposal.js';
import { readingEntry } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/** One proposal, or the certificate of a disposal; the reading is recorded. @throws NotFound */
export const readDisposal = (ctx: Ctx, id: string): Promise<DisposalRow> => {
  const entry = readingEntry(ctx, { type: 'retention.certificate_read', subject: aboutDisposal(id) });
  return findReadableDisposal(ctx.db, ctx.ability, id, recordedOne(ctx.db, entry));
};
