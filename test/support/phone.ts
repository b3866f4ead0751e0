/** Somebody with a phone, who sets an app for codes up and signs in. */
import type { Knex } from 'knex';
import request from 'supertest';
import { demoPassword } from '../../db/demo/accounts.js';
import { codeAt } from './code-at.js';
import { sockets, type Account, type Council } from './council.js';

export type Browser = ReturnType<typeof request.agent>;

const signingIn = (account: Account, more: object = {}) => ({
  email: `${account}@council.example`,
  password: demoPassword,
  ...more,
});

/** Tries to sign in, in a browser of its own. */
export const tryIn = async (council: Council, account: Account, more: object = {}) => {
  const browser = request.agent(council.server);
  const answer = await browser.post('/api/session').agent(sockets).send(signingIn(account, more));
  return { browser, answer };
};

/** Signs in, in a browser of its own. @throws where it does not work */
export const cameInAs = async (council: Council, account: Account, more: object = {}): Promise<Browser> => {
  const { browser, answer } = await tryIn(council, account, more);
  if (answer.status !== 201) throw new Error(`${account} could not sign in: ${answer.status}`);
  return browser;
};

export interface Phone {
  /** In which the app was set up. */
  readonly browser: Browser;
  readonly recoveryCodes: readonly string[];
  /** The code that it shows now. */
  readonly code: () => string;
}

/** Sets an app for codes up, as its owner does. @throws where it does not work */
export const withPhone = async (council: Council, account: Account): Promise<Phone> => {
  const browser = await cameInAs(council, account);
  const { body: made } = await browser.post('/api/me/codes').agent(sockets).send({});
  const code = (): string => codeAt(made.key as string, council.clock);
  const { body, status } = await browser.post('/api/me/codes/confirm').agent(sockets).send({ code: code() });
  if (status !== 200) throw new Error(`${account} could not set up codes: ${status}`);
  return { browser, recoveryCodes: body.recoveryCodes, code };
};

/** Gives somebody a key that is in use, and that no phone has. */
export const keyInUse = async (trx: Knex.Transaction, person: string, at: Date): Promise<void> => {
  await trx('code_keys').insert({ person_id: person, sealed: Buffer.from('sealed'), since: at });
};
