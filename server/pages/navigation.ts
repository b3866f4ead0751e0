import type { Ctx } from '../context.js';
import { paths } from '../paths.js';

/** The places a person may go to; what they may not read is not offered. */
export const navigation = ({ actor, ability }: Ctx, here: string) => [
  { text: 'Requests', href: paths.requests, active: here.startsWith(paths.requests) },
  ...(actor.councillorId === null
    ? [{ text: 'Absences and deputies', href: paths.standby, active: here.startsWith(paths.standby) }]
    : []),
  ...(ability.can('read', { kind: 'Trail' })
    ? [{ text: 'Audit trail', href: paths.trail, active: here.startsWith(paths.trail) }]
    : []),
];
