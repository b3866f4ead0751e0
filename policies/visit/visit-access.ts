/**
 * May this councillor attend this visit now? Every limit of its grant holds for it, and besides the visit's
 * own: its day and its hours, the three checks asked again for it, a named chaperone, and the case it is about.
 * Source: need-to-know.md, sections 2, 3 and 6.
 */
import type { RoutedBar } from '../core/observation-types.js';
import { inDays } from '../core/words/in-days.js';
import { access, because, failuresOf, open, over, type Access, type Failure } from '../grant/access.js';
import { atLondonTime, londonDate } from '../core/time/london.js';
import { leavesOpen } from '../need-to-know/left-open.js';
import { findingOf, type Finding } from '../need-to-know/test.js';
import { observationType } from '../core/observation-types.js';
import type { Grant } from '../grant/grant.js';
import { visitChecks, type Visit, type VisitCheck } from './visit.js';
import type { Calendar } from '../core/time/working-days.js';

const checkSays: Readonly<Record<VisitCheck, string>> = {
  connection: 'Links to the family are still to be checked for this visit.',
  agreements: 'Somebody whose agreement is asked for this visit has not agreed.',
  legal_bars: 'Legal bars are still to be checked for this visit.',
};

const barsReportedSays = 'A legal bar was reported for this visit. Legal have still to answer for it.';

/**
 * One of them. Where nobody's agreement is asked there is nobody to answer for.
 * @param neverObserved what the council never lets members observe, where the answer is given now: what it decides later
 *   does not reach back to a visit that was checked
 */
export const checkFinding = (
  key: VisitCheck,
  visit: Visit,
  now: Date,
  calendar: Calendar,
  neverObserved: readonly RoutedBar[] = [],
): Finding => {
  const nobody =
    key === 'agreements' && observationType(visit.observationType).parties.length === 0
      ? { answer: {} }
      : null;
  const answer = visit.checks[key] ?? nobody ?? undefined;
  const finding = findingOf(key, answer, {
    observationType: visit.observationType,
    now,
    eventAt: atLondonTime(visit.date, visit.from),
    calendar,
    // A lift holds at a visit for the blocks that it was given for: another one of the council's own blocks as before.
    ...(visit.lifted && { lifted: visit.lifted }),
    neverObserved,
  });
  if (key === 'legal_bars' && answer === undefined && visit.barsReported.length > 0)
    return { ...finding, explanation: barsReportedSays };
  // An answer that allows an approval in principle does not open the door.
  return finding.result === 'satisfied' && answer && leavesOpen(answer.answer)
    ? { ...finding, result: 'unanswered', explanation: checkSays[key] }
    : finding;
};

const endedSays = {
  cancelled: 'The visit was cancelled.',
  blocked: 'A check does not allow this visit.',
  withdrawn: 'An agreement to this visit was withdrawn.',
  grant_ended: 'What was granted has ended.',
  not_attended: 'Nobody attended this visit.',
} as const;

/** Default: how many minutes before its start, and after its end, a visit is still the visit. */
const leewayMinutes = 30;

/** From when until when somebody may come to a visit. */
export const hoursOf = ({ date, from, to }: Pick<Visit, 'date' | 'from' | 'to'>) => ({
  opens: new Date(atLondonTime(date, from).getTime() - leewayMinutes * 60_000),
  closes: new Date(atLondonTime(date, to).getTime() + leewayMinutes * 60_000),
});

const ofDay = (visit: Visit, now: Date): Failure[] => {
  const today = londonDate(now);
  if (today < visit.date) return [open('visit_date', `The visit is on ${inDays(visit.date)}.`)];
  if (today > visit.date) return [over('visit_date', `The visit was on ${inDays(visit.date)}.`)];
  const { opens, closes } = hoursOf(visit);
  if (now < opens) return [open('visit_time', `The visit starts at ${visit.from}.`)];
  return now > closes ? [over('visit_time', `The visit was until ${visit.to}.`)] : [];
};

const ofVisit = (visit: Visit, now: Date, calendar: Calendar): Failure[] => {
  const type = observationType(visit.observationType);
  return [
    ...(visit.endedBecause ? [over('visit_ended', endedSays[visit.endedBecause])] : []),
    ...(visit.attendance ? [over('visit_ended', 'What happened at this visit is on record.')] : []),
    ...(visit.endedBecause ? [] : ofDay(visit, now)),
    ...visitChecks
      .filter((key) => checkFinding(key, visit, now, calendar).result !== 'satisfied')
      .map((key) => open('checks', checkSays[key])),
    ...(visit.chaperone === null ? [open('chaperone', 'No chaperone is named.')] : []),
    ...(type.tiedToCase === 'yes' && visit.caseReference === null
      ? [open('case', 'The case is not named yet.')]
      : []),
    ...(type.startsAtConference && visit.conferenceOn === null
      ? [
          open(
            'conference',
            'A child’s journey starts no earlier than the conference, which is not recorded.',
          ),
        ]
      : []),
  ];
};

/**
 * The grant's own limits as far as they concern a visit: two checks are asked again for the visit, so only the rest
 * counts here.
 */
const ofGrant = (grant: Grant, now: Date): Failure[] =>
  failuresOf({ ...grant, open: grant.open.filter((check) => check === 'prerequisites') }, now);

/**
 * Whether the visit may be attended at that moment.
 * @param visit one of the grant's own, both as they stand at that moment
 */
export const visitAccess = (
  grant: Grant,
  visit: Visit,
  now: Date,
  calendar: Calendar,
): Pick<Access, 'allowed' | 'because'> => {
  const grantSays = grant.endedBecause ? access(grant, now).because : ofGrant(grant, now).map(because);
  const all = [...grantSays, ...ofVisit(visit, now, calendar).map(because)];
  return { allowed: all.length === 0, because: all };
};
