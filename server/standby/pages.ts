/** Absences and deputies: who is away, and who stands in. */
import { z } from 'zod';
import { authoriseTo } from '../../policies/permission/permit.js';
import { recordDelegation, recordDeputy } from '../../policies/standby/commands.js';
import { decidingOffices, type Office } from '../../policies/core/office.js';
import type { Ctx } from '../case/ctx.js';
import { paths } from '../web/paths.js';
import { delegateStrategy } from './delegate-strategy.js';
import { readStandby } from './read-standby.js';
import { recordAbsence } from './record-absence.js';
import { registerDeputy } from './register-deputy.js';
import { validate, asFormErrors } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { dateOf } from '../web/pages/typed/day.js';
import { page } from '../web/pages/page.js';
import { recordAbsenceHere, recordDelegationHere, recordDeputyHere } from './commands.js';

const params = z.strictObject({});

/** Democratic Services keep the list for everybody; others enter only their own. */
const keepsForAll = (ctx: Ctx): boolean => ctx.ability.can('record', { kind: 'Deputy', personId: '' });

const done = { absence: 'absence', deputy: 'deputy', delegation: 'delegation' } as const;
type Done = keyof typeof done;
const recorded = (what: Done): string => `${paths.standby}?done=${what}`;

const toFirstField = (field: string): string => (field === 'from' || field === 'to' ? `${field}-day` : field);

const standbyPage = page({
  path: '/standby',
  params,
  view: 'standby/views/index',
  load: async (ctx, { query }) => ({
    forAll: keepsForAll(ctx),
    seesLeavers: ctx.ability.can('read', { kind: 'Leavers' }),
    ...(await readStandby(ctx)),
    done: Object.hasOwn(done, query['done'] ?? '') ? query['done'] : null,
  }),
});

const absencePage = page({
  ...recordAbsenceHere.page,
  view: 'standby/views/absence',
  async load(ctx) {
    const forAll = keepsForAll(ctx);
    const heads = (office: Office) =>
      ctx.actor.holdings.some((held) => held.office === office && held.capacity === 'principal');
    return {
      forAll,
      // Only these offices have deputies, so that only their principals are waited for.
      offices: forAll ? decidingOffices : decidingOffices.filter(heads),
      own: { name: ctx.actor.name, email: ctx.actor.email },
    };
  },
  form: {
    body: recordAbsenceHere.body,
    anchor: toFirstField,
    read: (form) =>
      validate(
        recordAbsenceHere.body,
        given({
          office: entered(form, 'office'),
          principal: entered(form, 'principal')?.trim(),
          from: dateOf(form, 'from'),
          to: dateOf(form, 'to'),
        }),
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => recordAbsence(ctx, body));
      return recorded('absence');
    },
  },
});

const deputyPage = page({
  ...recordDeputyHere.page,
  view: 'standby/views/deputy',
  async load(ctx) {
    authoriseTo(recordDeputy, ctx, { kind: 'Deputy', personId: '' });
    return { offices: decidingOffices };
  },
  form: {
    body: recordDeputyHere.body,
    anchor: toFirstField,
    read: (form) =>
      validate(
        recordDeputyHere.body,
        given({
          office: entered(form, 'office'),
          deputy: entered(form, 'deputy')?.trim(),
          from: dateOf(form, 'from'),
          to: dateOf(form, 'to'),
          authority: entered(form, 'authority'),
        }),
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => registerDeputy(ctx, body));
      return recorded('deputy');
    },
  },
});

const delegationPage = page({
  ...recordDelegationHere.page,
  view: 'standby/views/delegation',
  async load(ctx) {
    authoriseTo(recordDelegation, ctx, { kind: 'Delegation', personId: '' });
    return {};
  },
  form: {
    body: recordDelegationHere.body,
    anchor: toFirstField,
    read: (form) =>
      validate(
        recordDelegationHere.body,
        given({
          delegate: entered(form, 'delegate')?.trim(),
          from: dateOf(form, 'from'),
          to: dateOf(form, 'to'),
          authority: entered(form, 'authority'),
        }),
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => delegateStrategy(ctx, body));
      return recorded('delegation');
    },
  },
});

export const standbyPages = [standbyPage, absencePage, deputyPage, delegationPage];
