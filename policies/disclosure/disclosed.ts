/**
 * What a councillor received without any visit, as an incident describes it. A file handed over in a corridor is a
 * disclosure like any other, and a search by case or by councillor finds it.
 * Source: need-to-know.md, sections 5, 6 and 8.
 */
import { faultOfCaseReference } from '../visit/case-reference.js';
import type { CaseReferences } from '../settings/case-references.js';
import type { FieldError } from '../core/refusals.js';
import type { Actor } from '../people/actor.js';
import type { Category } from '../core/category.js';
import type { Separated } from '../core/separated.js';
import type { DisclosedWithout, IncidentKind } from '../incident/incident.js';

/** The input about it; times are instants. */
export interface Described {
  readonly what: IncidentKind;
  readonly visit?: string | undefined;
  readonly caseReference?: string | undefined;
  readonly categories?: readonly Category[] | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

const fields = ['caseReference', 'categories', 'from', 'until'] as const;

/** The disclosure, by default from when the incident happened; null if none is described. */
export const disclosedBy = (given: Described, happenedAt: Date): DisclosedWithout | null =>
  fields.every((field) => given[field] === undefined)
    ? null
    : {
        caseReference: given.caseReference ?? null,
        categories: [...new Set(given.categories ?? [])],
        from: given.from === undefined ? happenedAt : new Date(given.from),
        until: given.until === undefined ? null : new Date(given.until),
      };

/** Who names a case: who is shown one elsewhere too, and the host of what it is about. */
export const namesCases = (
  { id, holdings }: Pick<Actor, 'id' | 'holdings'>,
  { hostId }: Pick<Separated, 'hostId'>,
): boolean =>
  hostId === id ||
  holdings.some(({ office }) => ['childrens_services', 'data_protection', 'host'].includes(office));

const notYet = 'This has not happened yet.';

/** The faults of the description. */
export const faultsOfDisclosed = (
  given: Described,
  disclosed: DisclosedWithout,
  now: Date,
  known: CaseReferences,
): FieldError[] => {
  const [first = 'categories'] = fields.filter((field) => given[field] !== undefined);
  const { caseReference, from, until } = disclosed;
  const ofCase = caseReference === null ? null : faultOfCaseReference(caseReference, known);
  return [
    ...(given.what === 'unauthorised_access'
      ? []
      : [{ field: first, message: 'Leave this empty: it belongs to unauthorised access.' }]),
    ...(given.visit === undefined
      ? []
      : [{ field: first, message: 'Leave this empty: what was disclosed at a visit is in its own record.' }]),
    ...(ofCase === null ? [] : [{ field: 'caseReference', message: ofCase }]),
    ...(given.from !== undefined && from > now ? [{ field: 'from', message: notYet }] : []),
    ...(until !== null && until > now ? [{ field: 'until', message: notYet }] : []),
    ...(until !== null && until < from
      ? [{ field: 'until', message: 'Enter a time that is not before the first.' }]
      : []),
  ];
};
