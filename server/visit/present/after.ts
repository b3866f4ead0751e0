import type { Joined } from '../../web/api/once.js';
import { visitFileAfter } from '../visit-file.js';
import { presentVisit } from './visit.js';

/** The visit, presented to who has just changed it: the change is the entry on the trail. */
export const presentVisitAfter = async (ctx: Joined, id: string) =>
  presentVisit(ctx, await visitFileAfter(ctx, id), ctx.now());
