import { findRedaction, type RedactionRow } from '../../db/redaction/redactions.js';
import { holdsOffice } from '../../policies/people/actor.js';
import type { Ctx } from '../case/ctx.js';
import { recordReading } from '../case/record.js';
import { aboutText } from './about-text.js';
import { readsText } from './reads-text.js';

/** A report, with the text as far as this reader may weigh it. */
export interface ReadRedaction {
  readonly report: RedactionRow;
  readonly text: string | null;
}

/** Data Protection weigh what is reported, but no privileged advice; others read what they could read before. */
const weighs = async (ctx: Ctx, report: RedactionRow): Promise<boolean> => {
  if (report.said === null || ctx.actor.councillorId !== null) return false;
  if (holdsOffice(ctx.actor, 'data_protection') && !report.privileged) return true;
  return readsText(ctx, report, report.mark);
};

/** One report. The reading is recorded, and whether the text was shown. @throws NotFound */
export const readRedaction = async (ctx: Ctx, id: string): Promise<ReadRedaction> => {
  const report = await findRedaction(ctx.db, ctx.ability, id);
  const shows = await weighs(ctx, report);
  await recordReading(ctx, {
    type: 'redaction.read',
    subject: aboutText(report),
    decision: { redaction: report.id, text: shows },
  });
  return { report, text: shows ? report.said : null };
};
