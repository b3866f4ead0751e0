/** What is done with a grant beside its visits: ending it, releasing it, and seeing to its conditions. */
import { z } from 'zod';
import { verdict } from '../../policies/permission/permit.js';
import { markCondition as markConditionCommand, release, revoke } from '../../policies/grant/commands.js';
import { NotFound } from '../../policies/core/refusals.js';
import { conditionStates } from '../../policies/grant/condition.js';
import type { Grant } from '../../policies/grant/grant.js';
import { conditionBody, grantParams, reasonsBody } from './bodies.js';
import { uuid } from '../web/schema/schemas.js';
import type { Ctx } from '../case/ctx.js';
import { paths } from '../web/paths.js';
import { presentGrantBriefly } from './present/grant-actions.js';
import { markCondition } from './mark-condition.js';
import { readGrant } from './read-grant.js';
import { releaseGrant } from './release-grant.js';
import { revokeGrant } from './revoke-grant.js';
import { barOf } from '../web/pages/bar.js';
import { checked, told } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';

/** The grant, and what keeps this person from the act now. @throws Forbidden where it is not for them at all */
const grantFor = async (ctx: Ctx, id: string, command: typeof revoke | typeof release) => {
  const grant = await readGrant(ctx, id);
  return {
    grant: presentGrantBriefly(ctx.settings, grant, ctx.now()),
    bar: barOf(verdict(command, ctx, grant, { now: ctx.now() })),
  };
};

const reasonsPage = (
  command: typeof revoke | typeof release,
  act: (ctx: Ctx, id: string, reasons: string) => Promise<string>,
) =>
  page({
    path: paths[command.name](':id') as `/${string}`,
    params: grantParams,
    view: `grant/views/${command.name}`,
    load: (ctx, { params }) => grantFor(ctx, params.id, command),
    form: {
      body: reasonsBody,
      read: (form) => checked(reasonsBody, given({ reasons: entered(form, 'reasons') })),
      async act(ctx, { params, body }) {
        return paths.grant(await told(() => act(ctx, params.id, body.reasons)));
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
  path: paths.condition(':id', ':condition') as `/${string}`,
  params: z.strictObject({ ...grantParams.shape, condition: uuid }),
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
      bar: barOf(verdict(markConditionCommand, ctx, grant, { now: ctx.now(), condition })),
    };
  },
  form: {
    body: conditionBody,
    read: (form) => checked(conditionBody, given({ state: entered(form, 'state') })),
    async act(ctx, { params, body }) {
      return paths.grant(await told(() => markCondition(ctx, params.id, params.condition, body.state)));
    },
  },
});

export const grantActPages = [
  reasonsPage(revoke, revokeGrant),
  reasonsPage(release, releaseGrant),
  conditionPage,
];
