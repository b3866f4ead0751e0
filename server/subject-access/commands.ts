/** How people meet the giving of what is held on a councillor: it is a reading, and changes nothing. */
import { give } from '../../policies/subject-access/commands.js';
import { lineTo } from '../case/offered.js';
import { paths } from '../web/paths.js';

export const giveHere = lineTo(give, {
  says: 'Give what is held on a councillor',
  at: paths.subjectAccessOf,
  names: ({ councillorId }) => [councillorId],
});
