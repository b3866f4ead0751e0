/** Corrections: the list, the form beside what is corrected, and what a second person makes of it. */
import { z } from 'zod';
import {
  confirmCorrection,
  refuseCorrection,
  withdrawCorrection,
} from '../../policies/correction/commands.js';
import { namesPerson } from '../../policies/correction/correction.js';
import { authoriseTo, verdict } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { textAddress } from '../redaction/bodies.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { barOf } from '../web/pages/bar.js';
import { asFormErrors, validate } from '../web/pages/faults.js';
import { entered, given } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { paths } from '../web/paths.js';
import {
  confirmCorrectionHere,
  correctHere,
  refuseCorrectionHere,
  withdrawCorrectionHere,
} from './commands.js';
import { listCorrections } from './list-corrections.js';
import { presentCorrection } from './present/correction.js';
import { proposeCorrection } from './propose-correction.js';
import { readCorrection } from './read-correction.js';
import { readOriginal } from './read-original.js';
import {
  confirmCorrectionOf,
  refuseCorrectionOf,
  withdrawCorrectionOf,
  settlingOffice,
  type SettlingCommand,
} from './settle-correction.js';

const perPage = 25;

const listPage = page({
  path: paths.corrections,
  params: z.strictObject({}),
  view: 'correction/views/list',
  async load(ctx, { query }) {
    const { cursor } = query;
    const { items, last } = await listCorrections(ctx, { limit: perPage, before: seqIn(cursor) });
    return {
      corrections: items.map((correction) => presentCorrection(ctx, correction)),
      next: last && `${paths.corrections}?cursor=${encodeCursor([last.seq])}`,
      first: cursor === undefined ? null : paths.corrections,
      done:
        { sent: 'sent', confirmed: 'confirmed', refused: 'refused', withdrawn: 'withdrawn' }[
          query['done'] ?? ''
        ] ?? null,
    };
  },
});

/** The address of what is corrected comes with the link, and is no field to type in. */
const named = (field: string): string => (field.startsWith('of') ? '' : field);

const newPage = page({
  ...correctHere.page,
  view: 'correction/views/new',
  async load(ctx, { query }) {
    const { data: of } = textAddress.safeParse({
      kind: query['kind'],
      id: query['id'],
      field: query['field'],
    });
    const original = of === undefined ? null : await readOriginal(ctx, of);
    return { original, values: { ...of, corrected: of && namesPerson(of) ? '' : original?.stands } };
  },
  form: {
    body: correctHere.body,
    read: (form) =>
      validate(
        correctHere.body,
        given({
          of: given({ kind: entered(form, 'kind'), id: entered(form, 'id'), field: entered(form, 'field') }),
          corrected: entered(form, 'corrected'),
          reasons: entered(form, 'reasons'),
        }),
        { named },
      ),
    async act(ctx, { body }) {
      await asFormErrors(() => proposeCorrection(ctx, body), { named });
      return `${paths.corrections}?done=sent`;
    },
  },
});

/** The correction, with why this person cannot settle it now. @throws NotFound, Forbidden */
const toBeSettled = async (ctx: Ctx, command: SettlingCommand, id: string) => {
  const correction = await readCorrection(ctx, id.toLowerCase());
  authoriseTo(command, ctx, correction);
  return {
    correction: presentCorrection(ctx, correction),
    bar: barOf(verdict(command, ctx, correction, { office: settlingOffice(command, correction) })),
  };
};

const confirmBody = z.strictObject({});

const confirmPage = page({
  ...confirmCorrectionHere.page,
  view: 'correction/views/confirm',
  load: (ctx, { params }) => toBeSettled(ctx, confirmCorrection, params.id),
  form: {
    body: confirmBody,
    read: () => ({}),
    async act(ctx, { params }) {
      await asFormErrors(() => confirmCorrectionOf(ctx, params.id.toLowerCase()));
      return `${paths.corrections}?done=confirmed`;
    },
  },
});

const refusePage = page({
  ...refuseCorrectionHere.page,
  view: 'correction/views/refuse',
  load: (ctx, { params }) => toBeSettled(ctx, refuseCorrection, params.id),
  form: {
    body: refuseCorrectionHere.body,
    read: (form) => validate(refuseCorrectionHere.body, given({ reasons: entered(form, 'reasons') })),
    async act(ctx, { params, body }) {
      await asFormErrors(() => refuseCorrectionOf(ctx, params.id.toLowerCase(), body.reasons));
      return `${paths.corrections}?done=refused`;
    },
  },
});

const withdrawPage = page({
  ...withdrawCorrectionHere.page,
  view: 'correction/views/withdraw',
  load: (ctx, { params }) => toBeSettled(ctx, withdrawCorrection, params.id),
  form: {
    body: confirmBody,
    read: () => ({}),
    async act(ctx, { params }) {
      await asFormErrors(() => withdrawCorrectionOf(ctx, params.id.toLowerCase()));
      return `${paths.corrections}?done=withdrawn`;
    },
  },
});

export const correctionPages = [listPage, newPage, confirmPage, refusePage, withdrawPage];
