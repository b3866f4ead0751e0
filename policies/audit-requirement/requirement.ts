/**
 * A requirement of Internal Audit: named requests open in full to a named auditor for a stated time. Democratic Services put
 * it on record, and a second person of theirs, or the Monitoring Officer, confirms it before anything opens. The law obliges
 * the council to make the records available; the second person keeps one officer from opening them on their own word.
 * Privileged advice stays closed: a general power to require documents does not reach it.
 * Source: Accounts and Audit Regulations 2015 (SI 2015/234), regulation 5(2); R (Morgan Grenfell & Co Ltd) v Special
 * Commissioner of Income Tax [2003] 1 AC 563; need-to-know.md, section 5.
 */
import { invalid } from '../core/rules.js';
import type { FieldError } from '../core/refusals.js';

/** `confirmed`: its records are open on the days that it names, and on no other. */
export const requirementStatuses = ['waiting', 'confirmed', 'ended'] as const;
export type RequirementStatus = (typeof requirementStatuses)[number];

/** A requirement as the rules see it. */
export interface AuditRequirement {
  readonly kind: 'AuditRequirement';
  /** To whom the records open. */
  readonly auditorId: string;
  readonly recordedBy: string;
  readonly status: RequirementStatus;
}

/** One that somebody is about to record. */
export const requirementToRecord = (auditorId: string, recordedBy: string): AuditRequirement => ({
  kind: 'AuditRequirement',
  auditorId,
  recordedBy,
  status: 'waiting',
});

/** Whether its records are open on that day: days are `YYYY-MM-DD`, the last one included. */
export const isOpenOn = (
  {
    status,
    from,
    until,
  }: { readonly status: RequirementStatus; readonly from: string; readonly until: string },
  today: string,
): boolean => status === 'confirmed' && from <= today && today <= until;

interface Asked {
  readonly from: string;
  readonly until: string;
  readonly references: readonly string[];
}

/**
 * @param auditor whom it names: null where nobody is called that
 * @param known the references of those that there are
 * @throws Invalid by the rule `audit_requirement`, naming the fields
 */
export const assertRequirement = (
  { from, until, references }: Asked,
  today: string,
  auditor: { readonly audits: boolean } | null,
  known: readonly string[],
): void => {
  const errors: FieldError[] = [
    ...(auditor?.audits === true
      ? []
      : [{ field: 'auditor', message: 'Name somebody who holds the office of auditor' }]),
    ...(references.every((each) => known.includes(each))
      ? []
      : [
          {
            field: 'references',
            message: 'Name requests that were submitted: there is none of one reference',
          },
        ]),
    ...(until < today ? [{ field: 'until', message: 'Enter today or a later day' }] : []),
    ...(until < from ? [{ field: 'until', message: 'Enter a day that is not before the first' }] : []),
  ];
  if (errors.length > 0) throw invalid('audit_requirement', errors);
};
