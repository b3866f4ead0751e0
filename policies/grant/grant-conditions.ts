/**
 * Who marks a condition. Source: need-to-know.md, sections 4 and 6: a condition has an owner, and nobody certifies
 * what they owe themselves, except the host, for whom Children's Services may stand in. A councillor never marks a
 * condition of their own.
 */
import { isLive } from './access.js';
import type { Office } from '../core/office.js';
import type { Condition } from './condition.js';
import type { Grant } from './grant.js';

const markers: Readonly<Record<Condition['owner'], readonly Office[]>> = {
  councillor: ['childrens_services', 'democratic_services', 'legal'],
  childrens_services: ['childrens_services', 'democratic_services', 'legal'],
  host: ['host', 'childrens_services'],
};

/** The offices that mark a condition. */
export const markersOf = ({ owner }: Pick<Condition, 'owner'>): readonly Office[] => markers[owner];

/**
 * The conditions whose state can still change. While the grant lives, all of them. Whatever ended it, what
 * is owed before closing is owed while somebody was there: it is often seen to when all is over, and the
 * visit is closed by it.
 */
export const markable = (grant: Grant, now: Date): readonly Condition[] => {
  if (isLive(grant, now)) return grant.conditions;
  const wasAttended = grant.visits.some(({ attendance }) => attendance?.outcome === 'attended');
  return wasAttended ? grant.conditions.filter(({ before }) => before === 'closing') : [];
};
