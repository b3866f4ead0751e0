import type { Calendar, ProclaimedDay } from './working-days.js';
export interface ListedDay {
  readonly date: string;
  readonly title: string;
}
export const differencesFromList = (
  _calendar: Calendar,
  _listed: readonly ListedDay[],
): readonly ProclaimedDay[] => [];
export const faultsOfList = (_listed: readonly ListedDay[]): readonly string[] => [];
