/** The record of a visit on a form: as it is filled in, and as the form is read. */
import { categories, type Category } from '../../policies/core/category.js';
import { causes } from '../../policies/core/cause.js';
import { londonTime } from '../../policies/core/time/london.js';
import type { Recorded } from '../../policies/visit/attendance.js';
import { attendanceOutcomes } from '../../policies/visit/attended.js';
import type { FieldNames } from '../web/pages/faults.js';
import { chosen, entered, given, type Form } from '../web/pages/form.js';
import { timeOf } from '../web/pages/typed/time.js';

/** How many departures a form takes at once, so that it works without JavaScript. */
const departureRows = 3;

/** The most that a record has: a form that corrects one shows them all. */
const mostDepartures = 20;

/** What the fields of a record are chosen from. @param departed how many departures are on record already */
export const attendanceChoices = (approved: readonly Category[], departed = 0) => ({
  outcomes: attendanceOutcomes,
  categories: categories.map((category) => ({ category, approved: approved.includes(category) })),
  causes,
  rows: Math.min(mostDepartures, Math.max(departureRows, departed === 0 ? 0 : departed + 1)),
});

/** A row with any value in it: for half a departure, ask for the other half. */
const filledRows = (form: Form): number[] =>
  Array.from({ length: mostDepartures }, (_, row) => row).filter((row) =>
    ['text', 'causedBy'].some((part) => entered(form, `departures.${row}.${part}`) !== undefined),
  );

/**
 * The field on the form. Empty rows are not sent, so later ones move up; a fault of the departures as a whole shows
 * at the first.
 */
const namedAsOnForm = (form: Form, field: string): string => {
  if (field === 'departures') return `departures.${filledRows(form)[0] ?? 0}.text`;
  const found = /^departures\.(\d+)(\..*)$/.exec(field);
  return found ? `departures.${filledRows(form)[Number(found[1])] ?? 0}${found[2]}` : field;
};

export const attendanceFieldNames = (form: Form): FieldNames => ({
  named: (field) => namedAsOnForm(form, field),
});

/** Null if there was none; undefined if nothing was chosen. */
const closedParts: Readonly<Record<string, boolean | null>> = { left: true, stayed: false, none: null };

/** What a form says of a visit, as it is sent to the API. */
export const attendanceIn = (form: Form): object => {
  const outcome = entered(form, 'outcome');
  return given({
    outcome,
    arrived: timeOf(form, 'arrived'),
    left: timeOf(form, 'left'),
    // The form fills it in beforehand: nobody accompanied a councillor who did not come.
    chaperone:
      outcome !== 'attended'
        ? undefined
        : entered(form, 'unaccompanied') === 'yes'
          ? null
          : entered(form, 'chaperone')?.trim(),
    categories: chosen(form, 'categories'),
    closedPartsLeft: closedParts[entered(form, 'closedParts') ?? 'none'],
    departures: filledRows(form).map((row) =>
      given({
        text: entered(form, `departures.${row}.text`),
        causedBy: entered(form, `departures.${row}.causedBy`),
      }),
    ),
  });
};

/** A correction of it: of who did not attend the form has what was recorded before, and nothing of that stays. */
export const attendanceChangesIn = (form: Form): object => {
  const outcome = entered(form, 'outcome');
  return outcome === 'attended' ? attendanceIn(form) : given({ outcome });
};

/** What stands, as a form that corrects it is filled in. */
export const attendanceOnForm = ({
  outcome,
  arrived,
  left,
  chaperone,
  categories: learned,
  closedPartsLeft,
  departures,
}: Recorded): Readonly<Record<string, unknown>> => ({
  outcome,
  arrived: arrived ? londonTime(arrived) : '',
  left: left ? londonTime(left) : '',
  chaperone: chaperone ?? '',
  ...(outcome === 'attended' && chaperone === null ? { unaccompanied: 'yes' } : {}),
  categories: learned,
  closedParts: closedPartsLeft === null ? 'none' : closedPartsLeft ? 'left' : 'stayed',
  ...Object.fromEntries(
    departures.flatMap(({ text, causedBy }, row) => [
      [`departures.${row}.text`, text],
      [`departures.${row}.causedBy`, causedBy],
    ]),
  ),
});
