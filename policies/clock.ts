/** What is due on a request, when and how it was counted. Source: need-to-know.md, section 7. */
import { deadline, periods, type Deadline } from './deadlines.js';
import type { ObservationRequest } from './subjects.js';
import type { Calendar } from './working-days.js';

/**
 * The deadline that runs now: the decision while the offices have the request, the councillor's answer
 * while it is returned, and none before submission or after the end.
 */
export const dueOf = (
  calendar: Calendar,
  row: Pick<ObservationRequest, 'status' | 'submittedAt' | 'returns'>,
): Deadline | null => {
  if (row.submittedAt === null) return null;
  if (row.status === 'submitted')
    return deadline(calendar, 'decide', row.submittedAt, periods.decide, row.returns);
  const open = row.returns.find(({ to }) => to === null);
  return row.status === 'returned' && open
    ? deadline(calendar, 'answer_returned', open.from, periods.answerReturned, [])
    : null;
};
