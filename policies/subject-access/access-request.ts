/**
 * A subject access request on record: when it came, who asked, that their identity was checked, and when it is due. One
 * person of Data Protection marks what is held passage by passage, and a second one releases it.
 * Source: UK GDPR, Articles 12(3) and 15; need-to-know.md, sections 5 and 7.
 */
import { isOverdue, type Deadline } from '../core/time/deadlines.js';
import { monthsFrom } from '../core/time/months.js';
import type { Calendar } from '../core/time/working-days.js';
import { invalid } from '../core/rules.js';
import type { Mark } from './passages.js';

/** Months from receipt, and with the two further ones of a request that is complex: the law’s, and no setting. */
const months = { usual: 1, extended: 3 } as const;

export const accessStatuses = ['open', 'released'] as const;
export type AccessStatus = (typeof accessStatuses)[number];

/** An access request, as the rules see it. */
export interface AccessRequest {
  readonly kind: 'AccessRequest';
  /** Whose data it is about. */
  readonly councillorId: string;
  readonly status: AccessStatus;
  /** `YYYY-MM-DD` */
  readonly receivedOn: string;
  readonly extendedAt: Date | null;
  /** Who has marked a passage that stands. */
  readonly markers: readonly string[];
}

/** One that is about to be recorded. */
export const accessOf = (councillorId: string): AccessRequest => ({
  kind: 'AccessRequest',
  councillorId,
  status: 'open',
  receivedOn: '',
  extendedAt: null,
  markers: [],
});

export const accessDue = (
  calendar: Calendar,
  { receivedOn, extendedAt }: Pick<AccessRequest, 'receivedOn' | 'extendedAt'>,
): Deadline & { readonly at: string } =>
  monthsFrom(calendar, 'answer_access', receivedOn, extendedAt === null ? months.usual : months.extended);

/** The person is told of an extension within the first month: afterwards there is none. */
export const isTooLateToExtend = (calendar: Calendar, receivedOn: string, now: Date): boolean =>
  isOverdue(monthsFrom(calendar, 'answer_access', receivedOn, months.usual), now);

/** @throws Invalid by the rule `access_request` where it is recorded before it came */
export const assertReceived = (receivedOn: string, today: string): void => {
  if (receivedOn > today)
    throw invalid('access_request', [
      {
        field: 'receivedOn',
        message: 'Enter today or a day that is past: a request is recorded once it came',
      },
    ]);
};

interface Marking {
  readonly mark: Mark;
  readonly exemption?: string | undefined;
  readonly instead?: string | undefined;
}

/**
 * What is withheld or redacted names its exemption; a redaction says what stands in its place; facts and advice are not
 * rewritten by hand. @throws Invalid by the rule `access_mark`, naming the fields
 */
export const assertMark = (
  { mark, exemption, instead }: Marking,
  { isText, privileged }: { readonly isText: boolean; readonly privileged: boolean },
): void => {
  const errors = [
    ...(mark === 'disclose' || exemption !== undefined
      ? []
      : [{ field: 'exemption', message: 'Select the exemption' }]),
    ...(mark === 'disclose' && exemption !== undefined
      ? [{ field: 'exemption', message: 'Leave this empty: nothing is held back' }]
      : []),
    ...(mark === 'redact' && instead === undefined
      ? [{ field: 'instead', message: 'Enter what the passage says in its place' }]
      : []),
    ...(mark !== 'redact' && instead !== undefined
      ? [{ field: 'instead', message: 'Leave this empty: only a redaction says something else' }]
      : []),
    ...(mark === 'redact' && !isText
      ? [{ field: 'mark', message: 'Disclose or withhold it: these are facts and no text' }]
      : []),
  ];
  if (errors.length > 0) throw invalid('access_mark', errors);
  if (privileged && (mark !== 'withhold' || exemption !== 'privilege'))
    throw invalid('access_privilege', [{ field: 'mark', message: 'Withhold it as privileged' }]);
};
