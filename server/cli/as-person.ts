import path from 'node:path';
import type { Knex } from 'knex';
import { pino } from 'pino';
import { createDb, translateViolation } from '../../db/core/connection.js';
import { keptSecret, randomPassword } from '../../db/embedded/secrets.js';
import { violations } from '../../db/core/violations.js';
import { abilityFor } from '../../policies/permission/ability.js';
import { assertCodesSetUp } from '../../policies/permission/permit.js';
import { needsCodes } from '../../policies/proof/needed.js';
import { Refusal } from '../../policies/core/refusals.js';
import { clockOf, loadConfig } from '../config.js';
import { settingsInForce } from '../../db/settings/settings.js';
import type { Ctx } from '../case/ctx.js';
import { linksOf } from '../case/links.js';
import type { CouncilSignIn } from '../case/proving/proving.js';
import { keysOfCodes, sealOf } from '../case/proving/seal.js';
import { roleOf } from '../database.js';
import { attempts } from '../people/attempts.js';
import { recordRefusal } from '../web/middleware/refusals.js';
import { openState } from '../signing/state.js';
import { signIn } from '../people/sign-in.js';
import type { Given, Surroundings, Terminal } from './command.js';

/** The e-mail address, the password or the code is not right. */
export class NotSignedIn extends Error {
  constructor(withCode: boolean, provider: CouncilSignIn | undefined) {
    super(
      (withCode
        ? 'The e-mail address, the password or the code is not right.'
        : 'The e-mail address or the password is not right.') +
        (provider && !provider.besidePasswords
          ? ' With the council’s own sign-in only the account for emergencies has a password: use the pages.'
          : ''),
    );
  }
}

/** The address recorded for a person who signs in at the machine itself. */
const atTheMachine = '127.0.0.1';

const contextOf = async (
  db: Knex,
  given: Given,
  { secret }: Terminal,
  { env, place }: Surroundings,
): Promise<Ctx> => {
  const email = given.needed('as');
  const config = loadConfig(env(), 'command');
  const { dataDir } = await place();
  const now = clockOf(config);
  const sessionSecret = config.sessionSecret ?? keptSecret(dataDir, 'session-secret', randomPassword);
  const proving = {
    attempts: attempts({ db, now, sessionSecret }),
    keys: sealOf(sessionSecret, keysOfCodes),
    // There is no browser at the machine.
    relyingParty: null,
    councilName: config.councilName,
    provider: config.oidc && {
      name: config.oidc.name,
      issuer: config.oidc.issuer,
      besidePasswords: config.demo,
    },
  };
  const who = {
    email,
    password: await secret(`Password of ${email}: `),
    ip: atTheMachine,
    browser: null,
  };
  const first = await signIn({ db, now, proving }, who);
  const entered =
    first && 'note' in first
      ? await signIn({ db, now, proving }, { ...who, code: await secret(`Code of ${email}: `) })
      : first;
  if (!entered || 'note' in entered) throw new NotSignedIn(first !== null, proving.provider);
  const { actor, by, since } = entered;
  const log = pino({ level: 'error' });
  const signer = openState(path.join(dataDir, 'audit'), config.auditOrigin);
  const { settings } = await settingsInForce(db);
  return {
    db,
    actor,
    ability: abilityFor(actor),
    now,
    log,
    signer,
    links: linksOf(sessionSecret),
    proving,
    proof: { by, at: since },
    codesFirst: !config.demo && by === 'passphrase' && needsCodes(actor.holdings),
    settings,
  };
};

/**
 * Runs a use case as the person of `--as`, who gives their password, by the same rules as on the pages. It records a
 * refusal as the pages do.
 * @param route the route on the trail; `subject` what it is about
 * @throws Usage, NotSignedIn, Refusal
 */
export const asPerson = async <T>(
  given: Given,
  terminal: Terminal,
  around: Surroundings,
  { route, subject }: { readonly route: string; readonly subject: string },
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> => {
  const place = await around.place();
  const db = createDb(place.serviceUrl, { max: 2, ...roleOf(place) });
  try {
    const ctx = await contextOf(db, given, terminal, around);
    try {
      assertCodesSetUp(ctx);
      return await work(ctx);
    } catch (error) {
      const refusal = translateViolation(error, violations);
      if (refusal instanceof Refusal && (refusal.status === 403 || refusal.status === 404)) {
        await recordRefusal(ctx, { refusal, method: 'CLI', route, subject });
      }
      throw refusal;
    }
  } finally {
    await db.destroy();
  }
};
