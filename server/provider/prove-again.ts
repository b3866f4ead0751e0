import { inTransaction } from '../../db/core/connection.js';
import { proveSession } from '../../db/people/sessions.js';
import { boundTo } from '../../db/provider/bindings.js';
import { isFreshProof, sinceProof } from '../../policies/provider/word.js';
import type { Ctx } from '../case/ctx.js';
import { record } from '../case/record.js';
import { notSignedIn } from '../web/api/problem.js';
import { NotLetIn, type Said } from './enter.js';

/**
 * Who is signed in has proved to the provider once more that it is they: the same person there, and lately. It counts in
 * this session for a while, from the moment at which they did so.
 * @throws NotLetIn by the rule `proof`
 */
export const proveByProvider = async (ctx: Ctx, { issuer, word }: Said): Promise<void> => {
  const { db, actor, session, now } = ctx;
  if (!session) throw notSignedIn();
  const age = sinceProof(word, new Date());
  const isProved = await inTransaction(db, async (trx): Promise<boolean> => {
    const isOwner = (await boundTo(trx, { issuer, subject: word.subject })) === actor.id;
    if (isOwner && isFreshProof(age)) {
      const proof = { by: 'provider', at: new Date(now().getTime() - age) } as const;
      if (await proveSession(trx, { session: session.id, person: actor.id }, proof)) {
        record(trx, ctx, null, { type: 'proof.given', subject: actor.id, decision: { proof: proof.by } });
        return true;
      }
    }
    record(trx, ctx, null, { type: 'proof.failed', subject: actor.id });
    return false;
  });
  if (!isProved) throw new NotLetIn('proof');
};
