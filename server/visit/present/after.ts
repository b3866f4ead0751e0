import type { Joined } from '../../web/api/once.js';
import { fileAskedAbout, visitFileAfter } from '../visit-file.js';
import { presentVisit } from './visit.js';

/** The visit, presented to who has just changed it: the change is the entry on the trail. */
export const presentVisitAfter = async (ctx: Joined, id: string) =>
  presentVisit(ctx, await visitFileAfter(ctx, id), ctx.now());

/** The visit that a question is about, presented to who has just answered it. @param id the question's */
export const presentVisitAskedAbout = async (ctx: Joined, id: string) =>
  presentVisit(ctx, await fileAskedAbout(ctx, id), ctx.now());
