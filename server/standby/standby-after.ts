/**
 * The row that a command of this capability wrote, for the person who gave it: the command is the entry on the trail.
 */
import * as standby from '../../db/standby/standby.js';
import type { Joined } from '../web/api/once.js';

const written = async <T>(loading: Promise<T | null>): Promise<T> => {
  const row = await loading;
  if (row === null) throw new Error('What was just recorded is not there.');
  return row;
};

export const deputyAfter = ({ db }: Joined, id: string) => written(standby.findDeputy(db, id));
export const delegationAfter = ({ db }: Joined, id: string) => written(standby.findDelegation(db, id));
export const absenceAfter = ({ db }: Joined, id: string) => written(standby.findAbsence(db, id));
