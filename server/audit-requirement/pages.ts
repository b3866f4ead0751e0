/** Requirements of Internal Audit: the list, recording one, one, confirming and ending it. */
import { z } from 'zod';
import {
  confirmRequirement as confirm,
  endRequirement as end,
  recordRequirement as command,
} from '../../policies/audit-requirement/commands.js';
import { authoriseAny, authoriseTo, givesAny, verdict } from '../../policies/permission/permit.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { barOf } from '../web/pages/bar.js';
import { asFormErrors, validate } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { dateOf } from '../web/pages/typed/day.js';
import { paths } from '../web/paths.js';
import { requirementParams } from './bodies.js';
import { confirmRequirementHere, endRequirementHere, recordRequirementHere } from './commands.js';
import { confirmRequirement } from './confirm-requirement.js';
import { endRequirement } from './end-requirement.js';
import { listRequirements } from './list-requirements.js';
import { presentRequirement } from './present.js';
import { readRequirement } from './read-requirement.js';
import { recordRequirement } from './record-requirement.js';

const perPage = 25;
const done = { recorded: 'recorded', confirmed: 'confirmed', ended: 'ended' } as const;
const afterwards = (what: keyof typeof done): string => `${paths.auditRequirements}?done=${what}`;

const listPage = page({
  path: paths.auditRequirements,
  params: z.strictObject({}),
  view: 'audit-requirement/views/list',
  async load(ctx, { query }) {
    const { cursor } = query;
    const before = seqIn(cursor);
    const { items, last } = await listRequirements(ctx, { limit: perPage, before });
    return {
      requirements: items.map((requirement) => presentRequirement(ctx, requirement)),
      mayRecord: givesAny(command, ctx),
      next: last && `${paths.auditRequirements}?cursor=${encodeCursor([last.seq])}`,
      first: cursor === undefined ? null : paths.auditRequirements,
      done: Object.hasOwn(done, query['done'] ?? '') ? query['done'] : null,
    };
  },
});

/** The references as people write them: one a line, or with commas or spaces between. */
const referencesIn = (typed: string | undefined): string[] | undefined =>
  typed
    ?.toUpperCase()
    .split(/[\s,;]+/)
    .filter((each) => each !== '');

const newPage = page({
  ...recordRequirementHere.page,
  view: 'audit-requirement/views/new',
  load: (ctx) => {
    authoriseAny(command, ctx);
    return Promise.resolve({});
  },
  form: {
    body: recordRequirementHere.body,
    anchor: (field) => (field === 'from' || field === 'until' ? `${field}-day` : field),
    read: (form) =>
      validate(
        recordRequirementHere.body,
        given({
          auditor: entered(form, 'auditor')?.trim(),
          references: referencesIn(entered(form, 'references')),
          from: dateOf(form, 'from'),
          until: dateOf(form, 'until'),
          reasons: entered(form, 'reasons'),
        }),
        { named: (field) => (field.startsWith('references') ? 'references' : field) },
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => recordRequirement(ctx, body));
      return afterwards('recorded');
    },
  },
});

const showPage = page({
  path: paths.auditRequirement(':id') as `/${string}`,
  params: requirementParams,
  view: 'audit-requirement/views/show',
  load: async (ctx, { params }) => ({
    requirement: presentRequirement(ctx, await readRequirement(ctx, params.id)),
  }),
});

const confirmPage = page({
  ...confirmRequirementHere.page,
  view: 'audit-requirement/views/confirm',
  async load(ctx, { params }) {
    const requirement = await readRequirement(ctx, params.id);
    authoriseTo(confirm, ctx, requirement);
    return {
      requirement: presentRequirement(ctx, requirement),
      bar: barOf(verdict(confirm, ctx, requirement, {})),
    };
  },
  form: {
    body: z.strictObject({}),
    read: () => ({}),
    async act(ctx, { params }) {
      await asFormErrors(() => confirmRequirement(ctx, params.id.toLowerCase()));
      return afterwards('confirmed');
    },
  },
});

const endPage = page({
  ...endRequirementHere.page,
  view: 'audit-requirement/views/end',
  async load(ctx, { params }) {
    const requirement = await readRequirement(ctx, params.id);
    authoriseTo(end, ctx, requirement);
    return {
      requirement: presentRequirement(ctx, requirement),
      bar: barOf(verdict(end, ctx, requirement, {})),
    };
  },
  form: {
    body: endRequirementHere.body,
    read: (form) => validate(endRequirementHere.body, given({ reasons: entered(form, 'reasons') })),
    async act(ctx, { params, body }) {
      await asFormErrors(() => endRequirement(ctx, params.id.toLowerCase(), body.reasons));
      return afterwards('ended');
    },
  },
});

export const requirementPages = [listPage, newPage, showPage, confirmPage, endPage];
