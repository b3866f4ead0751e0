/** Programs that call with a token. */
import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import { officeOfScope, type TokenScope } from '../../policies/token/token.js';
import { sockets, type Account, type Council } from './council.js';
import { expectOk } from './line.js';

const keepers: Readonly<Record<string, Account>> = {
  democratic_services: 'democratic.services',
  auditor: 'auditor',
};

/** The account of the demonstration that makes tokens of that scope. */
export const keeperOf = (scope: TokenScope): Account => keepers[officeOfScope[scope]] ?? '';

/** A body that makes a token: each of another name, as one person's tokens are. */
export const tokenBody = ({ clock }: Council, scope: TokenScope, days = 30) => ({
  name: `A program of the test, ${randomUUID()}`,
  scope,
  expires: addDays(londonDate(clock), days),
});

export interface Made {
  readonly id: string;
  readonly token: string;
}

/** Makes a token. */
export const madeToken = async (council: Council, scope: TokenScope, days?: number): Promise<Made> => {
  const keeper = await council.as(keeperOf(scope));
  return expectOk(await keeper.post('/api/tokens', tokenBody(council, scope, days))).body;
};

type Sent = Readonly<Record<string, string>>;

/** Calls as a program does: with a token, and without a session. */
export const callWith = (
  { server }: Pick<Council, 'server'>,
  token: string,
  path: string,
  { method = 'GET', headers = {} }: { readonly method?: string; readonly headers?: Sent } = {},
) => {
  const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
  return request(server)[verb](path).agent(sockets).set('Authorization', `Bearer ${token}`).set(headers);
};
