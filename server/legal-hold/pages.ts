/** Legal holds: the list, placing one, and lifting one. */
import { z } from 'zod';
import { authorise } from '../../policies/permission/ability.js';
import { authoriseAny, givesAny, verdict } from '../../policies/permission/permit.js';
import { lift, place } from '../../policies/legal-hold/commands.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { reference } from '../web/schema/schemas.js';
import { listNames } from '../register/list-names.js';
import { paths } from '../web/paths.js';
import { presentHold } from './present.js';
import { liftHold } from './lift-hold.js';
import { listHolds } from './list-holds.js';
import { placeHold } from './place-hold.js';
import { readHold } from './read-hold.js';
import { barOf } from '../web/pages/bar.js';
import { validate, asFormErrors } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { retentionPlaces } from '../web/pages/retention-places.js';
import { liftHere, placeHere } from './commands.js';

const perPage = 25;
/** The most that a list of choices can hold; for other people use a request's reference. */
const mostCouncillors = 500;

const addressOf = (all: boolean, cursor?: string): string => {
  const search = new URLSearchParams({ ...(all ? { show: 'all' } : {}), ...(cursor ? { cursor } : {}) });
  return search.size > 0 ? `${paths.holds}?${search.toString()}` : paths.holds;
};

const listPage = page({
  path: paths.holds,
  params: z.strictObject({}),
  view: 'legal-hold/views/holds',
  async load(ctx, { query }) {
    const { cursor } = query;
    const all = query['show'] === 'all';
    const before = seqIn(cursor);
    const status = all ? undefined : 'standing';
    const { items, last } = await listHolds(ctx, { limit: perPage, before, status });
    return {
      holds: items.map((hold) => presentHold(ctx, hold)),
      places: retentionPlaces(ctx.ability),
      all,
      other: addressOf(!all),
      mayPlace: givesAny(place, ctx),
      next: last ? addressOf(all, encodeCursor([last.seq])) : null,
      first: cursor === undefined ? null : addressOf(all),
      done: { placed: 'placed', lifted: 'lifted' }[query['done'] ?? ''] ?? null,
    };
  },
});

const newPage = page({
  ...placeHere.page,
  view: 'legal-hold/views/new-hold',
  async load(ctx, { query }) {
    authorise(ctx.ability, 'read', { kind: 'Hold', councillorId: '' });
    authoriseAny(place, ctx);
    const about = reference.safeParse(query['reference']);
    return {
      councillors: await listNames(ctx, mostCouncillors),
      values: { reference: about.data ?? '' },
    };
  },
  form: {
    body: placeHere.body,
    read: (form) =>
      validate(
        placeHere.body,
        given({
          reference: entered(form, 'reference')?.trim().toUpperCase(),
          councillor: entered(form, 'councillor'),
          because: entered(form, 'because'),
          reasons: entered(form, 'reasons'),
        }),
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => placeHold(ctx, body));
      return `${paths.holds}?done=placed`;
    },
  },
});

const liftPage = page({
  ...liftHere.page,
  view: 'legal-hold/views/lift',
  async load(ctx, { params }) {
    const hold = await readHold(ctx, params.id);
    return { hold: presentHold(ctx, hold), bar: barOf(verdict(lift, ctx, hold, {})) };
  },
  form: {
    body: liftHere.body,
    read: (form) => validate(liftHere.body, given({ reasons: entered(form, 'reasons') })),
    async act(ctx, { params, body }) {
      await asFormErrors(() => liftHold(ctx, params.id, body.reasons));
      return `${paths.holds}?done=lifted`;
    },
  },
});

export const holdPages = [listPage, newPage, liftPage];
