import type { Knex } from 'knex';
import { notifyLast, recordLast } from '../../db/core/closing.js';
import { inTransaction } from '../../db/core/connection.js';
import { loadActor } from '../../db/people/people.js';
import { accountToBind, bind, boundTo, type BoundBy } from '../../db/provider/bindings.js';
import { settingsRevision } from '../../db/settings/settings.js';
import type { KnownEntry } from '../../db/audit/append.js';
import { londonDate } from '../../policies/core/time/london.js';
import type { RuleKey } from '../../policies/core/rules.js';
import type { Actor } from '../../policies/people/actor.js';
import { accountBound } from '../../policies/provider/notices.js';
import { sinceProof, vouchedEmail, type ProviderWord } from '../../policies/provider/word.js';
import type { LetIn } from '../case/proving/let-in.js';
import { noticeToSend } from '../case/notify.js';
import { digestOf } from './flow.js';

/** The provider knows somebody, and they do not come in. */
export class NotLetIn extends Error {
  override readonly name = 'NotLetIn';
  constructor(readonly rule: RuleKey) {
    super('Nobody is let in.');
  }
}

export interface EnteringDeps {
  readonly db: Knex;
  readonly now: () => Date;
}

/** What the provider says, and which provider. */
export interface Said {
  readonly issuer: string;
  readonly word: ProviderWord;
}

const doneBy = async (
  trx: Knex.Transaction,
  { id, name }: { readonly id: string; readonly name: string },
  at: Date,
): Promise<Omit<KnownEntry, 'type' | 'subject'>> => ({
  at,
  settings: await settingsRevision(trx),
  actor: id,
  actorName: name,
  office: null,
  capacity: null,
});

const nobody = { id: 'system', name: 'system' };

/** Records that somebody whom the provider knows was not let in. @param account whose it is, where that is known */
export const recordFailed = async (
  trx: Knex.Transaction,
  account: string | null,
  at: Date,
): Promise<void> => {
  recordLast(trx, {
    ...(await doneBy(trx, nobody, at)),
    type: 'session.failed',
    subject: account ?? 'unknown',
  });
};

/** Records that somebody comes in by the provider's word, and how the account was bound, where it just was. */
export const recordEntered = async (
  trx: Knex.Transaction,
  { actor, bound, at }: { readonly actor: Actor; readonly bound: BoundBy | null; readonly at: Date },
): Promise<void> => {
  const entry = await doneBy(trx, actor, at);
  if (bound !== null) {
    const because = recordLast(trx, {
      ...entry,
      type: 'provider.bound',
      subject: `person:${actor.id}`,
      decision: { by: bound },
    });
    notifyLast(trx, noticeToSend(because, accountBound(actor.id), at));
  }
  recordLast(trx, {
    ...entry,
    type: 'session.signed_in',
    subject: actor.id,
    decision: { proof: 'provider' },
  });
};

/** Who comes in, with the time of their proof by our clock. */
export const letInBy = (actor: Actor, since: Date, word: ProviderWord): LetIn => {
  const age = sinceProof(word, new Date());
  return {
    actor,
    since,
    by: 'provider',
    provedAt: age === null ? null : new Date(since.getTime() - age),
    there: word.session === null ? null : digestOf('session', word.session).toString('base64url'),
  };
};

/**
 * Lets in whom the provider knows: the account that is bound to them, by issuer and subject. One that is bound to nobody is
 * bound by its address, where the provider vouches for that. Nobody is made by the provider's word.
 * @throws NotLetIn by the rule `not_bound`, the same where there is no account and where it is suspended
 */
export const enterByProvider = async ({ db, now }: EnteringDeps, { issuer, word }: Said): Promise<LetIn> => {
  // The session counts from before the account was looked up: a suspension from then on ends it.
  const since = now();
  const found = await inTransaction(db, async (trx): Promise<LetIn | null> => {
    const at = now();
    const { subject } = word;
    const email = vouchedEmail(word);
    let person = await boundTo(trx, { issuer, subject });
    let bound: BoundBy | null = null;
    if (person === null && email !== null) {
      person = await accountToBind(trx, { email, issuer });
      if (person !== null) {
        bound = 'email';
        if (!(await bind(trx, { person, issuer, subject, by: bound, at }))) person = null;
      }
    }
    const actor = person === null ? null : await loadActor(trx, person, londonDate(at));
    if (actor === null) {
      await recordFailed(trx, person, at);
      return null;
    }
    await recordEntered(trx, { actor, bound, at });
    return letInBy(actor, since, word);
  });
  if (found === null) throw new NotLetIn('not_bound');
  return found;
};
