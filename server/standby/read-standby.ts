import { recordedOne } from '../../db/core/recorded.js';
import { findStandby, type Standby } from '../../db/standby/standby.js';
import { londonDate } from '../../policies/core/time/london.js';
import { readingEntry } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';

/**
 * Deputies and absences from today on, as far as this person keeps them: all for Democratic Services, otherwise their
 * own.
 */
export const readStandby = (ctx: Ctx): Promise<Standby> => {
  const whose = ctx.ability.can('record', { kind: 'Deputy', personId: '' }) ? null : ctx.actor.id;
  const ask = recordedOne(ctx.db, readingEntry(ctx, { type: 'standby.read', subject: 'standby' }), {
    deputies: 'jsonb_array_length(shown.deputies)',
    delegations: 'jsonb_array_length(shown.delegations)',
    absences: 'jsonb_array_length(shown.absences)',
  });
  return findStandby(ctx.db, whose, londonDate(ctx.now()), ask);
};
