import { type DisposalRow, findDisposal } from '../../db/retention/disposals.js';
import type { Joined } from '../web/api/once.js';

/** The disposal as a command left it, for the person who gave the command: the command is the entry on the trail. */
export const disposalAfter = ({ db }: Joined, id: string): Promise<DisposalRow> => findDisposal(db, id);
