/** How people meet the keeping of what the council sets for itself: in parts, each on its page, by one route. */
import { z } from 'zod';
import { keepSettings } from '../../policies/settings/commands.js';
import { offered } from '../case/offered.js';
import { paths } from '../web/paths.js';
import { settingsBody } from './shapes.js';

const part = (says: string, at: string) =>
  offered(keepSettings, {
    says,
    at: () => at,
    params: z.strictObject({}),
    body: settingsBody,
    api: ['PATCH', '/api/settings'],
  });

export const deadlinesHere = part('Change the deadlines', paths.deadlineSettings);
export const namesHere = part('Change the names', paths.nameSettings);
export const adoptedHere = part('Name the document that the council adopted', paths.adoptedSettings);
export const governanceHere = part('Change how the council is governed', paths.governanceSettings);
export const barsHere = part('Change what is never observed', paths.barSettings);
export const casesHere = part('Change how case references are written', paths.caseSettings);
export const retentionTimesHere = part('Change how long is kept', paths.retentionSettings);
