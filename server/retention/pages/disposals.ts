/** Disposals: the proposal, confirming it as a second person, taking it back, and the certificate. */
import { z } from 'zod';
import { asked } from '../../web/schema/field-words.js';
import type { Certificate } from '../../../db/retention/disposals.js';
import { disposalsShown } from '../api.js';
import { disposalParams } from '../bodies.js';
import { asProposal } from '../disposal.js';
import type { Command } from '../../../policies/command/command.js';
import { verdict } from '../../../policies/permission/permit.js';
import {
  confirmDisposal as confirm,
  withdrawDisposal as withdraw,
} from '../../../policies/retention/commands.js';
import type { Ctx } from '../../case/ctx.js';
import { paths } from '../../web/paths.js';
import { presentDisposal } from '../present/disposal.js';
import { confirmDisposal } from '../confirm-disposal.js';
import { readDisposal } from '../read-disposal.js';
import { withdrawDisposal } from '../withdraw-disposal.js';
import { barOf } from '../../web/pages/bar.js';
import { validate, asFormErrors } from '../../web/pages/faults.js';
import { entered, given } from '../../web/pages/form.js';
import { page } from '../../web/pages/page.js';
import { retentionPlaces } from '../../web/pages/retention-places.js';
import { rowsInWords } from './words.js';
import { confirmDisposalHere, withdrawDisposalHere } from '../commands.js';

const perPage = 25;

const listPage = page({
  path: paths.disposals,
  params: z.strictObject({}),
  view: 'retention/views/disposals',
  async load(ctx, { query: { cursor } }) {
    const { items, next } = await disposalsShown(ctx, { limit: perPage, cursor });
    return {
      items,
      places: retentionPlaces(ctx.ability),
      next: next && `${paths.disposals}?cursor=${next}`,
      first: cursor === undefined ? null : paths.disposals,
    };
  },
});

const linesOf = (certificate: Certificate | null) => certificate && rowsInWords(certificate.rows);

const shownOf = async (ctx: Ctx, id: string) => {
  const row = await readDisposal(ctx, id.toLowerCase());
  return { row, model: { disposal: presentDisposal(ctx, row), lines: linesOf(row.certificate) } };
};

const disposalPage = page({
  path: paths.disposal(':id') as `/${string}`,
  params: disposalParams,
  view: 'retention/views/disposal',
  load: async (ctx, { params }) => {
    const { row, model } = await shownOf(ctx, params.id);
    return { ...model, isProposer: row.proposed.id === ctx.actor.id };
  },
});

/** The proposal, or why this person cannot confirm it now. @throws Forbidden if they never can */
const toBeSettled = async (ctx: Ctx, command: Command<'confirm' | 'withdraw', 'Disposal'>, id: string) => {
  const { row, model } = await shownOf(ctx, id);
  const proposal = asProposal(row);
  return { ...model, bar: barOf(verdict(command, ctx, proposal, {})) };
};

const confirmBody = z.strictObject({
  understood: asked(z.literal('true'), 'Confirmation', {
    missing: 'Confirm that you know this cannot be undone',
    wrong: 'Confirm that you know this cannot be undone',
  }),
});

const confirmPage = page({
  ...confirmDisposalHere.page,
  view: 'retention/views/confirm',
  load: (ctx, { params }) => toBeSettled(ctx, confirm, params.id),
  form: {
    body: confirmBody,
    read: (form) => validate(confirmBody, given({ understood: entered(form, 'understood') })),
    act: async (ctx, { params }) =>
      paths.disposal(await asFormErrors(() => confirmDisposal(ctx, params.id.toLowerCase()))),
  },
});

const withdrawPage = page({
  ...withdrawDisposalHere.page,
  view: 'retention/views/withdraw',
  load: (ctx, { params }) => toBeSettled(ctx, withdraw, params.id),
  form: {
    body: z.strictObject({}),
    read: () => ({}),
    act: async (ctx, { params }) =>
      paths.disposal(await asFormErrors(() => withdrawDisposal(ctx, params.id.toLowerCase()))),
  },
});

export const disposalPages = [listPage, disposalPage, confirmPage, withdrawPage];
