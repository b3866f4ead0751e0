import { periodKeys, limitsOf } from '../../policies/settings/settings-keeping.js';
import { typesOf, type Settings } from '../../policies/settings/settings.js';
import type { Ctx } from '../case/ctx.js';
import type { SettingsRead } from './read-settings.js';

/** A type's label, and those of its limits that may be set. */
const presentType = (type: ReturnType<typeof typesOf>[number]) => ({
  key: type.key,
  label: type.label,
  limits: Object.fromEntries(limitsOf(type.key).map((limit) => [limit, type[limit]])),
});

/** The days that were laid over the known bank holidays of the nation that counts. */
const presentHolidays = ({ choices }: Settings) =>
  (choices.bankHolidays[choices.nation] ?? []).map(({ date, name }) => ({ date, name }));

/** The council's settings, and who changed them. */
export const presentSettings = (
  ctx: Pick<Ctx, 'ability'>,
  { revision, settings, schedule, history }: SettingsRead,
) => ({
  revision,
  nation: settings.choices.nation,
  governance: settings.choices.governance,
  clearDays: settings.choices.clearDays,
  periods: Object.fromEntries(periodKeys.map((period) => [period, settings.periods[period]])),
  types: typesOf(settings).map(presentType),
  retention: schedule,
  names: settings.choices.names,
  adopted: settings.choices.adopted,
  neverObserved: [...settings.choices.neverObserved],
  caseReferences: settings.choices.caseReferences,
  bankHolidays: presentHolidays(settings),
  history: history.map(({ revision: number, at, by, differences }) => ({
    revision: number,
    at,
    by: { name: by },
    changed: differences,
  })),
  can: ctx.ability.can('keep', { kind: 'Settings' }) ? ['keep'] : [],
});
