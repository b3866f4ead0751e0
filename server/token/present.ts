import type { z } from 'zod';
import type { TokenRow } from '../../db/token/tokens.js';
import { londonDate } from '../../policies/core/time/london.js';
import { stateOfToken } from '../../policies/token/token.js';
import type { Ctx } from '../case/ctx.js';
import type { tokenShape } from './shapes.js';

/** A token as its owner and the administrator see it. */
export const presentToken = (
  { ability, now }: Pick<Ctx, 'ability' | 'now'>,
  token: TokenRow,
): z.infer<typeof tokenShape> => {
  const { id, name, scope, personId, owner, madeAt, endsAt, lastUsedAt, endedAt, endedBy } = token;
  return {
    id,
    name,
    scope,
    owner: { id: personId, name: owner },
    madeAt: madeAt.toISOString(),
    expires: londonDate(new Date(endsAt.getTime() - 1)),
    lastUsedAt: lastUsedAt && lastUsedAt.toISOString(),
    state: stateOfToken(token, now()),
    ended: endedAt && { at: endedAt.toISOString(), by: endedBy },
    can: ability.can('revoke_token', token) && !token.ended ? ['revoke_token'] : [],
  };
};
