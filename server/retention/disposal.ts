import type { Knex } from 'knex';
import type { DisposalRow } from '../../db/retention/disposals.js';
import { keptOf, lockForDisposal, retentionSchedule } from '../../db/retention/retention.js';
import type { Proposal } from '../../policies/retention/disposing.js';
import { type Due, dueForDisposal } from '../../policies/retention/retention.js';

/** The subject of an entry about a disposal: never whose data it was. */
export const aboutDisposal = (id: string): string => `disposal:${id}`;

/** A disposal as the rules see it. */
export const asProposal = ({ councillor, status, proposed }: DisposalRow): Proposal => ({
  kind: 'Disposal',
  councillorId: councillor?.id ?? null,
  status,
  proposedBy: proposed.id,
});

/**
 * The data of a councillor that is due on a day, locked against other changes until the transaction ends; null if
 * there is no councillor of that id, or no longer.
 */
export const lockDue = async (
  trx: Knex.Transaction,
  councillorId: string,
  today: string,
): Promise<Due | null> => {
  await lockForDisposal(trx, councillorId);
  const found = await keptOf(trx, councillorId);
  return found && dueForDisposal(found.kept, await retentionSchedule(trx), today);
};
