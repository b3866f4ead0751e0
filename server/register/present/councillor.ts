import { registerCommands, type RegisterCommand } from '../../../policies/register/register-keeping.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { isWeighed } from '../../../policies/finding/finding.js';
import type { Councillor } from '../../../policies/register/member.js';
import type { Ctx } from '../../case/ctx.js';

/** The commands that this person may give on a councillor's entry now. */
const availableFor = ({ ability }: Pick<Ctx, 'ability'>, { standing }: Councillor): RegisterCommand[] =>
  ability.can('keep', { kind: 'Register' })
    ? registerCommands.filter((name) => name !== 'confirm_gone' || standing !== 'former')
    : [];

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
