import type { Programme } from '../../db/programme/programmes.js';
import { mayTakePart } from '../../policies/programme/programme.js';
import { decidingOffices } from '../../policies/core/office.js';
import type { Ctx } from '../case/ctx.js';

/**
 * The offices that confirm draft answers read them; a councillor reads no answers of the offices, not even drafts.
 */
const readsAnswers = ({ actor }: Pick<Ctx, 'actor'>): boolean =>
  actor.councillorId === null &&
  actor.holdings.some(({ office }) => decidingOffices.some((each) => each === office));

export const presentProgramme = (
  ctx: Pick<Ctx, 'actor' | 'now'>,
  { id, title, observationTypes, window, places, taken, draftAnswers, openedAt }: Programme,
) => ({
  id,
  title,
  observationTypes,
  window,
  places,
  taken,
  openedAt,
  ...(readsAnswers(ctx) ? { draftAnswers } : {}),
  can: mayTakePart(ctx.actor, { observationTypes, window, places, taken }, ctx.now())
    ? (['take_part'] as const)
    : [],
});
