/** What keeps somebody from doing now what their office does at other times. */
import { authorise } from '../../../policies/core/ability.js';
import type { CommandName } from '../../../policies/core/every-command.js';
import { permit } from '../../../policies/core/commands.js';
import { Refusal } from '../../../policies/core/refusals.js';
import { forbid } from '../../../policies/core/rules.js';
import type { ObservationRequest, Office } from '../../../policies/core/subjects.js';
import type { Ctx } from '../../case/ctx.js';
import { readable } from './faults.js';

/** Why something cannot be done now, and by which authority. */
export interface Bar {
  readonly says: string;
  readonly authority: string | undefined;
}

/** What a check refuses, in words; null where it refuses nothing. */
export const barOf = (check: () => unknown): Bar | null => {
  try {
    check();
    return null;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { says: readable(error.message), authority: error.authority };
  }
};

/**
 * What bars this person from a command on this row now, so that the page can say so in place of its form.
 * @param also what must hold beside authority, status and separation of duties
 * @throws Forbidden where it is not for them at all: the page is then no page of theirs
 */
export const barTo = (
  ctx: Ctx,
  name: CommandName,
  row: ObservationRequest,
  { office, also }: { readonly office?: Office; readonly also?: () => unknown } = {},
): Bar | null => {
  authorise(ctx.ability, name, row);
  const acts =
    ctx.actor.holdings.some((holding) => holding.office === office) ||
    row.named.some((named) => named.office === office && named.personId === ctx.actor.id);
  if (office && !acts) throw forbid('office');
  return barOf(() => {
    permit(name, ctx, row, { office });
    also?.();
  });
};
