/** A requirement of Internal Audit, as it is answered. */
import { z } from 'zod';
import { requirementStatuses } from '../../policies/audit-requirement/requirement.js';
import { namesOf, requirementCommands } from '../../policies/permission/every-command.js';

const instant = z.string();

export const requirementShape = z
  .strictObject({
    id: z.string(),
    auditor: z.strictObject({ id: z.string(), name: z.string() }),
    references: z.array(z.string()),
    from: z.string(),
    until: z.string(),
    reasons: z.string(),
    status: z.enum(requirementStatuses),
    // Whether its records are open today.
    open: z.boolean(),
    recorded: z.strictObject({ at: instant, by: z.string() }),
    confirmed: z.strictObject({ at: instant, by: z.string(), office: z.string() }).nullable(),
    ended: z.strictObject({ at: instant, by: z.string(), reasons: z.string() }).nullable(),
    can: z.array(z.enum(namesOf(requirementCommands))),
  })
  .meta({ id: 'AuditRequirement' });
