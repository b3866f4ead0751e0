/** The shapes of a correction: by itself, and beside what it corrects. */
import { z } from 'zod';
import { categories } from '../../policies/core/category.js';
import { causes } from '../../policies/core/cause.js';
import { correctingOffices, correctionStatuses } from '../../policies/correction/correction.js';
import { correctionCommands, namesOf } from '../../policies/permission/every-command.js';
import { attendanceOutcomes } from '../../policies/visit/attended.js';

const of = z.strictObject({ kind: z.string(), id: z.string(), field: z.string() });
const instant = z.string();
const by = z
  .strictObject({ office: z.enum(correctingOffices), name: z.string().optional() })
  .meta({ id: 'CorrectedBy' });

/** What changes of an attendance. */
const attendanceValues = z
  .strictObject({
    outcome: z.enum(attendanceOutcomes),
    arrived: instant.nullable(),
    left: instant.nullable(),
    chaperone: z.string().nullable(),
    categories: z.array(z.enum(categories)),
    closedPartsLeft: z.boolean().nullable(),
    departures: z.array(z.strictObject({ text: z.string(), causedBy: z.enum(causes) })),
  })
  .partial()
  .meta({ id: 'AttendanceValues' });

/** A text, a code, a day, a list: as the field has it. */
export const correctedValue = z
  .union([z.string(), attendanceValues])
  .nullable()
  .meta({ id: 'CorrectedValue' });
export type CorrectedValue = z.output<typeof correctedValue>;

export const correctionShape = z
  .strictObject({
    id: z.string(),
    of,
    reference: z.string().nullable(),
    status: z.enum(correctionStatuses),
    // What stood before, where the record itself has the corrected value.
    was: correctedValue.optional(),
    corrected: correctedValue,
    reasons: z.string(),
    at: instant,
    by,
    settled: z
      .strictObject({ at: instant, name: z.string().optional(), reasons: z.string().nullable() })
      .nullable(),
    can: z.array(z.enum(namesOf(correctionCommands))),
  })
  .meta({ id: 'Correction' });

const limits = z.array(z.string());

/** Beside the original; of an auditor’s copy no more than that there is one. */
export const correctedShape = z
  .strictObject({
    id: z.string(),
    of,
    was: correctedValue.optional(),
    corrected: correctedValue.optional(),
    reasons: z.string().optional(),
    // Of an attendance: what lay outside as it was corrected, and before.
    judged: z.strictObject({ outside: limits, before: limits }).optional(),
    at: instant,
    by,
  })
  .meta({ id: 'CorrectionBeside' });
