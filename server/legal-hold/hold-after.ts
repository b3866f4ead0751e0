import { findHold, type HoldRow } from '../../db/legal-hold/holds.js';
import type { Joined } from '../web/api/once.js';

/** The hold as a command left it, for the person who gave the command: the command is the entry on the trail. */
export const holdAfter = ({ db, ability }: Joined, id: string): Promise<HoldRow> => findHold(db, ability, id);
