/** The shapes of a correction: by itself, and beside what it corrects. */
import { z } from 'zod';
import { correctingOffices, correctionStatuses } from '../../policies/correction/correction.js';
import { correctionCommands, namesOf } from '../../policies/permission/every-command.js';

const of = z.strictObject({ kind: z.string(), id: z.string(), field: z.string() });
const instant = z.string();
const by = z.strictObject({ office: z.enum(correctingOffices), name: z.string().optional() });

/** A text, a code, a day, a list: as the field has it. */
export const correctedValue = z
  .union([z.string(), z.boolean(), z.array(z.string())])
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

/** Beside the original; of an auditor’s copy no more than that there is one. */
export const correctedShape = z
  .strictObject({
    id: z.string(),
    of,
    was: correctedValue.optional(),
    corrected: correctedValue.optional(),
    reasons: z.string().optional(),
    at: instant,
    by,
  })
  .meta({ id: 'CorrectionBeside' });
