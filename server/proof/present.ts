/** How codes are presented to their owner. */
import type { StoredCodeKey } from '../../db/proof/code-keys.js';
import type { Ctx } from '../case/ctx.js';
import { addressOf, inGroups } from './codes.js';

/** A key that was just made, as an app takes it over, and as people type it. */
export interface NewKey {
  readonly address: string;
  readonly key: string;
}

export const presentNewKey = ({ actor, proving }: Pick<Ctx, 'actor' | 'proving'>, key: string): NewKey => ({
  address: addressOf(key, { councilName: proving.councilName, email: actor.email }),
  key: inGroups(key),
});

/** What the owner is told of their codes; never a key or a code. */
export const presentCodes = (found: StoredCodeKey | null) => ({
  since: found?.since?.toISOString() ?? null,
  recoveryCodesLeft: found?.recoveryCodesLeft ?? 0,
});
