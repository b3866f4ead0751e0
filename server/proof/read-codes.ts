import { codeKeyOf, type StoredCodeKey } from '../../db/proof/code-keys.js';
import type { CodeKey } from '../../policies/proof/code-key.js';
import { isStillOpen, setUpMinutes } from '../../policies/proof/proof.js';
import type { Ctx } from '../case/ctx.js';
import { newKeyOf } from './follows/use-code.js';
import { presentNewKey, type NewKey } from './present.js';

/** One’s own codes. */
export const readCodes = ({ db, actor }: Ctx): Promise<StoredCodeKey | null> => codeKeyOf(db, actor.id);

/** The same as the rules see it. */
export const asCodeKey = ({ actor, now }: Ctx, found: StoredCodeKey | null): CodeKey => ({
  kind: 'CodeKey',
  personId: actor.id,
  inUse: Boolean(found?.since),
  begun: found?.begun ? isStillOpen(found.begun.since, setUpMinutes, now()) : false,
});

/** The key that is being set up, opened: its owner may still see it. Null where there is none, it took too long, or another session began it. */
export const newKeyIn = (ctx: Ctx, found: StoredCodeKey | null): string | null =>
  found?.begun && asCodeKey(ctx, found).begun
    ? ctx.proving.keys.open(found.begun.sealed, newKeyOf(ctx.actor.id, ctx.session?.id))
    : null;

/** The same as an app takes it over, and as people type it. */
export const readNewKey = async (ctx: Ctx): Promise<NewKey | null> => {
  const key = newKeyIn(ctx, await readCodes(ctx));
  return key === null ? null : presentNewKey(ctx, key);
};
