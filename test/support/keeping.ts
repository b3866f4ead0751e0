import { addDays, addMonths, atLondonTime } from '../../policies/core/time/london.js';
import type { Account, Council } from './council.js';
import { Line } from './line.js';

/** A councillor with one submitted request, whose data has all been kept for its time. */
export interface BeyondTheirTime {
  readonly councillorId: string;
  readonly name: string;
  readonly reference: string;
}

/** Hands one in for them, and moves the clock to the day after the last on which it is kept. */
export const beyondTheirTime = async (council: Council, account: Account): Promise<BeyondTheirTime> => {
  const { reference } = await Line.submitted(council, {}, account);
  const { councillorId } = await council.as(account);
  const row = await council.world
    .db('councillors')
    .where({ id: councillorId })
    .first<{ name: string; term_to: string }>('name', 'term_to');
  council.clock = atLondonTime(addDays(addMonths(row.term_to, 72), 1), '10:00');
  return { councillorId, name: row.name, reference };
};
