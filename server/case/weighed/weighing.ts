/**
 * Asks about a text before it is saved, in one place for the API and the pages. The act runs; where it meets words that
 * nobody has weighed, it is undone. What turns out to be a known name needs no answer; for the rest the person confirms the
 * kind, and the act runs again with that on the record. Nothing is looked up for a text without such words.
 */
import { namesOfPeople } from '../../../db/people/name-of.js';
import { namesOfCouncillors } from '../../../db/register/councillors.js';
import { referenceOf } from '../../../db/request/reference-of.js';
import * as requests from '../../../db/request/requests.js';
import { Cautioned, NotFound } from '../../../policies/core/refusals.js';
import { isNameOf, type CautionKind } from '../../../policies/core/words/cautions.js';
import type { Ctx, Weighed } from '../ctx.js';

/** More members than any register has. */
const everybody = 10_000;

/** The officers named in the request that the call is about, if this person may read it: nobody learns names this way. */
const officersIn = async (ctx: Ctx, subject: string): Promise<readonly string[]> => {
  const reference = (await referenceOf(ctx.db, subject)) ?? subject;
  if (!reference.startsWith('OBS-')) return [];
  try {
    const { hostId, managerId, actedBy, namedIds } = await requests.find(ctx.db, ctx.ability, reference);
    const ids = [hostId, managerId, ...actedBy, ...namedIds].filter((id) => id !== null);
    return await namesOfPeople(ctx.db, [...new Set(ids)]);
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
};

const namesKnown = async (ctx: Ctx, subject: string): Promise<readonly string[]> => [
  ctx.actor.name,
  ...(await namesOfCouncillors(ctx.db, everybody)).map(({ name }) => name),
  ...(await officersIn(ctx, subject)),
];

/**
 * Runs an act that takes text.
 * @param about what the person says to the cautions, and the subject of the call: a reference, or `visit:<id>`
 * @throws Cautioned with every caution that they have not confirmed
 */
export const weighing = async <T>(
  ctx: Ctx,
  about: { readonly considered: readonly CautionKind[]; readonly subject: string },
  act: (weighed: Ctx) => T | Promise<T>,
): Promise<T> => {
  let weighed: Weighed = { confirmed: [], known: [] };
  let people: readonly string[] | undefined;
  for (;;) {
    try {
      return await act({ ...ctx, weighed });
    } catch (error) {
      if (!(error instanceof Cautioned)) throw error;
      const names = error.cautions.flatMap(({ kind, words }) => (kind === 'name' ? words : []));
      people ??= names.length > 0 ? await namesKnown(ctx, about.subject) : undefined;
      const known = names.filter((name) => isNameOf(name, people ?? []));
      const left = error.cautions.flatMap((caution) => {
        const words = caution.words.filter((word) => caution.kind !== 'name' || !known.includes(word));
        return words.length > 0 ? [{ ...caution, words }] : [];
      });
      const open = left.filter(({ kind }) => !about.considered.includes(kind));
      if (open.length > 0) throw new Cautioned(open);
      const kinds = left.map(({ kind }) => kind);
      // Each turn leaves less to weigh, as it adds a kind or a name.
      weighed = {
        confirmed: [...new Set([...weighed.confirmed, ...kinds])].toSorted(),
        known: [...weighed.known, ...known],
      };
    }
  }
};
