import type { Knex } from 'knex';
import { z } from 'zod';
import { nations } from '../../policies/settings/bank-holidays.js';
import { clearDayKinds } from '../../policies/core/time/clear-days.js';
import { governances } from '../../policies/settings/governance.js';
import {
  defaultSettings,
  noChoices,
  settingsOf,
  type Choices,
  type Settings,
} from '../../policies/settings/settings.js';
import { routedBars } from '../../policies/core/observation-types.js';
import { prepared } from '../core/plans/prepared.js';
import { firstOf } from '../core/rows/first-of.js';
import { moment, rowsOf } from '../core/rows/rows-of.js';
import { day, whole } from '../core/rows/stored.js';
import { allowed } from '../core/rows/tables.js';
import { within } from '../core/rows/within.js';

/** Settings with the number of the change that made them; 0 before the first. */
export interface InForce {
  readonly revision: number;
  /**
   * Tells that change from every other, also from one of the same number: in another database, or in this one since a
   * backup took its place.
   */
  readonly mark: string;
  readonly settings: Settings;
}

/** What is in force before the first change. */
export const nothingSet: InForce = { revision: 0, mark: '', settings: defaultSettings };

/** What a council chose, as it is stored: a choice that a later edition does not know any more stands in nobody's way. */
const storedChoices: z.ZodType<Choices> = z.object({
  nation: z.enum(nations),
  periods: z.record(z.string(), z.number()),
  types: z.record(
    z.string(),
    z.object({
      label: z.string().optional(),
      maxHours: z.number().optional(),
      maxWindowMonths: z.number().optional(),
      maxMonthsInAll: z.number().optional(),
      familyNoticeDays: z.number().optional(),
    }),
  ),
  bankHolidays: z.record(z.string(), z.array(z.object({ date: day, name: z.string().nullable() }))),
  retention: z.record(z.string(), z.number()),
  // Choices from before there were any have none.
  names: z.record(z.string(), z.string()).default({}),
  adopted: z
    .object({
      title: z.string(),
      date: day,
      link: z.string().optional(),
      paragraphs: z.record(z.string(), z.string()),
    })
    .nullable()
    .default(null),
  governance: z.enum(governances).default(noChoices.governance),
  clearDays: z.enum(clearDayKinds).default(noChoices.clearDays),
  neverObserved: z.array(z.enum(routedBars)).default([]),
  caseReferences: z
    .object({ prefixes: z.array(z.string()), patterns: z.array(z.string()) })
    .default({ prefixes: [], patterns: [] }),
});

/** The columns of {@link settingsSql}: the number and the mark of the last change, with its choices where they are not known yet. */
export const settingsColumns = { revision: whole, mark: z.string(), choices: storedChoices.nullable() };
const storedSettings = z.strictObject(settingsColumns);
export type SettingsRow = z.infer<typeof storedSettings>;

/**
 * The last change, and its choices where its mark is not that of the binding `known`; no row before the first.
 */
export const settingsSql = `select revision, mark, case when mark <> :known then choices end as choices
         from (select revision, choices, concat_ws(' ', revision, extract(epoch from at), person_id) as mark
           from settings order by revision desc limit 1) as last`;

/**
 * The settings of that row.
 * @param known the settings known when the row was read: they are returned as they are if they still hold, so that a
 *   calendar is worked out once and not for every request
 */
export const inForceFrom = (row: SettingsRow | undefined, known: InForce): InForce => {
  if (!row) return nothingSet;
  return row.choices === null
    ? known
    : { revision: row.revision, mark: row.mark, settings: settingsOf(row.choices, row.revision) };
};

/**
 * The council's settings as they are now.
 * @param known the caller's settings from an earlier look
 */
export const settingsInForce = async (db: Knex, known: InForce = nothingSet): Promise<InForce> => {
  const [row] = await rowsOf(storedSettings, prepared(db.raw(settingsSql, { known: known.mark })));
  return inForceFrom(row, known);
};

/** The number of the last change; 0 before the first. For who needs nothing else of the settings. */
export const settingsRevision = async (db: Knex): Promise<number> => {
  const rows = await rowsOf(
    z.strictObject({ revision: whole }),
    prepared(db.raw('select coalesce(max(revision), 0) as revision from settings')),
  );
  return firstOf(rows).revision;
};

/** The same, kept by the caller from one look to the next: one for each app, so that nothing is global. */
export const createSettingsReader = (): ((db: Knex) => Promise<Settings>) => {
  let known = nothingSet;
  return async (db) => {
    known = await settingsInForce(db, known);
    return known.settings;
  };
};

/** Any constant will do, as long as it is always this one. */
const changing = 6_853_302;

/** Changes of the settings come one after the other: each starts from the result of the one before. */
export const lockSettings = async (trx: Knex.Transaction): Promise<InForce> => {
  await trx.raw('select pg_advisory_xact_lock(?)', [changing]);
  return settingsInForce(trx);
};

/** Stores the new settings in force. @returns the number of the change */
export const keepChoices = async (
  trx: Knex.Transaction,
  choices: Choices,
  by: { readonly at: Date; readonly personId: string; readonly office: string; readonly capacity: string },
): Promise<number> => {
  const rows = await trx('settings')
    .insert({
      choices: JSON.stringify(choices),
      at: by.at,
      person_id: by.personId,
      office: within(allowed['settings.office'], by.office),
      capacity: by.capacity,
    })
    .returning('revision');
  return firstOf(rows).revision;
};

/** One change as the history shows it. */
export interface SettingsChange {
  readonly revision: number;
  readonly at: Date;
  readonly by: string;
  readonly choices: Choices;
  /** Null if there was none before. */
  readonly before: Choices | null;
}

const storedChange: z.ZodType<SettingsChange> = z.strictObject({
  revision: whole,
  at: moment,
  by: z.string(),
  choices: storedChoices,
  before: storedChoices.nullable(),
});

/** The last changes, newest first. */
export const settingsHistory = (db: Knex, limit: number): Promise<SettingsChange[]> => {
  return rowsOf(
    storedChange,
    db.raw(
      `select s.revision, s.at, p.name as by, s.choices, lag(s.choices) over (order by s.revision) as before
         from settings s join people p on p.id = s.person_id
         order by s.revision desc limit ?`,
      [limit],
    ),
  );
};
