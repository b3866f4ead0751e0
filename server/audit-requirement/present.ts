import type { RequirementRow } from '../../db/audit-requirement/requirements.js';
import { isOpenOn } from '../../policies/audit-requirement/requirement.js';
import { londonDate } from '../../policies/core/time/london.js';
import { requirementCommands } from '../../policies/permission/every-command.js';
import { available } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';

/** A requirement of Internal Audit, complete, for people who may read it. */
export const presentRequirement = (
  reader: Pick<Ctx, 'actor' | 'ability' | 'now'>,
  requirement: RequirementRow,
) => ({
  id: requirement.id,
  auditor: { id: requirement.auditorId, name: requirement.auditor },
  references: requirement.references,
  from: requirement.from,
  until: requirement.until,
  reasons: requirement.reasons,
  status: requirement.status,
  open: isOpenOn(requirement, londonDate(reader.now())),
  recorded: { at: requirement.recordedAt.toISOString(), by: requirement.recorder },
  confirmed: requirement.confirmed && {
    ...requirement.confirmed,
    at: requirement.confirmed.at.toISOString(),
  },
  ended: requirement.ended && { ...requirement.ended, at: requirement.ended.at.toISOString() },
  can: available(requirementCommands, reader, requirement, {}),
});
