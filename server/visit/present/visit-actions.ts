import type { Grant } from '../../../policies/grant/grant.js';
import type { Visit } from '../../../policies/visit/visit.js';
import { linesOf, type ActionLine } from '../../case/offered.js';
import type { Ctx } from '../../case/ctx.js';
import { reportAbout } from '../../incident/commands.js';
import { askHere } from '../../question/commands.js';
import { incidentAbout } from '../../incident/follows/incident.js';
import { cancelHere, confirmHere, moveHere, planHere, recordHere } from '../commands.js';

/** What this person can do with a visit now, except checks and answers, which have places of their own. */
export const presentVisitActions = (ctx: Ctx, visit: Visit): ActionLine[] => [
  ...linesOf(ctx, [moveHere, cancelHere, recordHere, confirmHere, askHere], visit, { now: ctx.now() }),
  ...linesOf(ctx, [reportAbout({ visit: visit.id })], incidentAbout(visit), {}),
];

/** Planning a visit under a grant, for the people who plan them; if they cannot now, why. */
export const presentPlanning = (ctx: Ctx, grant: Grant): ActionLine[] =>
  linesOf(ctx, [planHere], grant, { now: ctx.now() });
