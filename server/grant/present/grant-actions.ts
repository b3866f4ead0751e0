import { access, isLive } from '../../../policies/grant/access.js';
import type { Settings } from '../../../policies/settings/settings.js';
import { waitsSince, type Grant } from '../../../policies/grant/grant.js';
import { linesOf, type ActionLine } from '../../case/offered.js';
import { reportAbout } from '../../incident/commands.js';
import { incidentAbout, releaseDue } from '../../incident/follows/incident.js';
import type { Ctx } from '../../case/ctx.js';
import { conditionsHere, confirmFreezeHere, releaseHere, revokeHere } from '../commands.js';

/**
 * The commands that this person can give on a grant now, apart from its visits: mark its conditions, release or end
 * it, and report an incident.
 */
export const presentGrantActions = (ctx: Ctx, grant: Grant): ActionLine[] => [
  ...linesOf(ctx, [conditionsHere, confirmFreezeHere, releaseHere, revokeHere], grant, {
    now: ctx.now(),
    // The line leads on to the form, which says when only this cause is open.
    cause: 'to_protect_others',
    otherFacts: true,
  }),
  ...linesOf(ctx, [reportAbout({ grant: grant.id })], incidentAbout(grant), {}),
];

/** The grant that an action is about, for the people who may give it: never shown to the councillor. */
export const presentGrantBriefly = (settings: Settings, grant: Grant, now: Date) => ({
  id: grant.id,
  reference: grant.reference,
  observationType: grant.observationType,
  councillor: { name: grant.councillorName },
  window: grant.window,
  status: access(grant, now).status,
  ...releaseBy(settings, grant, now),
});

/** The day by which its freeze is confirmed or released. */
const releaseBy = (settings: Settings, grant: Grant, now: Date) => {
  const since = waitsSince(grant);
  return since !== null && isLive(grant, now) ? { releaseBy: releaseDue(settings, since) } : {};
};
