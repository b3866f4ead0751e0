import { useLink } from '../../db/account/links.js';
import { inTransaction } from '../../db/core/connection.js';
import { loadActor } from '../../db/people/people.js';
import { bind, boundTo, isInUse, readWays } from '../../db/provider/bindings.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { RuleKey } from '../../policies/core/rules.js';
import { linkOver, openLink } from '../account/follows/open-link.js';
import type { LetIn } from '../case/proving/let-in.js';
import { letInBy, NotLetIn, recordEntered, recordFailed, type EnteringDeps, type Said } from './enter.js';

/**
 * Binds the account that a link was sent for to whom the provider knows, in one browser, and lets them in. It uses the link
 * up. An account that is bound to somebody else already is not bound anew by it: that takes two others.
 * @throws Invalid by the rule `link`; NotLetIn by the rule `bound_to_another`, `bound_elsewhere`, `bound_address` or
 *   `break_glass`
 */
export const bindByLink = async (
  { db, now }: EnteringDeps,
  { issuer, word, token }: Said & { readonly token: string },
): Promise<LetIn> => {
  const link = await openLink({ db, now }, token);
  const { personId: person } = link;
  const known = { issuer, subject: word.subject };
  const since = now();
  const found = await inTransaction(db, async (trx): Promise<LetIn | RuleKey> => {
    const at = now();
    const refused = async (rule: RuleKey): Promise<RuleKey> => {
      await recordFailed(trx, person, at);
      return rule;
    };
    const owner = await boundTo(trx, known);
    if (owner !== null && owner !== person) return refused('bound_elsewhere');
    const { breakGlass, isBound } = await readWays(trx, { person, issuer });
    if (breakGlass) return refused('break_glass');
    if (owner === null && isBound) return refused('bound_to_another');
    // A link opens an account for who reads the mail. Of one in use, it must not hand it over to somebody else there.
    const isNamed = word.email?.toLowerCase() === link.email.toLowerCase();
    if (owner === null && !isNamed && (await isInUse(trx, { person, issuer })))
      return refused('bound_address');
    if (!(await useLink(trx, link, at))) throw linkOver();
    // Of two that bind at once, the second comes too late: the link is not used up by it.
    if (owner === null && !(await bind(trx, { person, ...known, by: 'invitation', at })))
      throw new NotLetIn('bound_to_another');
    const actor = await loadActor(trx, person, londonDate(at));
    if (actor === null) throw linkOver();
    await recordEntered(trx, { actor, bound: owner === null ? 'invitation' : null, at });
    return letInBy(actor, since, word);
  });
  if (typeof found === 'string') throw new NotLetIn(found);
  return found;
};
