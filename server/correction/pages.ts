/** Corrections: the list, the form beside what is corrected, and what a second person makes of it. */
import { z } from 'zod';
import {
  confirmCorrection,
  refuseCorrection,
  withdrawCorrection,
} from '../../policies/correction/commands.js';
import {
  correctedKind,
  isOfRegister,
  isWhole,
  namesPerson,
  nothing,
  type OriginalAddress,
} from '../../policies/correction/correction.js';
import { authoriseTo, verdict } from '../../policies/permission/permit.js';
import type { Ctx } from '../case/ctx.js';
import { textAddress } from '../redaction/bodies.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { barOf } from '../web/pages/bar.js';
import {
  attendanceChangesIn,
  attendanceChoices,
  attendanceFieldNames,
  attendanceOnForm,
} from '../visit/read-attendance.js';
import { asFormErrors, validate, type FieldNames } from '../web/pages/faults.js';
import { entered, given, type Form } from '../web/pages/form.js';
import { page } from '../web/pages/page.js';
import { dateOf } from '../web/pages/typed/day.js';
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
import { slipFor } from './slip-for.js';
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

const isOfAttendance = (form: Form): boolean => isWhole({ kind: entered(form, 'kind') ?? '' });

/**
 * The address of what is corrected comes with the link, and is no field to type in. The fields of an attendance are those of
 * the form that records it.
 */
const namedOn = (form: Form): FieldNames => {
  const { named = (field: string) => field } = attendanceFieldNames(form);
  return {
    named(field) {
      if (field.startsWith('of')) return '';
      if (!isOfAttendance(form)) return field;
      return field === 'corrected' ? 'outcome' : named(field.replace(/^corrected\./, ''));
    },
  };
};

/** What the form has to begin with. */
const filledIn = (
  of: OriginalAddress | undefined,
  original: Awaited<ReturnType<typeof readOriginal>> | null,
) =>
  original?.attendance
    ? { ...of, ...attendanceOnForm(original.attendance.recorded) }
    : {
        ...of,
        corrected: of && (namesPerson(of) || isOfRegister(correctedKind(of))) ? '' : original?.stands,
      };

/** What is typed: a text, or a day in three fields; no last day where they are left empty. */
const correctedIn = (form: Form): string | undefined => {
  const isLastDay = entered(form, 'kind') === 'appointment' && entered(form, 'field') === 'to';
  return dateOf(form, 'corrected') ?? entered(form, 'corrected') ?? (isLastDay ? nothing : undefined);
};

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
    const { recorded, approved } = original?.attendance ?? {};
    return {
      original,
      choices: attendanceChoices(approved ?? [], recorded?.departures.length),
      values: filledIn(of, original),
    };
  },
  form: {
    body: correctHere.body,
    read: (form) =>
      validate(
        correctHere.body,
        given({
          of: given({ kind: entered(form, 'kind'), id: entered(form, 'id'), field: entered(form, 'field') }),
          corrected: isOfAttendance(form) ? attendanceChangesIn(form) : correctedIn(form),
          reasons: entered(form, 'reasons'),
        }),
        namedOn(form),
      ),
    async act(ctx, { body, form }) {
      await asFormErrors(() => proposeCorrection(ctx, body), namedOn(form));
      return `${paths.corrections}?done=sent`;
    },
  },
});

/** The correction, with why this person cannot settle it now. @throws NotFound, Forbidden */
const toBeSettled = async (ctx: Ctx, command: SettlingCommand, id: string) => {
  const correction = await readCorrection(ctx, id.toLowerCase());
  authoriseTo(command, ctx, correction);
  // What the record itself does not take over stands there alone: the person who settles it compares the two.
  const slip =
    correction.was === null && correction.status === 'waiting' ? await slipFor(ctx, correction.of) : null;
  return {
    correction: presentCorrection(ctx, correction),
    stands: slip?.says[correction.of.field],
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
