import type { RequestStatus } from '../../../../policies/request/request.js';
import type { Account } from '../../../support/council.js';

/** One person of each office, by a letter; `-` is who is not signed in. */
export const people = {
  a: 'scrutiny.chair',
  o: 'scrutiny.member',
  f: 'former.member',
  c: 'childrens.services',
  d: 'democratic.services',
  l: 'legal',
  m: 'monitoring.officer',
  h: 'host',
  p: 'data.protection',
  i: 'auditor',
  n: 'administrator',
} as const satisfies Readonly<Record<string, Account>>;

export const letters = ['-', ...Object.keys(people)];
export const everybody = Object.keys(people).join('');

/** Who reaches one route or one page. */
export interface Row {
  /** Those to whom what it is about is there at all. A draft is there to its author alone. */
  readonly sees: string;
  /** Those of them who are not refused for want of authority. */
  readonly may: string;
  /** Of a request, the statuses in which it is done; in any, where nothing is said. */
  readonly in?: readonly RequestStatus[];
  /** What they are told in another: that it is not the time for it, unless there is nothing to see yet. */
  readonly otherwise?: 'nothing there';
}

export type Kind = 'signs in first' | 'nothing there' | 'refused' | 'not the time' | 'reached';

/** What somebody is answered by the table, for a request in that status, or for another thing. */
export const expectedOf = (
  { sees, may, in: times, otherwise }: Row,
  letter: string,
  status: RequestStatus | null,
): Kind => {
  if (letter === '-') return 'signs in first';
  if (!sees.includes(letter) || (status === 'draft' && letter !== 'a')) return 'nothing there';
  if (!may.includes(letter)) return 'refused';
  if (status === null || times === undefined || times.includes(status)) return 'reached';
  return otherwise ?? 'not the time';
};

/** Whoever reads a request that is no draft. */
export const readers = 'acdlmhpi';
/** The offices that test and sign, and the Monitoring Officer. */
export const offices = 'cdlm';
/** Everybody who sees it may. */
export const all = (sees: string): Row => ({ sees, may: sees });
export const only = (may: string, sees = everybody): Row => ({ sees, may });
export const whileIn = (may: string, ...times: RequestStatus[]): Row => ({ sees: readers, may, in: times });
