import type { Disclosure } from '../../db/disclosure/disclosures.js';
import type { Ctx } from '../case/ctx.js';

/**
 * One thing that was disclosed. The case is shown to those alone who may ask by case: Children's Services
 * and Data Protection (need-to-know.md, section 5).
 */
export const presentDisclosure = ({ ability }: Pick<Ctx, 'ability'>, row: Disclosure) => ({
  councillor: { id: row.councillorId, name: row.councillorName },
  reference: row.reference,
  observationType: row.observationType,
  received: row.received,
  at: row.at,
  ...(row.received !== 'papers' && row.until !== null ? { until: row.until } : {}),
  ...(row.visitId === null ? {} : { visit: row.visitId }),
  ...(row.incidentId === null ? {} : { incident: row.incidentId }),
  categories: row.categories,
  ...(row.papers === null ? {} : { papers: row.papers, returnedAt: row.until }),
  authorised: row.authorised,
  decision: row.approvedAt === null ? null : { outcome: 'approve', at: row.approvedAt },
  statutoryRight: row.statutoryRight,
  ...(row.received !== 'papers' && ability.can('search', { kind: 'Disclosures', by: 'case' })
    ? { caseReference: row.caseReference }
    : {}),
});
