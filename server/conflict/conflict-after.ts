import { findConflict, type ConflictRow } from '../../db/conflict/conflicts.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { Joined } from '../web/api/once.js';

/** The conflict as a command left it, for the person who gave the command: the command is the entry on the trail. */
export const conflictAfter = ({ db, ability, now }: Joined, id: string): Promise<ConflictRow> =>
  findConflict(db, { ability, today: londonDate(now()) }, id);
