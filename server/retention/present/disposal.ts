import type { By, DisposalRow } from '../../../db/retention/disposals.js';
import { disposalCommands } from '../../../policies/permission/every-command.js';
import { available } from '../../../policies/permission/permit.js';
import { asProposal } from '../disposal.js';
import type { Ctx } from '../../case/ctx.js';

const presentBy = ({ name, office, capacity, at }: By) => ({ at, by: { name, office, capacity } });

/** Readers who may know whose requests exist; an auditor reads who did what and when, without the councillor. */
const readsWhose = ({ ability }: Pick<Ctx, 'ability'>): boolean =>
  ability.can('read', { kind: 'Hold', councillorId: '' });

/** A proposal, or the certificate of a disposal. */
export const presentDisposal = (reader: Pick<Ctx, 'actor' | 'ability'>, row: DisposalRow) => ({
  id: row.id,
  target: row.target,
  ...(readsWhose(reader) ? { councillor: row.councillor } : {}),
  requests: row.requests.length,
  whole: row.whole,
  before: row.before,
  status: row.status,
  proposed: presentBy(row.proposed),
  settled: row.settled && presentBy(row.settled),
  certificate: row.certificate,
  can: available(disposalCommands, reader, asProposal(row), {}),
});
