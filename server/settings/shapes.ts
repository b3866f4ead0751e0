/** The shapes of a council's settings. */
import { z } from 'zod';
import { routedBars } from '../../policies/core/observation-types.js';
import { asked } from '../web/schema/field-words.js';
import { observationTypeKeys } from '../../policies/core/observation-types.js';
import { retentionKinds } from '../../policies/retention/retention.js';
import {
  limitFault,
  longestLabel,
  periodFault,
  periodKeys,
  retentionFault,
} from '../../policies/settings/settings-keeping.js';
import { councilRuleKeys } from '../../policies/core/authorities.js';
import {
  longestLink,
  longestParagraph,
  longestTitle as longestAdoptedTitle,
} from '../../policies/settings/adopted.js';
import {
  longestCaseReference,
  longestPrefix,
  mostPatterns,
  mostPrefixes,
} from '../../policies/settings/case-references.js';
import { namedThings } from '../../policies/settings/settings.js';
import { nations } from '../../policies/settings/bank-holidays.js';
import { clearDayKinds } from '../../policies/core/time/clear-days.js';
import { governances } from '../../policies/settings/governance.js';
import { longestTitle, mostDays } from './read-list.js';
import { date, text } from '../web/schema/schemas.js';

const day = z.string();

export const settingsShape = z.strictObject({
  revision: z.int(),
  nation: z.enum(nations),
  governance: z.enum(governances),
  clearDays: z.enum(clearDayKinds),
  periods: z.strictObject(Object.fromEntries(periodKeys.map((period) => [period, z.int()]))),
  types: z.array(
    z.strictObject({
      key: z.enum(observationTypeKeys),
      label: z.string(),
      limits: z.record(z.string(), z.int().nullable()),
    }),
  ),
  retention: z.strictObject(Object.fromEntries(retentionKinds.map((kind) => [kind, z.int()]))),
  /** The names that this council uses in place of the usual ones. */
  names: z.strictObject(Object.fromEntries(namedThings.map((thing) => [thing, z.string().optional()]))),
  /** The document in which the council’s own rules stand. */
  adopted: z
    .strictObject({
      title: z.string(),
      date: day,
      link: z.string().optional(),
      paragraphs: z.record(z.string(), z.string()),
    })
    .nullable(),
  /** The legal bars that members never observe here, by a rule of the council. */
  neverObserved: z.array(z.enum(routedBars)),
  /** How the case system writes its references. */
  caseReferences: z.strictObject({ prefixes: z.array(z.string()), patterns: z.array(z.string()) }),
  bankHolidays: z.array(z.strictObject({ date: day, name: z.string().nullable() })),
  history: z.array(
    z.strictObject({
      revision: z.int(),
      at: z.string(),
      by: z.strictObject({ name: z.string() }),
      changed: z.array(
        z.strictObject({
          setting: z.string(),
          was: z.union([z.string(), z.number()]).nullable(),
          became: z.union([z.string(), z.number()]).nullable(),
        }),
      ),
    }),
  ),
  can: z.array(z.literal('keep')),
});
settingsShape.register(z.globalRegistry, { id: 'Settings' });

/** The rules check its bounds; the schema refuses a wrong type in the same words. */
const whole = (says: string) =>
  asked(z.int().min(0).max(10_000), 'Number', { missing: says, wrong: says }).optional();

const typeChoice = z.strictObject({
  label: asked(text(longestLabel), 'Name of the type').optional(),
  maxHours: whole(limitFault('maxHours')),
  maxWindowMonths: whole(limitFault('maxWindowMonths')),
  maxMonthsInAll: whole(limitFault('maxMonthsInAll')),
  familyNoticeDays: whole(limitFault('familyNoticeDays')),
});
typeChoice.register(z.globalRegistry, { id: 'TypeSettingsBody' });

const adoptedBody = z.strictObject({
  title: asked(text(longestAdoptedTitle), 'Title'),
  date: asked(date, 'Date'),
  link: asked(text(longestLink), 'Address').optional(),
  paragraphs: z
    .strictObject(
      Object.fromEntries(
        councilRuleKeys.map((key) => [key, asked(text(longestParagraph), 'Paragraph').exactOptional()]),
      ),
    )
    .default({}),
});
adoptedBody.register(z.globalRegistry, { id: 'AdoptedBody' });

const caseReferencesBody = z.strictObject({
  prefixes: z
    .array(asked(text(longestPrefix), 'Word'))
    .max(mostPrefixes)
    .optional(),
  patterns: z
    .array(asked(text(longestCaseReference), 'Form'))
    .max(mostPatterns)
    .optional(),
});
caseReferencesBody.register(z.globalRegistry, { id: 'CaseReferencesBody' });

export const settingsBody = z.strictObject({
  revision: z.int().min(0).max(2_147_483_647),
  nation: z.enum(nations).optional(),
  governance: z.enum(governances).optional(),
  clearDays: z.enum(clearDayKinds).optional(),
  periods: z
    .strictObject(Object.fromEntries(periodKeys.map((period) => [period, whole(periodFault)])))
    .optional(),
  types: z
    .strictObject(Object.fromEntries(observationTypeKeys.map((key) => [key, typeChoice.optional()])))
    .optional(),
  retention: z
    .strictObject(Object.fromEntries(retentionKinds.map((kind) => [kind, whole(retentionFault(kind))])))
    .optional(),
  names: z
    .strictObject(
      Object.fromEntries(
        namedThings.map((thing) => [thing, asked(text(longestLabel), 'Name').nullable().optional()]),
      ),
    )
    .optional(),
  adopted: adoptedBody.nullable().optional(),
  neverObserved: z
    .array(z.enum(routedBars))
    .max(routedBars.length)
    .refine((bars) => new Set(bars).size === bars.length, 'Select each once')
    .optional(),
  caseReferences: caseReferencesBody.optional(),
});
settingsBody.register(z.globalRegistry, { id: 'SettingsBody' });

/** A day of `bank-holidays.json`; its other fields are accepted and dropped. */
const listedDay = z.strictObject({
  title: text(longestTitle),
  date,
  notes: z.unknown().optional(),
  bunting: z.unknown().optional(),
});
const division = z
  .strictObject({
    division: z.unknown().optional(),
    events: z.array(listedDay).max(mostDays),
  })
  .meta({ id: 'BankHolidayDivision' });

/** The list as GOV.UK publishes it, by division. */
export const holidaysBody = z.strictObject({
  'england-and-wales': division,
  scotland: division,
  'northern-ireland': division,
});
holidaysBody.register(z.globalRegistry, { id: 'BankHolidaysBody' });

export const holidaysShape = z.strictObject({
  revision: z.int(),
  changes: z.array(z.strictObject({ nation: z.enum(nations), date: day, name: z.string().nullable() })),
  moves: z.int(),
});
holidaysShape.register(z.globalRegistry, { id: 'BankHolidayChanges' });
