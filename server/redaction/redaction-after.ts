import { findRedaction, type RedactionRow } from '../../db/redaction/redactions.js';
import type { Joined } from '../web/api/once.js';

/** The report as a command left it, for the person who gave the command: the command is the entry on the trail. */
export const redactionAfter = ({ db, ability }: Joined, id: string): Promise<RedactionRow> =>
  findRedaction(db, ability, id);
