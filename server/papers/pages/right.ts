/** Legal records whether there is a statutory right, with reasons, the document and what the right hangs on. */
import { citedKinds, statutoryRights } from '../../../policies/request/statutory-right.js';
import { asFormErrors, validate } from '../../web/pages/faults.js';
import { barHere } from '../../web/pages/bar.js';
import { entered, given, number, type Form } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { dateOf } from '../../web/pages/typed/day.js';
import { paths } from '../../web/paths.js';
import { readRequest } from '../../request/read-request.js';
import { rightHere } from '../commands.js';
import { recordRight } from '../record-right.js';
import { headed } from './headed.js';

/** What is cited; undefined where nothing of it was entered, as where there is no right. */
const citesIn = (form: Form): object | undefined => {
  const cites = given({
    kind: entered(form, 'cites.kind'),
    body: entered(form, 'cites.body'),
    date: dateOf(form, 'cites.date'),
    private: entered(form, 'cites.private') === 'true' ? true : undefined,
    scrutiny: entered(form, 'cites.scrutiny'),
  });
  return Object.keys(cites).length > 0 ? cites : undefined;
};

const onPage = { named: (field: string) => (field === 'cites' ? 'cites.kind' : field) };

export const rightPage = page({
  ...rightHere.page,
  view: 'papers/views/right',
  async load(ctx, { params }) {
    const file = await readRequest(ctx, params.reference);
    return {
      request: headed(file),
      rights: statutoryRights,
      citedKinds,
      bar: barHere(ctx, rightHere, file, { by: ctx.actor.id }),
    };
  },
  form: {
    body: rightHere.body,
    anchor: (field) => (field === 'due' || field === 'cites.date' ? `${field}-day` : field),
    read: (form) =>
      validate(
        rightHere.body,
        given({
          version: number(form, 'version'),
          right: entered(form, 'right'),
          reasons: entered(form, 'reasons'),
          document: entered(form, 'document'),
          cites: citesIn(form),
          due: dateOf(form, 'due'),
        }),
        onPage,
      ),
    async act(ctx, { params: { reference }, body }) {
      await asFormErrors(() => recordRight(ctx, reference, body), onPage);
      return paths.request(reference);
    },
  },
});
