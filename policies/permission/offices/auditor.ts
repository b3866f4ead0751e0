import type { OfficeRules } from '../actions.js';

/**
 * Internal Audit reads the trail, and of requests the metadata alone: who, when, in what capacity; no text. What a
 * requirement on record opens to them today they read as the offices do, without privileged advice.
 * Source: need-to-know.md, section 5; Accounts and Audit Regulations 2015, regulation 5(2).
 */
export const auditor: OfficeRules = ({ can }, actor) => {
  can('read', 'Request', { submitted: true });
  can('read', ['Grant', 'Visit', 'Incident', 'Trail', 'Disposal']);
  can('read', 'Token', { personId: actor.id });
  can('read', 'AuditRequirement', { auditorId: actor.id });
  const opened = (actor.requirements ?? []).flatMap(({ references }) => references);
  if (opened.length > 0)
    can(['read_assessment', 'read_discussion'], 'Request', {
      submitted: true,
      reference: { $in: opened },
    });
};
