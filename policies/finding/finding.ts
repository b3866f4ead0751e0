/**
 * A finding that a councillor broke a confidence, by a body with the power to make it: recorded by the Monitoring Officer, and
 * weighed until a day that is recorded with it. Only then is the ground `confidentiality_breach` open.
 * Source: need-to-know.md, section 4, “Conduct”; Localism Act 2011, sections 27 and 28.
 */
import { invalid } from '../core/rules.js';
import type { FieldError } from '../core/refusals.js';

export interface Finding {
  /** Who made it: a standards committee, a court. */
  readonly body: string;
  /** The day on which it was made, `YYYY-MM-DD`. */
  readonly date: string;
  /** Where it is on record. */
  readonly minute: string;
  /** The last day on which it is weighed, `YYYY-MM-DD`. */
  readonly until: string;
}

/** Whether a finding is to be weighed on that day. */
export const isWeighed = (finding: Pick<Finding, 'until'> | null, today: string): boolean =>
  finding !== null && finding.until >= today;

/** @throws Invalid by the rule `finding`, naming the fields */
export const assertFinding = ({ date, until }: Pick<Finding, 'date' | 'until'>, today: string): void => {
  const errors: FieldError[] = [
    ...(date > today
      ? [
          {
            field: 'date',
            message: 'Enter today or a day that is past: a finding is recorded once it is made',
          },
        ]
      : []),
    ...(until < today ? [{ field: 'until', message: 'Enter today or a later day' }] : []),
  ];
  if (errors.length > 0) throw invalid('finding', errors);
};
