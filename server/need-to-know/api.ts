/** The basis of the rules: observation types, working days, and a preview of the test. */
import { z } from 'zod';
import { answersSchema } from '../../policies/need-to-know/answers.js';
import {
  eventsAllowed,
  observationTypeKeys,
  type ObservationType,
} from '../../policies/core/observation-types.js';
import { typesOf } from '../../policies/settings/settings.js';
import { countWorkingDays, longestPeriod } from '../../policies/core/time/working-days.js';
import { previewTest } from './preview-test.js';
import { encodeCursor, seqIn } from '../web/api/cursor.js';
import { route } from '../web/api/route.js';
import { instant, page } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';
import { countShape } from '../deadline/shapes.js';
import { observationTypeShape, previewShape } from './shapes.js';

const presentObservationType = ({
  key,
  label,
  host,
  parties,
  tiedToCase,
  limit,
  rules,
}: ObservationType) => ({
  key,
  label,
  host,
  parties,
  tiedToCase,
  limit,
  rules,
});

const previewBody = z
  .strictObject({
    observationType: z.enum(observationTypeKeys),
    events: z.int().min(eventsAllowed.least).max(eventsAllowed.most).default(1),
    now: instant.optional(),
    eventAt: instant.optional(),
    answers: answersSchema,
  })
  .meta({ id: 'PreviewBody' });

export const referenceDataRoutes = [
  route({
    method: 'GET',
    path: '/api/observation-types',
    summary: 'The ten observation types',
    query: page,
    response: pageOf(observationTypeShape),
    run: (ctx, { query: { limit, cursor } }) => {
      const from = seqIn(cursor) ?? 0;
      const types = typesOf(ctx.settings);
      const shown = types.slice(from, from + limit);
      const next = from + limit < types.length ? encodeCursor([from + limit]) : null;
      return { items: shown.map(presentObservationType), next };
    },
  }),
  route({
    method: 'GET',
    path: '/api/working-days',
    summary: 'When something is due that is received at an instant, with its working',
    query: z.strictObject({
      from: instant,
      days: z
        .string()
        .regex(/^[1-9]\d{0,2}$/, 'Enter a whole number from 1 to 250.')
        .transform(Number)
        .refine((days) => days <= longestPeriod, 'Enter a whole number from 1 to 250.'),
    }),
    response: countShape,
    run: (ctx, { query }) => {
      const { due, counted, skipped } = countWorkingDays(ctx.settings, new Date(query.from), query.days);
      return { due, counted, skipped };
    },
  }),
  route({
    method: 'POST',
    path: '/api/need-to-know/preview',
    summary: 'Try the need-to-know test on answers; stores nothing',
    idempotent: false,
    storesNothing: true,
    body: previewBody,
    response: previewShape,
    run: (ctx, { body: { now, eventAt, ...given } }) => {
      const { outcome, findings } = previewTest(ctx, {
        ...given,
        now: now === undefined ? undefined : new Date(now),
        eventAt: eventAt === undefined ? undefined : new Date(eventAt),
      });
      return { outcome, findings };
    },
  }),
];
