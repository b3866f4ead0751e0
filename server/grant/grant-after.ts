import { findGrant } from '../../db/grant/grants.js';
import type { Grant } from '../../policies/grant/grant.js';
import type { Joined } from '../web/api/once.js';

/** The grant as a command left it, for the person who gave the command: the command is the entry on the trail. */
export const grantAfter = ({ db, ability, now }: Joined, id: string): Promise<Grant> =>
  findGrant(db, ability, id, now());
