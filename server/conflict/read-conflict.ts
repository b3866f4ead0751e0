import { findConflict, subjectOfConflict, type ConflictRow } from '../../db/conflict/conflicts.js';
import { recordedOne } from '../../db/core/recorded.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Ctx } from '../case/ctx.js';
import { readingEntry } from '../case/record.js';
import { aboutConflict } from './about-conflict.js';

/** One conflict; the reading is recorded with what it is about. @throws NotFound */
export const readConflict = async (ctx: Ctx, given: string): Promise<ConflictRow> => {
  const id = given.toLowerCase();
  // A missing one takes the same statements as a hidden one, so that the time taken does not disclose which it is.
  const about = await subjectOfConflict(ctx.db, id);
  const entry = readingEntry(ctx, {
    type: 'conflict.listed',
    subject: about ? aboutConflict(about) : `conflict:${id}`,
    decision: { conflict: id },
  });
  const reader = { ability: ctx.ability, today: londonDate(ctx.now()) };
  return findConflict(ctx.db, reader, id, recordedOne(ctx.db, entry));
};
