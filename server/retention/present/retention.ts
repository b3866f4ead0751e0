import type { GivenOf } from '../../../policies/command/command.js';
import { isOpen } from '../../../policies/permission/permit.js';
import { propose } from '../../../policies/retention/commands.js';
import { proposalOf } from '../../../policies/retention/disposing.js';
import type { Ctx } from '../../case/ctx.js';
import type { KeptTooLong, Retention } from '../read-retention.js';

type Reader = Pick<Ctx, 'actor' | 'ability'>;

const proposable = (reader: Reader, councillorId: string | null, given: GivenOf<'Disposal'>) =>
  isOpen(propose, reader, proposalOf(councillorId, reader.actor.id), given) ? (['propose'] as const) : [];

/** Old notifications, and whether they can be proposed. */
export const presentNotifications = (
  reader: Reader,
  { before, count, proposalId }: Retention['notifications'],
) => ({
  before,
  count,
  proposal: proposalId,
  can: proposable(reader, null, { notifications: count, isProposed: proposalId !== null }),
});

/** A councillor's data kept to the end of its time: as counts, because only its author reads a draft. */
export const presentKept = (reader: Reader, kept: KeptTooLong) => ({
  councillor: { id: kept.councillorId, name: kept.name },
  due: { requests: kept.requests.length, whole: kept.councillor },
  matters: kept.matters.map(({ requests, state, until }) => ({ requests: requests.length, state, until })),
  until: kept.councillorUntil,
  proposal: kept.proposalId,
  can: proposable(reader, kept.councillorId, { due: kept, isProposed: kept.proposalId !== null }),
});
