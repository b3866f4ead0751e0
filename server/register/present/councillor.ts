import { registerCommands, type RegisterCommand } from '../../../policies/register/register-keeping.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { isWeighed } from '../../../policies/finding/finding.js';
import type { Councillor } from '../../../policies/register/member.js';
import type { Counted } from '../../../policies/correction/correction.js';
import type { Ctx } from '../../case/ctx.js';
import { presentCorrections } from '../../correction/present/beside.js';

/** The commands that this person may give on a councillor's entry now. */
const availableFor = ({ ability }: Pick<Ctx, 'ability'>, { standing }: Councillor): RegisterCommand[] =>
  ability.can('keep', { kind: 'Register' })
    ? registerCommands.filter((name) => name !== 'confirm_gone' || standing !== 'former')
    : [];

/** The same with what was corrected in it, beside the days that are in force. */
export const presentEntry = (
  ctx: Pick<Ctx, 'ability' | 'actor' | 'now'>,
  { councillor, corrections }: { readonly councillor: Councillor; readonly corrections: readonly Counted[] },
) => ({
  ...presentCouncillor(ctx, councillor),
  corrections: presentCorrections(ctx.actor.councillorId === null ? 'office' : 'own', corrections),
});

/** A councillor as the register has them, with the finding that is weighed. */
export const presentCouncillor = (ctx: Pick<Ctx, 'ability' | 'now'>, councillor: Councillor) => {
  const { kind: _kind, finding, defeat, ...shown } = councillor;
  return {
    ...shown,
    ...(defeat === null ? {} : { defeat }),
    ...(isWeighed(finding, londonDate(ctx.now())) && finding ? { finding } : {}),
    can: availableFor(ctx, councillor),
  };
};
