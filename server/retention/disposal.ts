import type { Knex } from 'knex';
import type { DisposalRow } from '../../db/retention/disposals.js';
import { keptOf, lockForDisposal, retentionSchedule } from '../../db/retention/retention.js';
import type { Proposal } from '../../policies/retention/disposing.js';
import { type Due, dueForDisposal } from '../../policies/retention/retention.js';

/** What an entry about a disposal names: never whose it was. */
export const aboutDisposal = (id: string): string => `disposal:${id}`;

/** A disposal as the rules see it. */
export const asProposal = ({ councillor, status, proposed }: DisposalRow): Proposal => ({
  kind: 'Disposal',
  councillorId: councillor?.id ?? null,
  status,
  proposedBy: proposed.id,
});

/**
 * What of a councillor is due on a day, with nothing befalling it until the transaction ends; null where there is
 * none of that id, or no more.
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
