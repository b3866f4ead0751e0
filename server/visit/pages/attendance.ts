/** A visit's attendance: recorded by the people who were there, confirmed by the councillor. */
import { categories } from '../../../policies/core/category.js';
import { causes } from '../../../policies/core/cause.js';
import { attendanceOutcomes } from '../../../policies/visit/attended.js';
import { paths } from '../../web/paths.js';
import { presentVisit } from '../present/visit.js';
import { confirmAttendance } from '../confirm-attendance.js';
import { recordAttendance } from '../record-attendance.js';
import { validate, asFormErrors, type FieldNames } from '../../web/pages/faults.js';
import { chosen, entered, given, type Form } from '../../web/pages/form.js';
import { timeOf } from '../../web/pages/typed/time.js';
import { page } from '../../web/pages/page.js';
import { inWords } from '../../web/pages/words.js';
import { confirm, recordAttendance as command } from '../../../policies/visit/commands.js';
import { visitFor } from '../read-visit-for.js';
import { confirmHere, recordHere } from '../commands.js';

/** How many departures a form takes at once, so that it works without JavaScript. */
const departureRows = 3;

/** A row with any value in it: for half a departure, ask for the other half. */
const filledRows = (form: Form): number[] =>
  Array.from({ length: departureRows }, (_, row) => row).filter((row) =>
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

/** Null if there was none; undefined if nothing was chosen. */
const closedParts: Readonly<Record<string, boolean | null>> = { left: true, stayed: false, none: null };

const closedPartsInWords = (left: boolean | null | undefined): string | undefined =>
  left === true ? 'They left each of them' : left === false ? 'They stayed in one' : undefined;

const attendanceFieldNames = (form: Form): FieldNames => ({
  named: (field) => namedAsOnForm(form, field),
});

const attendancePage = page({
  ...recordHere.page,
  view: 'visit/views/attendance',
  async load(ctx, { params }) {
    const { file, head } = await visitFor(ctx, params.id, command);
    const { visit, grant } = file;
    return {
      ...head,
      outcomes: attendanceOutcomes,
      categories: categories.map((category) => ({ category, approved: grant.categories.includes(category) })),
      causes,
      rows: departureRows,
      values: { chaperone: visit.chaperone ?? '' },
    };
  },
  form: {
    body: recordHere.body,
    read(form) {
      const outcome = entered(form, 'outcome');
      return validate(
        recordHere.body,
        given({
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
        }),
        attendanceFieldNames(form),
      );
    },
    check: {
      before: () => 'record the attendance',
      // Who hears of an incident, and which other grants end, is not for the host to try out.
      tells: false,
      button: () => 'Record the attendance',
      lines: ({ body }) => [
        { says: 'What happened', codes: [body.outcome] },
        { says: 'Arrived', text: body.arrived ?? undefined },
        { says: 'Left', text: body.left ?? undefined },
        { says: 'Accompanied by', text: body.chaperone === null ? 'Nobody' : body.chaperone },
        { says: 'What was learned', codes: body.categories },
        { says: 'Closed parts', text: closedPartsInWords(body.closedPartsLeft) },
        {
          says: 'What was different from what was approved',
          list: body.departures.map(({ text, causedBy }) => `${text} (${inWords(causedBy)})`),
        },
      ],
      done: () => 'You have recorded the attendance',
    },
    async act(ctx, { params, body, form }) {
      return paths.visit(
        await asFormErrors(() => recordAttendance(ctx, params.id, body), attendanceFieldNames(form)),
      );
    },
  },
});

const confirmPage = page({
  ...confirmHere.page,
  view: 'visit/views/confirm',
  async load(ctx, { params }) {
    const { file, head } = await visitFor(ctx, params.id, confirm);
    return { ...head, attendance: presentVisit(ctx, file, ctx.now()).attendance };
  },
  form: {
    body: confirmHere.body,
    read: (form) =>
      validate(
        confirmHere.body,
        given({
          agrees: { yes: true, no: false }[entered(form, 'agrees') ?? ''],
          comment: entered(form, 'comment'),
        }),
      ),
    check: {
      before: ({ body }) => (body.agrees ? 'agree with the record' : 'dispute the record'),
      button: ({ body }) => (body.agrees ? 'Agree' : 'Dispute'),
      lines: ({ body }) => [
        { says: 'Your answer', text: body.agrees ? 'You agree' : 'You do not agree' },
        { says: 'Comment', typed: body.comment },
      ],
      done: ({ body }) => (body.agrees ? 'You have agreed with the record' : 'You have disputed the record'),
    },
    async act(ctx, { params, body }) {
      return paths.visit(await asFormErrors(() => confirmAttendance(ctx, params.id, body)));
    },
  },
});

export const attendancePages = [attendancePage, confirmPage];
