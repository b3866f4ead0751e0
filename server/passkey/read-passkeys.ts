import { passkeysOf, type StoredPasskey } from '../../db/passkey/passkeys.js';
import type { Passkeys } from '../../policies/passkey/passkey.js';
import type { Ctx } from '../case/ctx.js';

/** One’s own passkeys, the oldest first. */
export const readPasskeys = ({ db, actor }: Ctx): Promise<StoredPasskey[]> => passkeysOf(db, actor.id);

/** The same as the rules see them. */
export const asPasskeys = ({ actor, proving }: Ctx, found: readonly StoredPasskey[]): Passkeys => ({
  kind: 'Passkeys',
  personId: actor.id,
  inUse: found.length,
  offered: proving.relyingParty !== null,
});
