/**
 * Who says what has become of a condition. Source: need-to-know.md, sections 4 and 6: a condition has an
 * owner, and nobody certifies what they owe themselves but the host, whom Children's Services may stand
 * in for. What the councillor owes is never the councillor's to mark.
 */
import { actingFor } from './sign-off.js';
import type { Acting, Actor, Condition, Grant, Office } from './subjects.js';

const markers: Readonly<Record<Condition['owner'], readonly Office[]>> = {
  councillor: ['childrens_services', 'democratic_services', 'legal'],
  childrens_services: ['childrens_services', 'democratic_services', 'legal'],
  host: ['host', 'childrens_services'],
};

/** As whom this person marks that condition. @throws Forbidden by `office` where it is not theirs to mark */
export const markingAs = (actor: Actor, grant: Grant, { owner }: Pick<Condition, 'owner'>): Acting =>
  actingFor(actor, markers[owner], grant);

/** Whether any condition of the grant is this person's to mark. */
export const marksAny = (actor: Actor, grant: Grant): boolean =>
  grant.conditions.some((condition) => {
    try {
      markingAs(actor, grant, condition);
      return true;
    } catch {
      return false;
    }
  });
