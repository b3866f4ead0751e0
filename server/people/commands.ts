/** How people meet the commands on a person. */
import { z } from 'zod';
import { addPerson, changePerson } from '../../policies/people/commands.js';
import { offered } from '../case/offered.js';
import { paths } from '../web/paths.js';
import { personBody, personChanges, personParams } from './bodies.js';

export const addPersonHere = offered(addPerson, {
  says: 'Add a person',
  at: () => paths.newPerson,
  params: z.strictObject({}),
  body: personBody,
  api: ['POST', '/api/people'],
});

export const changePersonHere = offered(changePerson, {
  says: 'Change their name or address',
  at: paths.changePerson,
  params: personParams,
  body: personChanges,
  api: ['PATCH', '/api/people/{id}'],
});
