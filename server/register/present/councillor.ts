import { registerCommands, type RegisterCommand } from '../../../policies/register/register-keeping.js';
import type { Councillor } from '../../../policies/register/member.js';
import type { Ctx } from '../../case/ctx.js';

/** The commands that this person may give on a councillor's entry now. */
const availableFor = ({ ability }: Pick<Ctx, 'ability'>, { standing }: Councillor): RegisterCommand[] =>
  ability.can('keep', { kind: 'Register' })
    ? registerCommands.filter((name) => name !== 'confirm_gone' || standing !== 'former')
    : [];

/** A councillor as the register has them; a finding of a breach is for the decision, not for the page. */
export const presentCouncillor = (ctx: Pick<Ctx, 'ability'>, councillor: Councillor) => {
  const { kind: _kind, breachUpheldOn: _breach, defeat, ...shown } = councillor;
  return {
    ...shown,
    ...(defeat === null ? {} : { defeat }),
    can: availableFor(ctx, councillor),
  };
};
