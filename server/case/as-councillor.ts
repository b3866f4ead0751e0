import type { Acting } from '../../policies/people/actor.js';

/** How a councillor acts on their own request. */
export const asCouncillor: Acting = { office: 'councillor', capacity: 'principal', deputyFor: null };
