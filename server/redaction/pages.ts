/** Reported texts: the list, the report of one, and what two people make of it. */
import { z } from 'zod';
import { confirmRedaction as confirm, putBack } from '../../policies/redaction/commands.js';
import { authoriseTo, verdict } from '../../policies/permission/permit.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { barOf } from '../web/pages/bar.js';
import { asFormErrors, validate } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { retentionPlaces } from '../web/pages/retention-places.js';
import { asked } from '../web/schema/field-words.js';
import { paths } from '../web/paths.js';
import type { Ctx } from '../case/ctx.js';
import { textAddress } from './bodies.js';
import { confirmRedactionHere, putBackHere, reportTextHere } from './commands.js';
import { confirmRedaction } from './confirm-redaction.js';
import { listRedactions } from './list-redactions.js';
import { presentRedaction } from './present.js';
import { putTextBack } from './put-text-back.js';
import { readRedaction } from './read-redaction.js';
import { reportText } from './report-text.js';

const perPage = 25;

const listPage = page({
  path: paths.redactions,
  params: z.strictObject({}),
  view: 'redaction/views/redactions',
  async load(ctx, { query }) {
    const { cursor } = query;
    const before = seqIn(cursor);
    const { items, last } = await listRedactions(ctx, { limit: perPage, before });
    return {
      redactions: items.map((report) => presentRedaction(ctx, report)),
      places: retentionPlaces(ctx.ability),
      next: last && `${paths.redactions}?cursor=${encodeCursor([last.seq])}`,
      first: cursor === undefined ? null : paths.redactions,
      done:
        { reported: 'reported', confirmed: 'confirmed', erased: 'erased', back: 'back' }[
          query['done'] ?? ''
        ] ?? null,
    };
  },
});

const reportPage = page({
  ...reportTextHere.page,
  view: 'redaction/views/report',
  load: (_ctx, { query }) => {
    const of = textAddress.safeParse({ kind: query['kind'], id: query['id'], field: query['field'] });
    return Promise.resolve({ of: of.data ?? null, values: of.data ?? {} });
  },
  form: {
    body: reportTextHere.body,
    read: (form) =>
      validate(
        reportTextHere.body,
        given({
          of: given({ kind: entered(form, 'kind'), id: entered(form, 'id'), field: entered(form, 'field') }),
          reasons: entered(form, 'reasons'),
        }),
        // The address of the text comes with the link, and is no field to type in.
        { named: (field) => (field.startsWith('of') ? '' : field) },
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => reportText(ctx, body), { named: (field) => (field === 'of' ? '' : field) });
      return `${paths.redactions}?done=reported`;
    },
  },
});

/** The report, with why this person cannot settle it now. @throws NotFound, Forbidden */
const toBeSettled = async (ctx: Ctx, command: typeof confirm | typeof putBack, id: string) => {
  const { report, text } = await readRedaction(ctx, id.toLowerCase());
  authoriseTo(command, ctx, report);
  return { redaction: presentRedaction(ctx, report, text), bar: barOf(verdict(command, ctx, report, {})) };
};

const confirmBody = z.strictObject({
  understood: asked(z.literal('true'), 'Confirmation', {
    missing: 'Confirm that you know this cannot be undone',
    wrong: 'Confirm that you know this cannot be undone',
  }),
});

const confirmPage = page({
  ...confirmRedactionHere.page,
  view: 'redaction/views/confirm',
  load: (ctx, { params }) => toBeSettled(ctx, confirm, params.id),
  form: {
    body: confirmBody,
    read: (form) => validate(confirmBody, given({ understood: entered(form, 'understood') })),
    async act(ctx, { params }) {
      await asFormErrors(() => confirmRedaction(ctx, params.id.toLowerCase()));
      return `${paths.redactions}?done=confirmed`;
    },
  },
});

const putBackPage = page({
  ...putBackHere.page,
  view: 'redaction/views/put-back',
  load: (ctx, { params }) => toBeSettled(ctx, putBack, params.id),
  form: {
    body: putBackHere.body,
    read: (form) => validate(putBackHere.body, given({ reasons: entered(form, 'reasons') })),
    async act(ctx, { params, body }) {
      await asFormErrors(() => putTextBack(ctx, params.id.toLowerCase(), body.reasons));
      return `${paths.redactions}?done=back`;
    },
  },
});

export const redactionPages = [listPage, reportPage, confirmPage, putBackPage];
