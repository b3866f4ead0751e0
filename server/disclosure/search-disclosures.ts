import {
  searchDisclosures as search,
  type Disclosure,
  type DisclosureQuery,
} from '../../db/disclosure/disclosures.js';
import { authorise } from '../../policies/permission/ability.js';
import { invalid } from '../../policies/core/rules.js';
import { faultOfSearchedCase } from '../../policies/visit/case-reference.js';
import type { Ctx } from '../case/ctx.js';
import { aboutCouncillor } from '../incident/follows/incident.js';
import { screened } from '../case/screened.js';
import { shown, type Shown } from '../case/shown.js';
import { recordReading } from '../case/record.js';

/** The subject of a search by case on the trail, which never holds the case itself. */
export const disclosuresSubject = 'disclosures';

/**
 * Who received what, when, and under which decision: by case for Children's Services and Data Protection,
 * by councillor for Democratic Services too (need-to-know.md, section 5). The search is recorded and
 * committed before it is answered.
 */
export const searchDisclosures = async (ctx: Ctx, query: DisclosureQuery): Promise<Shown<Disclosure>> => {
  screened(ctx, { caseReference: query.caseReference });
  const by = query.caseReference === undefined ? 'councillor' : 'case';
  authorise(ctx.ability, 'search', { kind: 'Disclosures', by });
  const fault =
    query.caseReference === undefined
      ? null
      : faultOfSearchedCase(query.caseReference, ctx.settings.choices.caseReferences);
  if (fault !== null) throw invalid('personal_data', [{ field: 'caseReference', message: fault }]);
  const page = shown(await search(ctx.db, { ...query, limit: query.limit + 1 }), query.limit);
  const incidents = [
    ...new Set(
      page.items.flatMap(({ received, incidentId }) =>
        received === 'incident' && incidentId !== null ? [incidentId] : [],
      ),
    ),
  ];
  await recordReading(ctx, {
    type: 'disclosures.searched',
    subject:
      query.councillor === undefined ? disclosuresSubject : aboutCouncillor(query.councillor.toLowerCase()),
    decision: {
      by,
      found: page.items.length,
      references: [...new Set(page.items.flatMap(({ reference }) => reference ?? []))],
      ...(incidents.length > 0 ? { incidents } : {}),
    },
  });
  return page;
};
