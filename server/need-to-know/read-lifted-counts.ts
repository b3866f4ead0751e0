import { liftedCounts, type LiftedCount } from '../../db/decision/lifted-counts.js';
import { holdsOffice } from '../../policies/people/actor.js';
import type { Ctx } from '../case/ctx.js';

/**
 * How often the three offices have lifted each block, for Democratic Services and the Monitoring Officer, who report it; null
 * for others. Numbers of the whole council: they name no request, so that reading them is no reading of one.
 */
export const readLiftedCounts = (ctx: Ctx): Promise<readonly LiftedCount[]> | null =>
  holdsOffice(ctx.actor, 'democratic_services') || holdsOffice(ctx.actor, 'monitoring_officer')
    ? liftedCounts(ctx.db)
    : null;
