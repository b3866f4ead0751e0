/** What is done with a grant beside its visits: ending it, releasing it, and seeing to its conditions. */
import { conditionsHere, confirmFreezeHere, releaseHere, revokeHere } from './commands.js';
import { NotFound } from '../../policies/core/refusals.js';
import { conditionStates } from '../../policies/grant/condition.js';
import { unheard } from '../../policies/grant/commands.js';
import { endCauseSays, givenCauses } from '../../policies/grant/end-causes.js';
import type { Grant } from '../../policies/grant/grant.js';
import type { Ctx } from '../case/ctx.js';
import { paths } from '../web/paths.js';
import { presentGrantBriefly } from './present/grant-actions.js';
import { revokeForm } from './bodies.js';
import { markCondition } from './mark-condition.js';
import { readGrant } from './read-grant.js';
import { confirmFreeze } from './confirm-freeze.js';
import { releaseGrant } from './release-grant.js';
import { revokeGrant } from './revoke-grant.js';
import { barHere } from '../web/pages/bar.js';
import { validate, asFormErrors } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';

/** The grant, and what keeps this person from the act now. @throws Forbidden where it is not for them at all */
const grantFor = (ctx: Ctx, grant: Grant, offer: typeof revokeHere | typeof releaseHere) => ({
  grant: presentGrantBriefly(ctx.settings, grant, ctx.now()),
  bar: barHere(ctx, offer, grant, { now: ctx.now(), cause: 'to_protect_others', otherFacts: true }),
});

const reasonsPage = (
  offer: typeof releaseHere,
  view: string,
  act: (ctx: Ctx, id: string, reasons: string) => Promise<string>,
) =>
  page({
    ...offer.page,
    view,
    load: async (ctx, { params }) => grantFor(ctx, await readGrant(ctx, params.id), offer),
    form: {
      body: offer.body,
      read: (form) => validate(offer.body, given({ reasons: entered(form, 'reasons') })),
      async act(ctx, { params, body }) {
        return paths.grant(await asFormErrors(() => act(ctx, params.id, body.reasons)));
      },
    },
  });
const releasePage = reasonsPage(releaseHere, 'grant/views/release', releaseGrant);
const confirmFreezePage = reasonsPage(confirmFreezeHere, 'grant/views/confirm-freeze', confirmFreeze);

const revokePage = page({
  ...revokeHere.page,
  view: 'grant/views/revoke',
  async load(ctx, { params }) {
    const grant = await readGrant(ctx, params.id);
    return {
      ...grantFor(ctx, grant, revokeHere),
      unheard: unheard(grant, ctx.now()),
      cleared: unheard(grant, ctx.now()) !== false && unheard(grant, ctx.now(), true) === false,
      causes: givenCauses,
      says: endCauseSays,
    };
  },
  form: {
    body: revokeHere.body,
    read: (form) =>
      validate(
        revokeForm,
        given({
          reasons: entered(form, 'reasons'),
          cause: entered(form, 'cause'),
          told: entered(form, 'told'),
          otherFacts: entered(form, 'otherFacts') === 'true' ? true : undefined,
        }),
      ),
    async act(ctx, { params, body }) {
      return paths.grant(await asFormErrors(() => revokeGrant(ctx, params.id, body)));
    },
  },
});

const conditionOf = (grant: Grant, id: string) => {
  const index = grant.conditions.findIndex((each) => each.id === id.toLowerCase());
  const condition = grant.conditions[index];
  if (!condition) throw new NotFound();
  return { condition, number: index + 1 };
};

const conditionPage = page({
  ...conditionsHere.page,
  view: 'grant/views/condition',
  async load(ctx, { params }) {
    const grant = await readGrant(ctx, params.id);
    const { condition, number } = conditionOf(grant, params.condition);
    return {
      grant: presentGrantBriefly(ctx.settings, grant, ctx.now()),
      condition,
      number,
      states: conditionStates,
      values: { state: condition.state },
      bar: barHere(ctx, conditionsHere, grant, { now: ctx.now(), condition }),
    };
  },
  form: {
    body: conditionsHere.body,
    read: (form) => validate(conditionsHere.body, given({ state: entered(form, 'state') })),
    async act(ctx, { params, body }) {
      return paths.grant(
        await asFormErrors(() => markCondition(ctx, params.id, params.condition, body.state)),
      );
    },
  },
});

export const grantActPages = [revokePage, confirmFreezePage, releasePage, conditionPage];
