/** What a correction of a recorded conflict of interest says, and what follows once it counts. */
import type { Knex } from 'knex';
import { lockConflict, whoseConflict, type ConflictRow } from '../../../db/conflict/conflicts.js';
import * as requests from '../../../db/request/requests.js';
import { conflictMoved } from '../../../policies/conflict/notices.js';
import { ownConflictCorrected } from '../../../policies/correction/notices.js';
import { conflictKinds } from '../../../policies/core/conflict.js';
import type { Notice } from '../../../policies/core/notices.js';
import { Invalid } from '../../../policies/core/refusals.js';
import { invalid, type RuleKey } from '../../../policies/core/rules.js';
import { londonDate } from '../../../policies/core/time/london.js';
import type { Ctx } from '../../case/ctx.js';

interface Of {
  readonly id: string;
  readonly field: string;
}
type Values = Readonly<Record<string, unknown>>;

const locked = (trx: Knex.Transaction, { ability, now }: Pick<Ctx, 'ability' | 'now'>, id: string) =>
  lockConflict(trx, { ability, today: londonDate(now()) }, id);

/** What a correction of it would change, and what keeps it from being one. */
export interface ConflictToCorrect {
  readonly barredBy: RuleKey | null;
  /** @throws Invalid */
  readonly values: () => { readonly was: Values; readonly corrected: Values };
}

/** A conflict of the Monitoring Officer, before or after, is the Chief Executive’s, and is ended and recorded anew. */
export const conflictToCorrect = async (
  ctx: Pick<Ctx, 'ability' | 'now'>,
  trx: Knex.Transaction,
  { id, field }: Of,
  corrected: string,
): Promise<ConflictToCorrect> => {
  const conflict = await locked(trx, ctx, id);
  const named = field === 'person' ? await whoseConflict(trx, corrected, londonDate(ctx.now())) : null;
  const isTheirs = conflict.ofMonitoringOfficer || named?.ofMonitoringOfficer === true;
  return {
    barredBy: isTheirs ? 'conflict_chief_executive' : null,
    values() {
      if (field === 'kind') return { was: { kind: conflict.nature }, corrected: { kind: kindIn(corrected) } };
      if (!named || named.personId === conflict.recordedBy)
        throw invalid('people', [{ field: 'corrected', message: 'There is no such person.' }]);
      return { was: { person: conflict.personId }, corrected: { person: named.personId } };
    },
  };
};

/** @throws Invalid */
const kindIn = (corrected: string): string => {
  if (!conflictKinds.some((kind) => kind === corrected))
    throw new Invalid([{ field: 'corrected', message: 'Select the kind' }]);
  return corrected;
};

/** The people whose conflict it is by what stands, and by the correction. */
export interface CorrectedConflict {
  readonly conflicted: readonly string[];
  readonly notices: readonly Notice[];
}

/**
 * Before a correction of a conflict is settled: a decision that is being made waits for it, or it for the decision, as when a
 * conflict is recorded.
 */
export const conflictCorrecting = async (
  ctx: Pick<Ctx, 'ability' | 'now'>,
  trx: Knex.Transaction,
  { id }: Of,
  corrected: Values,
): Promise<CorrectedConflict> => {
  const conflict: ConflictRow = await locked(trx, ctx, id);
  if (conflict.reference !== null) await requests.lock(trx, ctx.ability, conflict.reference);
  if (conflict.councillor !== null) await requests.lockOpenOf(trx, conflict.councillor.id);
  const { person } = corrected;
  const named = typeof person === 'string' ? person : conflict.personId;
  return {
    conflicted: [conflict.personId, named],
    notices:
      conflict.personId === named ? [ownConflictCorrected(named)] : conflictMoved(conflict.personId, named),
  };
};
