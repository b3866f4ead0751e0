import { readWays } from '../../db/provider/bindings.js';
import { passwordWorks } from '../../policies/provider/passwords.js';
import type { Ctx } from '../case/ctx.js';
import type { CouncilSignIn } from '../case/proving/proving.js';

/** How somebody may prove once more that it is they: at the council’s own sign-in, and with a password. */
export interface WaysToProve {
  readonly provider: CouncilSignIn | null;
  readonly password: boolean;
}

export const readWaysToProve = async ({ db, actor, proving }: Ctx): Promise<WaysToProve> => {
  const { provider } = proving;
  if (!provider) return { provider: null, password: true };
  const account = await readWays(db, { person: actor.id, issuer: provider.issuer });
  return { provider: account.isBound ? provider : null, password: passwordWorks(provider, account) };
};
