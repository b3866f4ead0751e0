/** A visit's attendance: recorded by the people who were there, confirmed by the councillor. */
import { paths } from '../../web/paths.js';
import { presentVisit } from '../present/visit.js';
import { confirmAttendance } from '../confirm-attendance.js';
import { recordAttendance } from '../record-attendance.js';
import { validate, asFormErrors } from '../../web/pages/faults.js';
import { entered, given } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { inWords } from '../../web/pages/words.js';
import { confirm, recordAttendance as command } from '../../../policies/visit/commands.js';
import { attendanceChoices, attendanceFieldNames, attendanceIn } from '../read-attendance.js';
import { visitFor } from '../read-visit-for.js';
import { confirmHere, recordHere } from '../commands.js';

const closedPartsInWords = (left: boolean | null | undefined): string | undefined =>
  left === true ? 'They left each of them' : left === false ? 'They stayed in one' : undefined;

const attendancePage = page({
  ...recordHere.page,
  view: 'visit/views/attendance',
  async load(ctx, { params }) {
    const { file, head } = await visitFor(ctx, params.id, command);
    const { visit, grant } = file;
    return {
      ...head,
      choices: attendanceChoices(grant.categories),
      values: { chaperone: visit.chaperone ?? '' },
    };
  },
  form: {
    body: recordHere.body,
    read: (form) => validate(recordHere.body, attendanceIn(form), attendanceFieldNames(form)),
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
