/** A council's settings, in words. */
import type { RoutedBar } from '../../../policies/core/observation-types.js';
import type { Period } from '../../../policies/core/time/deadlines.js';
import { authorities } from '../../../policies/core/authorities.js';
import { numberOf } from '../../../policies/core/words/number-of.js';
import { observationTypeKeys } from '../../../policies/core/observation-types.js';
import type { RetentionKind } from '../../../policies/retention/retention.js';
import type { Settings } from '../../../policies/settings/settings.js';
import type { Difference } from '../../../policies/settings/settings-keeping.js';
import type { Nation } from '../../../policies/settings/bank-holidays.js';
import type { ClearDays } from '../../../policies/core/time/clear-days.js';
import type { Governance } from '../../../policies/settings/governance.js';
import { inWords as usualWords } from '../../web/pages/words.js';
import { inDays } from '../../../policies/core/words/in-days.js';

export const periodSays: Readonly<Record<Period, string>> = {
  acknowledge: 'Acknowledge a request',
  decide: 'Decide a request',
  askForReview: 'Ask for a review of a refusal',
  review: 'Decide a review',
  attendanceRecord: 'Record what happened at a visit',
  answerQuestion: 'Answer a question or a challenge',
  frozen: 'Release or end what an incident froze',
  settleConflict: 'Settle a conflict that is contested',
  answerReturned: 'Answer a returned request before it is withdrawn',
};

export const nationSays: Readonly<Record<Nation, string>> = {
  england_and_wales: 'England and Wales',
  scotland: 'Scotland',
  northern_ireland: 'Northern Ireland',
};

export const governanceSays: Readonly<Record<Governance, string>> = {
  leader_and_cabinet: 'A leader and cabinet',
  mayor_and_cabinet: 'A mayor and cabinet',
  committee_system: 'A committee system',
};

export const clearDaysSays: Readonly<Record<ClearDays, string>> = {
  calendar_days: 'Every day',
  working_days: 'Working days alone',
};

export const retentionSays: Readonly<Record<RetentionKind, string>> = {
  requests: 'Requests, with all that hangs on them, after the council term in which they were made',
  councillors: 'A councillor’s entry, after their last term',
  notifications: 'Notifications, after they were written',
};

export const barSays: Readonly<Record<RoutedBar, string>> = {
  proceedings: 'Court proceedings',
  court_order: 'A court order',
  adoption: 'Adoption',
  criminal: 'A criminal investigation',
  lado: 'Allegations management',
};

export const limitSays: Readonly<Record<string, string>> = {
  label: 'Name of the type',
  maxHours: 'Longest visit, in hours',
  maxWindowMonths: 'Longest stage, in months',
  maxMonthsInAll: 'All stages together, in months',
  familyNoticeDays: 'Working days before the event on which the family is asked at the latest',
};

const isKeyOf = <T extends object>(words: T, key: string): key is Extract<keyof T, string> =>
  Object.hasOwn(words, key);

/** The name of an office or of the area of a member that a council has which has set none. */
export const usualName = (thing: string): string => (thing === 'ward' ? 'ward' : usualWords(thing));

const adoptedSays: Readonly<Record<string, string>> = {
  title: 'Title',
  date: 'Date',
  link: 'Address',
};

const adoptedInWords = (key: string, rule: string): string =>
  key === 'paragraphs' && isKeyOf(authorities, rule)
    ? `Paragraph. ${authorities[rule]}`
    : `Document that the council adopted: ${adoptedSays[key] ?? key}`;

/** The name of a setting: `periods.decide`, `types.core_group.label`, `bankHolidays.scotland.2026-06-15`. */
const settingInWords = (setting: string, settings: Settings): string => {
  const [group = '', key = '', part = ''] = setting.split('.');
  if (group === 'nation') return 'Calendar';
  if (group === 'governance') return 'Governance';
  if (group === 'clearDays') return 'Clear days';
  if (group === 'periods' && isKeyOf(periodSays, key)) return `Deadline: ${periodSays[key]}`;
  if (group === 'neverObserved' && isKeyOf(barSays, key)) return barSays[key];
  if (group === 'caseReferences')
    return key === 'patterns' ? 'Forms of a case reference' : 'Words in case references';
  if (group === 'names') return `Name: ${usualName(key)}`;
  if (group === 'adopted') return adoptedInWords(key, part);
  if (group === 'retention' && isKeyOf(retentionSays, key)) return `Kept: ${retentionSays[key]}`;
  if (group === 'bankHolidays' && isKeyOf(nationSays, key)) return `${inDays(part)}, ${nationSays[key]}`;
  const type = observationTypeKeys.find((each) => each === key);
  return type ? `${settings.type(type).label}: ${limitSays[part] ?? part}` : setting;
};

const valueInWords = (setting: string, value: string | number | null): string => {
  if (value === null) {
    if (setting.startsWith('adopted.')) return 'not named';
    if (setting.startsWith('caseReferences.')) return 'none of its own';
    return setting.startsWith('names.') ? 'the usual name' : 'as it was known';
  }
  if (setting === 'adopted.date') return inDays(String(value));
  if (typeof value === 'number') {
    if (setting.startsWith('periods.')) return numberOf(value, 'working day');
    return setting.startsWith('retention.') ? numberOf(value, 'month') : String(value);
  }
  if (setting === 'nation' && isKeyOf(nationSays, value)) return nationSays[value];
  if (isKeyOf(governanceSays, value)) return governanceSays[value];
  if (isKeyOf(clearDaysSays, value)) return clearDaysSays[value];
  if (value === 'never_observed') return 'never observed';
  if (value === 'by_lawful_route') return 'observed where there is a lawful route';
  if (value === 'bank_holiday') return 'a bank holiday';
  return value === 'working_day' ? 'a working day' : value;
};

/** One change as people read it; a type goes by the name that the council gives it now. */
export const differenceInWords = ({ setting, was, became }: Difference, settings: Settings) => ({
  setting: settingInWords(setting, settings),
  was: valueInWords(setting, was),
  became: valueInWords(setting, became),
});
