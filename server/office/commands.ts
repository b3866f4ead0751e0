/** How people meet the commands on an office. */
import { confirmOffice, endOffice, giveOffice } from '../../policies/office/commands.js';
import { offered } from '../case/offered.js';
import { personParams } from '../people/bodies.js';
import { paths } from '../web/paths.js';
import { endBody, officeBody, officeParams } from './bodies.js';

export const giveOfficeHere = offered(giveOffice, {
  says: 'Give an office',
  at: paths.giveOffice,
  params: personParams,
  body: officeBody,
  api: ['POST', '/api/people/{id}/offices'],
});

export const confirmOfficeHere = offered(confirmOffice, {
  says: 'Confirm this office',
  at: paths.confirmOffice,
  names: ({ personId, id }) => [personId, id],
  params: officeParams,
  body: undefined,
  api: ['POST', '/api/people/{id}/offices/{holding}/confirm'],
});

export const endOfficeHere = offered(endOffice, {
  says: 'End this office',
  at: paths.endOffice,
  names: ({ personId, id }) => [personId, id],
  params: officeParams,
  body: endBody,
  api: ['PATCH', '/api/people/{id}/offices/{holding}'],
});
