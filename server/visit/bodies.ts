/** The bodies of calls about a visit. */
import { z } from 'zod';
import { categories } from '../../policies/core/category.js';
import { causes } from '../../policies/core/cause.js';
import { attendanceOutcomes } from '../../policies/visit/attended.js';
import { asked } from '../web/schema/field-words.js';
import { date, text, time, timeOrInstant, uuid } from '../web/schema/schemas.js';
import type { Sent } from '../web/schema/sent.js';

/** What the address of a visit, a grant or a question names. */
export const byId = z.strictObject({ id: uuid });

const timed = (name: string) => asked(time, name, { wrong: `${name} must be a time, such as 9:30am` });
/** `HH:MM` on the visit's day, or an instant. */
const moment = (name: string) =>
  asked(timeOrInstant, name, { wrong: `${name} must be a time, such as 9:30am` })
    .nullable()
    .optional();
const caseReference = text(200).nullable().optional();
const chaperone = text(254).nullable().optional();
const conferenceOn = date.nullable().optional();

export const planBody = z.strictObject({
  date: asked(date, 'Day'),
  from: timed('Start time'),
  to: timed('End time'),
  caseReference,
  chaperone,
  conferenceOn,
});
planBody.register(z.globalRegistry, { id: 'VisitBody' });
export const changeBody = planBody.partial().meta({ id: 'VisitChangesBody' });
export type SentPlan = Sent<typeof planBody>;

const outcome = asked(z.enum(attendanceOutcomes), 'Outcome', { missing: 'Select what happened' });
const learned = z.array(z.enum(categories)).max(categories.length);
const closedPartsLeft = z.boolean().nullable().optional();
const departures = z
  .array(
    z.strictObject({
      text: asked(text(1000), 'Text', { missing: 'Enter what was different from what was approved' }),
      causedBy: asked(z.enum(causes), 'Cause', { missing: 'Select who caused this' }),
    }),
  )
  .max(20);

export const attendanceBody = z.strictObject({
  outcome,
  arrived: moment('Time of arrival'),
  left: moment('Time of leaving'),
  chaperone,
  categories: learned.default([]),
  closedPartsLeft,
  departures: departures.default([]),
});
attendanceBody.register(z.globalRegistry, { id: 'AttendanceBody' });

/** What a correction changes of it: what is left out stays. */
export const attendanceChangesBody = z
  .strictObject({
    outcome: outcome.optional(),
    arrived: moment('Time of arrival'),
    left: moment('Time of leaving'),
    chaperone,
    categories: learned.optional(),
    closedPartsLeft,
    departures: departures.optional(),
  })
  .meta({ id: 'AttendanceChangesBody' });
export type SentAttendanceChanges = Sent<typeof attendanceChangesBody>;

export type SentAttendance = Sent<typeof attendanceBody>;

export const confirmBody = z.strictObject({
  agrees: asked(z.boolean(), 'Answer', { missing: 'Select whether you agree' }),
  comment: text(4000).optional(),
});
confirmBody.register(z.globalRegistry, { id: 'ConfirmBody' });
export type SentConfirmation = Sent<typeof confirmBody>;
