/**
 * Who says what has become of a condition. Source: need-to-know.md, sections 4 and 6: a condition has an
 * owner, and nobody certifies what they owe themselves but the host, whom Children's Services may stand
 * in for. What the councillor owes is never the councillor's to mark.
 */
import { isLive } from './access.js';
import { actingFor } from '../decision/sign-off.js';
import type { Acting, Actor, Condition, Grant, Office } from '../core/subjects.js';

const markers: Readonly<Record<Condition['owner'], readonly Office[]>> = {
  councillor: ['childrens_services', 'democratic_services', 'legal'],
  childrens_services: ['childrens_services', 'democratic_services', 'legal'],
  host: ['host', 'childrens_services'],
};

/** The offices that say what has become of a condition. */
export const markersOf = ({ owner }: Pick<Condition, 'owner'>): readonly Office[] => markers[owner];

/** As whom this person marks that condition. @throws Forbidden by `office` where it is not theirs to mark */
export const markingAs = (actor: Actor, grant: Grant, { owner }: Pick<Condition, 'owner'>): Acting =>
  actingFor(actor, markers[owner], grant);

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
