/** Somebody with a phone: it makes codes from a key, by RFC 6238 and without any code of ours. */
import { createHmac } from 'node:crypto';
import request from 'supertest';
import { demoPassword } from '../../db/demo/accounts.js';
import { sockets, type Account, type Council } from './council.js';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const bytesOf = (base32: string): Buffer => {
  const bits = Array.from(base32, (letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
};

/** The code of six digits that a phone shows at that time. */
export const codeAt = (key: string, at: Date): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)));
  const mac = createHmac('sha1', bytesOf(key.replaceAll(' ', '')))
    .update(counter)
    .digest();
  const from = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, '0');
};

/** The period of a code, in milliseconds. */
export const period = 30_000;

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
