/** How people meet the opening of a programme. */
import { z } from 'zod';
import { openProgramme } from '../../policies/programme/commands.js';
import { offered } from '../case/offered.js';
import { paths } from '../web/paths.js';
import { programmeBody } from './bodies.js';

export const openProgrammeHere = offered(openProgramme, {
  says: 'Invite members',
  at: () => paths.newProgramme,
  params: z.strictObject({}),
  body: programmeBody,
  api: ['POST', '/api/programmes'],
});
