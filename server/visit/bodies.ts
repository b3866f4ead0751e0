/** What is sent about a visit. */
import { z } from 'zod';
import { attendanceOutcomes, categories, causes } from '../../policies/core/subjects.js';
import { date, instant, text } from '../web/api/schemas.js';
import type { Sent } from '../web/api/sent.js';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Enter a time, such as 09:30.');
/** `HH:MM` on the visit's day, or an instant. */
const moment = z.union([time, instant], 'Enter a time, such as 09:30, or a date and time with an offset.');
const caseReference = text(200).nullable().optional();
const chaperone = text(254).nullable().optional();
const conferenceOn = date.nullable().optional();

export const planBody = z.strictObject({
  date,
  from: time,
  to: time,
  caseReference,
  chaperone,
  conferenceOn,
});
planBody.register(z.globalRegistry, { id: 'VisitBody' });
export const changeBody = planBody.partial().meta({ id: 'VisitChangesBody' });
export type SentPlan = Sent<typeof planBody>;

export const attendanceBody = z.strictObject({
  outcome: z.enum(attendanceOutcomes),
  arrived: moment.nullable().optional(),
  left: moment.nullable().optional(),
  chaperone,
  categories: z.array(z.enum(categories)).max(categories.length).default([]),
  closedPartsLeft: z.boolean().nullable().optional(),
  departures: z
    .array(z.strictObject({ text: text(1000), causedBy: z.enum(causes) }))
    .max(20)
    .default([]),
});
attendanceBody.register(z.globalRegistry, { id: 'AttendanceBody' });
export type SentAttendance = Sent<typeof attendanceBody>;

export const confirmBody = z.strictObject({ agrees: z.boolean(), comment: text(4000).optional() });
confirmBody.register(z.globalRegistry, { id: 'ConfirmBody' });
export type SentConfirmation = Sent<typeof confirmBody>;

export const questionBody = z.strictObject({ kind: z.enum(['question', 'challenge']), text: text(4000) });
questionBody.register(z.globalRegistry, { id: 'VisitQuestionBody' });
export type SentQuestion = Sent<typeof questionBody>;

export const responseBody = z.strictObject({ text: text(4000), toCommittee: z.boolean() });
responseBody.register(z.globalRegistry, { id: 'ResponseBody' });
export type SentResponse = Sent<typeof responseBody>;
