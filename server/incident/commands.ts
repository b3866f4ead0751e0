/** How people meet the commands on an incident. */
import { z } from 'zod';
import {
  addCase,
  answerAllegation,
  assessBreach,
  close,
  report,
  tellAllegation,
} from '../../policies/incident/commands.js';
import { lineTo, offered } from '../case/offered.js';
import { grantParams, reasonsBody } from '../grant/bodies.js';
import { paths } from '../web/paths.js';
import {
  addedCaseBody,
  allegationAnswerBody,
  allegationBody,
  assessmentBody,
  incidentBody,
} from './bodies.js';

export const reportHere = offered(report, {
  says: 'Report an incident',
  at: () => paths.newIncident,
  params: z.strictObject({}),
  body: incidentBody,
  api: ['POST', '/api/incidents'],
});

/** Reporting what lay outside, from the page of what it is about. */
export const reportAbout = (about: { readonly visit: string } | { readonly grant: string }) =>
  lineTo(report, {
    says: 'Report an incident',
    at: () => `${paths.newIncident}?${new URLSearchParams(about).toString()}`,
  });

export const addCaseHere = offered(addCase, {
  says: 'Add a case that nobody had planned',
  at: paths.addCase,
  params: grantParams,
  body: addedCaseBody,
  api: ['POST', '/api/incidents/{id}/cases'],
});

export const tellHere = offered(tellAllegation, {
  says: 'Tell the councillor what is alleged',
  at: paths.tellAllegation,
  params: grantParams,
  body: allegationBody,
  api: ['POST', '/api/incidents/{id}/hearing'],
});

export const answerHere = offered(answerAllegation, {
  says: 'Answer what is alleged',
  at: paths.answerAllegation,
  params: grantParams,
  body: allegationAnswerBody,
  api: ['POST', '/api/incidents/{id}/hearing/answer'],
});

export const assessHere = offered(assessBreach, {
  says: 'Assess the breach',
  at: paths.assessBreach,
  params: grantParams,
  body: assessmentBody,
  api: ['POST', '/api/incidents/{id}/assessment'],
});

export const closeHere = offered(close, {
  says: 'Close this incident',
  at: paths.closeIncident,
  params: grantParams,
  body: reasonsBody,
  api: ['POST', '/api/incidents/{id}/close'],
});
