/** Conflicts of interest: the list, one, and what is done about it. */
import { z } from 'zod';
import {
  contestConflict as contest,
  endConflict as end,
  recordConflict as command,
  settleConflict as settle,
} from '../../policies/conflict/commands.js';
import {
  conflictOutcomes,
  conflictToRecord,
  isForChiefExecutive,
  isOwn,
} from '../../policies/conflict/conflict.js';
import { conflictKinds } from '../../policies/core/conflict.js';
import { authoriseTo, refusalToOneself, verdict } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { listCouncillors } from '../register/list-councillors.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { barOf } from '../web/pages/bar.js';
import { asFormErrors, validate, type FieldNames } from '../web/pages/faults.js';
import { entered, given, type Form } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { paths } from '../web/paths.js';
import { conflictParams } from './bodies.js';
import { contestConflictHere, endConflictHere, recordConflictHere, settleConflictHere } from './commands.js';
import { contestConflict } from './contest-conflict.js';
import { endConflict } from './end-conflict.js';
import { givenFor } from './given-for.js';
import { listConflicts } from './list-conflicts.js';
import { presentConflict } from './present.js';
import { readConflict } from './read-conflict.js';
import { recordConflict } from './record-conflict.js';
import { settleConflict } from './settle-conflict.js';

const perPage = 25;
/** The most that a list of choices can hold; for other people use a request's reference. */
const mostCouncillors = 200;

/** Democratic Services keep the list for everybody; others record only their own. */
const keepsForAll = (ctx: Ctx): boolean =>
  ctx.ability.can('record', conflictToRecord({ personId: '', recordedBy: ctx.actor.id }));

const says = { recorded: 'recorded', contested: 'contested', settled: 'settled', ended: 'ended' } as const;
const doneIn = (query: Readonly<Record<string, string | undefined>>) =>
  Object.values(says).find((each) => each === query['done']) ?? null;
const afterwards = (done: keyof typeof says): string => `${paths.conflicts}?done=${says[done]}`;

const listPage = page({
  path: paths.conflicts,
  params: z.strictObject({}),
  view: 'conflict/views/conflicts',
  async load(ctx, { query }) {
    const { cursor } = query;
    const before = seqIn(cursor);
    const { items, last } = await listConflicts(ctx, { limit: perPage, before });
    return {
      conflicts: items.map((conflict) => presentConflict(ctx, conflict)),
      forAll: keepsForAll(ctx),
      next: last ? `${paths.conflicts}?cursor=${encodeCursor([last.seq])}` : null,
      first: cursor === undefined ? null : paths.conflicts,
      done: doneIn(query),
    };
  },
});

const showPage = page({
  path: '/conflicts/:id',
  params: conflictParams,
  view: 'conflict/views/show',
  load: async (ctx, { params }) => ({ conflict: presentConflict(ctx, await readConflict(ctx, params.id)) }),
});

const fieldNames = (forAll: boolean): FieldNames => ({
  // Without the list of councillors the form has one field for the person or the request.
  named: (field) => (field === 'councillor' && !forAll ? 'reference' : field),
});

/** The texts of a form that has reasons, and a field for the authority. */
const saidIn = (form: Form) => ({ reasons: entered(form, 'reasons'), authority: entered(form, 'authority') });

const newPage = page({
  ...recordConflictHere.page,
  view: 'conflict/views/new',
  async load(ctx) {
    const own = conflictToRecord({ personId: ctx.actor.id, recordedBy: ctx.actor.id });
    authoriseTo(command, ctx, own);
    const forAll = keepsForAll(ctx);
    const councillors = forAll ? (await listCouncillors(ctx, { limit: mostCouncillors })).items : [];
    return {
      forAll,
      kinds: conflictKinds,
      councillors: councillors.map(({ id, name }) => ({ id, name })),
      own: { name: ctx.actor.name, email: ctx.actor.email },
    };
  },
  form: {
    body: recordConflictHere.body,
    read: (form) =>
      validate(
        recordConflictHere.body,
        given({
          person: entered(form, 'person')?.trim(),
          kind: entered(form, 'kind'),
          councillor: entered(form, 'councillor'),
          reference: entered(form, 'reference')?.trim().toUpperCase(),
          ...saidIn(form),
        }),
        fieldNames(entered(form, 'listed') !== undefined),
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => recordConflict(ctx, body));
      return afterwards('recorded');
    },
  },
});

const contestPage = page({
  ...contestConflictHere.page,
  view: 'conflict/views/contest',
  async load(ctx, { params }) {
    const conflict = await readConflict(ctx, params.id);
    authoriseTo(contest, ctx, conflict);
    return {
      conflict: presentConflict(ctx, conflict),
      bar: refusalToOneself(contest, conflict, { by: ctx.actor.id }),
    };
  },
  form: {
    body: contestConflictHere.body,
    read: (form) => validate(contestConflictHere.body, given({ reasons: entered(form, 'reasons') })),
    async act(ctx, { params, body }) {
      await asFormErrors(() => contestConflict(ctx, params.id.toLowerCase(), body.reasons));
      return afterwards('contested');
    },
  },
});

const settlePage = page({
  ...settleConflictHere.page,
  view: 'conflict/views/settle',
  async load(ctx, { params }) {
    const conflict = await readConflict(ctx, params.id);
    return {
      conflict: presentConflict(ctx, conflict),
      outcomes: conflictOutcomes,
      forChiefExecutive: isForChiefExecutive(conflict),
      bar: barOf(verdict(settle, ctx, conflict, givenFor(ctx, settle, conflict))),
    };
  },
  form: {
    body: settleConflictHere.body,
    read: (form) =>
      validate(settleConflictHere.body, given({ outcome: entered(form, 'outcome'), ...saidIn(form) })),
    async act(ctx, { params, body }) {
      await asFormErrors(() => settleConflict(ctx, params.id.toLowerCase(), body));
      return afterwards('settled');
    },
  },
});

const endPage = page({
  ...endConflictHere.page,
  view: 'conflict/views/end',
  async load(ctx, { params }) {
    const conflict = await readConflict(ctx, params.id);
    authoriseTo(end, ctx, conflict);
    const oneself = isOwn(conflict) && conflict.personId === ctx.actor.id;
    return {
      conflict: presentConflict(ctx, conflict),
      forChiefExecutive: !oneself && isForChiefExecutive(conflict),
      bar: oneself
        ? refusalToOneself(end, conflict, { by: ctx.actor.id })
        : barOf(verdict(end, ctx, conflict, givenFor(ctx, end, conflict))),
    };
  },
  form: {
    body: endConflictHere.body,
    read: (form) => validate(endConflictHere.body, given(saidIn(form))),
    async act(ctx, { params, body }) {
      await asFormErrors(() => endConflict(ctx, params.id.toLowerCase(), body));
      return afterwards('ended');
    },
  },
});

export const conflictPages = [listPage, newPage, showPage, contestPage, settlePage, endPage];
