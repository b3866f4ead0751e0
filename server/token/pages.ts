/** The tokens of programs: the list, making one, which shows its secret once, and revoking one. */
import { z } from 'zod';
import { londonDate } from '../../policies/core/time/london.js';
import { authoriseAny, givesAny, refusalOf, verdict } from '../../policies/permission/permit.js';
import { makeToken as makeCommand, revokeToken as revokeCommand } from '../../policies/token/commands.js';
import { lastDayOfToken, tokenScopes } from '../../policies/token/token.js';
import type { Ctx } from '../case/ctx.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { barOf } from '../web/pages/bar.js';
import { asFormErrors, validate } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { dateOf } from '../web/pages/typed/day.js';
import { paths } from '../web/paths.js';
import { makeTokenHere, revokeTokenHere } from './commands.js';
import { listTokens } from './list-tokens.js';
import { makeToken } from './make-token.js';
import { presentToken } from './present.js';
import { readToken } from './read-token.js';
import { revokeToken } from './revoke-token.js';

const perPage = 25;

const listPage = page({
  path: paths.tokens,
  params: z.strictObject({}),
  view: 'token/views/tokens',
  async load(ctx, { query }) {
    const { cursor } = query;
    const before = seqIn(cursor);
    const { items, last } = await listTokens(ctx, { limit: perPage, before });
    return {
      tokens: items.map((token) => presentToken(ctx, token)),
      mayMake: givesAny(makeCommand, ctx),
      next: last ? `${paths.tokens}?cursor=${encodeCursor([last.seq])}` : null,
      first: cursor === undefined ? null : paths.tokens,
      done: query['done'] === 'revoked',
    };
  },
});

/** The scopes of which this person may make a token. */
const scopesFor = (ctx: Ctx) =>
  tokenScopes.filter((scope) => {
    const token = { kind: 'Token', personId: ctx.actor.id, scope, ended: false } as const;
    return refusalOf(verdict(makeCommand, ctx, token, { scope })) === null;
  });

const newPage = page({
  ...makeTokenHere.page,
  view: 'token/views/new',
  async load(ctx) {
    authoriseAny(makeCommand, ctx);
    const scopes = scopesFor(ctx);
    return {
      scopes,
      latest: lastDayOfToken(londonDate(ctx.now())),
      values: scopes.length === 1 ? { scope: scopes[0] } : {},
    };
  },
  form: {
    body: makeTokenHere.body,
    read: (form) =>
      validate(
        makeTokenHere.body,
        given({
          name: entered(form, 'name')?.trim(),
          scope: entered(form, 'scope'),
          expires: dateOf(form, 'expires'),
        }),
      ),
    anchor: (field) => (field === 'expires' ? 'expires-day' : field),
    answer: async (ctx, { body }) => ({
      made: { name: body.name, ...(await asFormErrors(() => makeToken(ctx, body))) },
    }),
  },
});

const revokePage = page({
  ...revokeTokenHere.page,
  view: 'token/views/revoke',
  async load(ctx, { params }) {
    const token = await readToken(ctx, params.id);
    const isOwn = token.personId === ctx.actor.id;
    return {
      token: presentToken(ctx, token),
      bar: isOwn && !token.ended ? null : barOf(verdict(revokeCommand, ctx, token, {})),
    };
  },
  form: {
    body: z.strictObject({}),
    read: () => ({}),
    async act(ctx, { params }) {
      await asFormErrors(() => revokeToken(ctx, params.id));
      return `${paths.tokens}?done=revoked`;
    },
  },
});

export const tokenPages = [listPage, newPage, revokePage];
