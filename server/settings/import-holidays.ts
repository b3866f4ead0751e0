import { inTransaction } from '../../db/core/connection.js';
import { keepChoices, lockSettings, settingsInForce } from '../../db/settings/settings.js';
import { authorise } from '../../policies/permission/ability.js';
import { assertUnhindered, authoriseTo } from '../../policies/permission/permit.js';
import { keepSettings } from '../../policies/settings/commands.js';
import {
  differencesFromList,
  faultsOfList,
  type ListedDay,
} from '../../policies/settings/bank-holiday-file.js';
import { invalid } from '../../policies/core/rules.js';
import { settingsOf, type Choices } from '../../policies/settings/settings.js';
import { differencesOf, withHolidays } from '../../policies/settings/settings-keeping.js';
import { calendarOf, nations, type Nation } from '../../policies/settings/bank-holidays.js';
import { type ProclaimedDay } from '../../policies/core/time/working-days.js';
import type { Ctx } from '../case/ctx.js';
import { movedBy, moveDeadlines } from '../deadline/follows/move-deadlines.js';
import { screened } from '../case/screened.js';
import { asKeeper, record } from '../case/record.js';
import { settingsSubject } from './change-settings.js';

/** The bank holidays of each nation, as the list that GOV.UK publishes has them. */
export type ListedHolidays = Readonly<Record<Nation, readonly ListedDay[]>>;

/** A day that the list makes a bank holiday (`name`), or a working day again (null), for a nation. */
export interface HolidayChange extends ProclaimedDay {
  readonly nation: Nation;
}

export interface HolidaysCompared {
  /** The change of the settings that it was compared with. */
  readonly revision: number;
  /** The differences from the settings in force. */
  readonly changes: readonly HolidayChange[];
  /** How many deadlines that run would move. */
  readonly moves: number;
}

/** The names of the days, by the field of the list that GOV.UK publishes. */
const titlesOf = (listed: ListedHolidays): Record<string, string> =>
  Object.fromEntries(
    nations.flatMap((nation) =>
      listed[nation].map(({ title }, index) => [
        `${nation.replaceAll('_', '-')}.events.${index}.title`,
        title,
      ]),
    ),
  );

const mayKeep = ({ ability }: Ctx): void => {
  authorise(ability, 'read', { kind: 'Settings' });
  authoriseTo(keepSettings, { ability }, { kind: 'Settings' });
};

const assertCredible = (listed: ListedHolidays): void => {
  const errors = nations.flatMap((nation) =>
    faultsOfList(listed[nation]).map((message) => ({ field: nation, message })),
  );
  if (errors.length > 0) throw invalid('holidays', errors);
};

/** The choices after a list: it replaces the days of the years that it covers, and keeps the others. */
const taken = (before: Choices, listed: ListedHolidays): Choices =>
  nations.reduce((choices, nation) => {
    const years = new Set(listed[nation].map(({ date }) => date.slice(0, 4)));
    const kept = (choices.bankHolidays[nation] ?? []).filter(({ date }) => !covered(years, date));
    return withHolidays(choices, nation, [
      ...kept,
      ...differencesFromList(calendarOf(nation), listed[nation]),
    ]);
  }, before);

/** From the first year of a list to its last. */
const covered = (years: ReadonlySet<string>, date: string): boolean => {
  const sorted = [...years].toSorted();
  const year = date.slice(0, 4);
  return year >= (sorted[0] ?? '') && year <= (sorted.at(-1) ?? '');
};

const changesOf = (before: Choices, after: Choices): HolidayChange[] =>
  nations.flatMap((nation) => {
    const [old, now] = [before, after].map(
      (choices) => new Map((choices.bankHolidays[nation] ?? []).map(({ date, name }) => [date, name])),
    );
    const dates = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
    const known = calendarOf(nation);
    return [...dates].toSorted().flatMap((date) => {
      const was = old?.has(date) ? (old.get(date) ?? null) : known.holiday(date);
      const became = now?.has(date) ? (now.get(date) ?? null) : known.holiday(date);
      return (was === null) === (became === null) ? [] : [{ nation, date, name: became }];
    });
  });

/**
 * What a list would change, and how many deadlines would move; it changes nothing.
 * @throws Invalid naming the nation, if the list cannot be right
 */
export const compareHolidays = async (ctx: Ctx, listed: ListedHolidays): Promise<HolidaysCompared> => {
  screened(ctx, titlesOf(listed), { isOfCouncil: true });
  mayKeep(ctx);
  assertCredible(listed);
  const { revision, settings: before } = await settingsInForce(ctx.db);
  const choices = taken(before.choices, listed);
  const after = settingsOf(choices);
  const moved = await movedBy(ctx.db, { before, after, now: ctx.now() });
  return { revision, changes: changesOf(before.choices, choices), moves: moved.length };
};

/**
 * Democratic Services take over the list that GOV.UK publishes, as when a bank holiday is proclaimed. Deadlines that
 * run move, and each move is kept with the old and the new day (need-to-know.md, section 7).
 * @param revision the change that the list was compared with; null to take it over as it is
 * @returns what became different
 * @throws Invalid naming the nation, where the list cannot be right; Conflict
 */
export const importHolidays = (
  ctx: Ctx,
  listed: ListedHolidays,
  revision: number | null,
): Promise<HolidaysCompared> => {
  screened(ctx, titlesOf(listed), { isOfCouncil: true });
  return inTransaction(ctx.db, async (trx) => {
    mayKeep(ctx);
    assertCredible(listed);
    const { revision: newest, settings: before } = await lockSettings(trx);
    assertUnhindered(keepSettings, { kind: 'Settings' }, { revision: revision ?? newest, newest });
    const choices = taken(before.choices, listed);
    const differences = differencesOf(before.choices, choices);
    if (differences.length === 0) return { revision: newest, changes: [], moves: 0 };
    const acting = asKeeper(ctx.actor);
    const made = await keepChoices(trx, choices, {
      at: ctx.now(),
      personId: ctx.actor.id,
      office: 'democratic_services',
      capacity: acting?.capacity ?? 'principal',
    });
    record(trx, ctx, acting, {
      type: 'settings.changed',
      subject: settingsSubject,
      decision: { revision: made, changed: differences.map((each) => ({ ...each })) },
    });
    const after = settingsOf(choices, made);
    const moved = { before, after, because: 'calendar', revision: made } as const;
    const moves = await moveDeadlines(trx, { ...ctx, settings: after }, moved);
    return { revision: made, changes: changesOf(before.choices, choices), moves };
  });
};
