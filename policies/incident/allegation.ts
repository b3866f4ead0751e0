/**
 * What Data Protection allege of a councillor who caused an incident, and a fair hearing before anything that it froze is
 * ended. Ending to protect others (a bar, a withdrawn agreement) says nothing of the councillor and needs none.
 * Source: need-to-know.md, section 6; the days to answer are those before a refusal (section 4).
 */
import type { Told } from '../core/time/told.js';
import { isOverdue } from '../core/time/deadlines.js';
import { inDays } from '../core/words/in-days.js';

/** The same with the words; null where they have not answered. */
export interface Allegation extends Told {
  readonly gist: string;
  readonly answer: string | null;
}

/** Whether the councillor has answered, or had their time to. */
const isHeard = ({ dueOn, answeredAt }: Told, now: Date): boolean =>
  answeredAt !== null || isOverdue({ at: dueOn }, now);

/**
 * Why what these incidents froze cannot be ended yet: the councillor was not told what is alleged, or may still answer.
 * False where it can.
 */
export const saysUnheard = (hearings: readonly (Told | null)[], now: Date): string | false => {
  if (hearings.includes(null)) return 'An incident froze this. Tell the councillor what is alleged first.';
  const open = hearings.find((each) => each !== null && !isHeard(each, now));
  return open ? `The councillor may answer what is alleged until the end of ${inDays(open.dueOn)}.` : false;
};
