/**
 * A personal data breach. Where an incident exposed personal data of others, Data Protection weigh the risk, and report it
 * within 72 hours of when any officer became aware of it, or record why not; they say whether the people concerned are
 * told. Details may follow in phases, so each assessment stays, and the last one counts.
 * Source: UK GDPR, Articles 33 and 34; need-to-know.md, section 6.
 */
import type { Exposure } from '../core/category.js';
import { faultIf, type FieldError } from '../core/refusals.js';
import { numberOf } from '../core/words/number-of.js';

/** How likely a risk to the rights and freedoms of people is, and whether it is a high one. */
export const breachRisks = ['unlikely', 'risk', 'high_risk'] as const;
export type BreachRisk = (typeof breachRisks)[number];

/** What Data Protection say of a breach; times are instants. */
export interface Assessing {
  /** When any officer became aware of it, where that was another time than was reported. */
  readonly awareAt: Date | null;
  readonly exposed: boolean;
  readonly risk: BreachRisk;
  readonly reportable: boolean;
  /** When it was reported to the Information Commissioner; null where it is not, or not yet. */
  readonly reportedAt: Date | null;
  readonly commissionerReference: string | null;
  /** Why it was reported after its time. */
  readonly delay: string | null;
  /** Whether the people concerned are told. */
  readonly subjectsTold: boolean;
  /** What was done to tell them, or why they are not told. */
  readonly told: string | null;
}

/** An assessment on record. */
export interface Assessment extends Assessing {
  readonly id: string;
  readonly reasons: string;
  readonly at: Date;
  /** The name of the person who made it. */
  readonly by: string;
}

/** What of an incident the rules about a breach depend on. */
interface Exposing {
  readonly exposed: Exposure | null;
  /** Oldest first. */
  readonly assessments: readonly Assessment[];
}

/** By the clock, on every day of the week. Article 33(1) sets it, and no council may change it. */
const hoursToReport = 72;
const hour = 3_600_000;

/** The time in words. */
export const timeToReport = numberOf(hoursToReport, 'hour');

/** Until when a breach is reported of which somebody became aware then: hours are counted through nights and holidays. */
export const reportBy = (awareAt: Date): Date => new Date(awareAt.getTime() + hoursToReport * hour);

const lastOf = ({ assessments }: Pick<Exposing, 'assessments'>): Assessment | undefined => assessments.at(-1);

/** Whether personal data of others was exposed, or may have been, as far as it is known now. */
export const mayExpose = (incident: Exposing): boolean =>
  lastOf(incident)?.exposed ?? (incident.exposed === 'yes' || incident.exposed === 'unknown');

/** Why an incident cannot be closed yet: nobody assessed the breach, or it is to be reported. False where it can. */
export const saysUnsettled = (incident: Exposing): string | false => {
  if (!mayExpose(incident)) return false;
  const last = lastOf(incident);
  if (last === undefined)
    return 'Personal data of others was exposed, or may have been. Assess the breach first.';
  if (!last.reportable || last.commissionerReference !== null) return false;
  return last.reportedAt === null
    ? 'Report the breach to the Information Commissioner first, and record when.'
    : 'Record the Information Commissioner’s reference first.';
};

/**
 * An assessment with what was recorded before of the report to the Information Commissioner, unless it says something else:
 * a further phase need not repeat it.
 */
export const carriedOn = (given: Assessing, before: Assessment | undefined): Assessing =>
  before === undefined
    ? given
    : {
        ...given,
        awareAt: given.awareAt ?? before.awareAt,
        ...(given.reportable && {
          reportedAt: given.reportedAt ?? before.reportedAt,
          commissionerReference: given.commissionerReference ?? before.commissionerReference,
          delay: given.delay ?? before.delay,
        }),
      };

const notYet = 'This has not happened yet.';
const nothingExposed = 'Nothing of others was exposed, so that this cannot be.';

/** Of an incident: when it happened, when an officer became aware of it, as is on record so far, and when it was reported. */
interface Known {
  readonly happenedAt: Date;
  readonly awareAt: Date;
  /** When it was reported: by then an officer was aware of it. */
  readonly reportedAt: Date;
}

const faultsOfTimes = ({ awareAt, reportedAt, delay }: Assessing, known: Known, now: Date): FieldError[] => {
  const aware = awareAt ?? known.awareAt;
  return [
    // Nobody moves the time to report past the report by which an officer knew of it.
    ...faultIf(
      awareAt !== null && awareAt > known.reportedAt,
      'awareAt',
      'Enter a time that is not after the incident was reported.',
    ),
    ...faultIf(aware < known.happenedAt, 'awareAt', 'Enter a time that is not before it happened.'),
    ...(reportedAt === null
      ? []
      : [
          ...faultIf(reportedAt > now, 'reportedAt', notYet),
          ...faultIf(reportedAt < aware, 'reportedAt', 'Enter a time after an officer became aware of it.'),
          ...faultIf(
            reportedAt > reportBy(aware) && delay === null,
            'delay',
            `Enter why it was reported later than ${timeToReport} after an officer became aware of it.`,
          ),
        ]),
  ];
};

/** The faults of an assessment: what contradicts itself, and what the two Articles ask for and it leaves out. */
export const faultsOfAssessing = (given: Assessing, known: Known, now: Date): FieldError[] => {
  const { exposed, risk, reportable, reportedAt, commissionerReference, subjectsTold } = given;
  const ofReport = [
    ...faultIf(
      reportedAt !== null && !reportable,
      'reportedAt',
      'Leave this empty: the breach is not to be reported.',
    ),
    ...faultIf(
      commissionerReference !== null && reportedAt === null,
      'reportedAt',
      'Enter when it was reported.',
    ),
    ...faultsOfTimes(given, known, now),
  ];
  if (!exposed)
    return [
      ...faultIf(risk !== 'unlikely', 'risk', nothingExposed),
      ...faultIf(reportable, 'reportable', nothingExposed),
      ...faultIf(subjectsTold, 'subjectsTold', nothingExposed),
      ...ofReport,
    ];
  return [
    ...faultIf(
      risk !== 'unlikely' && !reportable,
      'reportable',
      'A breach is reported unless a risk to people is unlikely.',
    ),
    ...ofReport,
    ...faultIf(
      given.told === null && (subjectsTold || risk === 'high_risk'),
      'told',
      subjectsTold
        ? 'Enter what was done to tell the people concerned.'
        : 'Enter why the people concerned are not told although the risk to them is high.',
    ),
  ];
};
