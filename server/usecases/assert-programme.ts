import { Invalid } from '../../policies/refusals.js';
import type { RequestContent } from '../../policies/subjects.js';

/** No programme has been opened, so none can be named: a made-up one is not kept. */
export const assertProgramme = ({ programme }: RequestContent): void => {
  if (programme !== undefined) {
    throw new Invalid([{ field: 'programme', message: 'There is no such programme.' }]);
  }
};
