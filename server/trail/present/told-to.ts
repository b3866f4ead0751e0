import type { TrailRow } from '../../../db/audit/search.js';
import { asAuditReads } from '../../../policies/trail/audit-reads.js';
import type { Ctx } from '../../case/ctx.js';

/** An entry as this person reads it: whole for who keeps the trail, and as audit reads it for anybody else. */
export const toldTo =
  ({ ability }: Pick<Ctx, 'ability'>) =>
  (row: TrailRow): TrailRow =>
    ability.can('read_reasons', { kind: 'Trail' }) ? row : asAuditReads(row);
