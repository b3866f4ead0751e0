/** What is kept how long: what is due, what a hold keeps, and the first step of its disposal. */
import { authorise } from '../../policies/permission/ability.js';
import { proposedIn, retentionShown } from './api.js';
import { paths } from '../web/paths.js';
import { proposeDisposal } from './propose-disposal.js';
import { validate, asFormErrors } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { disposalPages } from './pages/disposals.js';
import { retentionPlaces } from '../web/pages/retention-places.js';
import { proposeHere } from './commands.js';

const perPage = 25;

/** Requests by what becomes of them, counted, with the first day on which one of them may be due. */
const byState = (matters: Awaited<ReturnType<typeof retentionShown>>['items'][number]['matters']) =>
  (['due', 'held', 'open', 'kept'] as const).flatMap((state) => {
    const those = matters.filter((matter) => matter.state === state);
    const requests = those.reduce((sum, matter) => sum + matter.requests, 0);
    const [until = null] = those.flatMap((matter) => matter.until ?? []).toSorted();
    return requests > 0 ? [{ state, requests, until }] : [];
  });

const duePage = page({
  ...proposeHere.page,
  view: 'retention/views/due',
  async load(ctx, { query: { cursor } }) {
    authorise(ctx.ability, 'read', { kind: 'Retention' });
    const { next, ...shown } = await retentionShown(ctx, { limit: perPage, cursor });
    return {
      ...shown,
      items: shown.items.map((kept) => ({ ...kept, states: byState(kept.matters) })),
      places: retentionPlaces(ctx.ability),
      next: next && `${paths.retention}?cursor=${next}`,
      first: cursor === undefined ? null : paths.retention,
    };
  },
  form: {
    body: proposeHere.body,
    read: (form) =>
      validate(
        proposeHere.body,
        given({ target: entered(form, 'target'), councillor: entered(form, 'councillor') }),
        // The form has no fields to type in: it sends what its button stands for.
        { named: () => '' },
      ),
    act: async (ctx, { body }) =>
      paths.disposal(await asFormErrors(() => proposeDisposal(ctx, proposedIn(body)))),
  },
});

export const retentionPages = [duePage, ...disposalPages];
