/** The audit trail, for the people who keep it and those who audit it. */
import { z } from 'zod';
import { entryTypes } from '../../db/audit/entry-types.js';
import { authorise } from '../../policies/permission/ability.js';
import { Invalid, type FieldError } from '../../policies/core/refusals.js';
import { decodeCursor, encodeCursor } from '../web/api/cursor.js';
import { date, uuid } from '../web/schema/schemas.js';
import { shape } from '../web/schema/shape.js';
import { ends, starts, subject } from './api.js';
import type { Ctx } from '../case/ctx.js';
import { paths } from '../web/paths.js';
import { readActor } from './read-actor.js';
import { searchTrail } from './search-trail.js';
import { entered, given, type Form } from '../web/pages/form.js';
import { dateOf } from '../web/pages/typed/day.js';
import { page } from '../web/pages/page.js';
import { checkpointPage } from './pages/checkpoint.js';
import { editionPage } from './pages/edition.js';
import { entryPage } from './pages/entry.js';
import { evidencePage } from './pages/evidence.js';
import { presentLine } from './pages/line.js';
import { happened } from './present/words.js';

/**
 * A person by id, so that the address of a page, which people keep and send on, names nobody. The form takes an
 * e-mail address.
 */
const actor = z.union(
  [uuid, z.literal('system')],
  'Enter an e-mail address in the form, or choose a name below.',
);

const filterShape = z
  .strictObject({
    subject: subject.optional(),
    actor: actor.optional(),
    type: z.enum(entryTypes).optional(),
    from: date.optional(),
    to: date.optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'Enter a day that is not before the first.',
  });
type Filter = z.output<typeof filterShape>;

const perPage = 50;
const fields = [
  'subject',
  'actor',
  'type',
  'from-day',
  'from-month',
  'from-year',
  'to-day',
  'to-month',
  'to-year',
] as const;

/** The search in the address of the page, which people can keep and send on. */
const filterIn = (query: Form) =>
  shape(
    filterShape,
    given({
      subject: entered(query, 'subject')?.trim(),
      actor: entered(query, 'actor')?.trim(),
      type: entered(query, 'type'),
      from: dateOf(query, 'from'),
      to: dateOf(query, 'to'),
    }),
  ) as { data: Filter | undefined; errors: readonly FieldError[] };

const placeIn = (cursor: string | undefined): number | undefined => {
  const tuple = z.tuple([z.int().min(0)]);
  return cursor === undefined ? undefined : decodeCursor(cursor, tuple)[0];
};

const addressOf = (query: Form, cursor?: string): string => {
  const search = new URLSearchParams();
  for (const field of fields) {
    const value = entered(query, field);
    if (value !== undefined) search.set(field, value);
  }
  if (cursor !== undefined) search.set('cursor', cursor);
  return search.size > 0 ? `${paths.trail}?${search.toString()}` : paths.trail;
};

const found = async (ctx: Ctx, { from, to, ...filter }: Filter, query: Readonly<Record<string, string>>) => {
  const { items, last } = await searchTrail(ctx, {
    ...filter,
    from: from === undefined ? undefined : starts(from),
    to: to === undefined ? undefined : ends(to),
    limit: perPage,
    before: placeIn(query['cursor']),
  });
  return {
    entries: items.map(presentLine),
    next: last ? addressOf(query, encodeCursor([last.seq])) : null,
    first: query['cursor'] === undefined ? null : addressOf(query),
  };
};

/** The faults of an address: they come with the model, since no form was sent. */
const faultsOf = (errors: readonly FieldError[]) => ({
  list: errors.map(({ field, message }) => ({
    text: message,
    href: `#${field === 'from' || field === 'to' ? `${field}-day` : field}`,
  })),
  of: Object.fromEntries(errors.map(({ field, message }) => [field, { text: message }])),
});

const trailPage = page({
  path: '/trail',
  params: z.strictObject({}),
  view: 'trail/views/search',
  async load(ctx, { query }) {
    authorise(ctx.ability, 'read', { kind: 'Trail' });
    const { data, errors } = filterIn(query);
    return {
      types: Object.entries(happened).map(([value, words]) => ({ value, text: words })),
      faults: faultsOf(errors),
      values: Object.fromEntries(fields.map((field) => [field, query[field]])),
      found: data ? await found(ctx, data, query) : null,
    };
  },
  form: {
    body: z.strictObject({ actor: z.string().max(254).optional() }),
    read: (form) => given({ actor: entered(form, 'actor')?.trim() }),
    changes: false,
    async act(ctx, { body, form }) {
      authorise(ctx.ability, 'read', { kind: 'Trail' });
      // Checked before it becomes an address: a mistyped value stays on the page that shows it.
      const asked = { ...form, actor: await readActor(ctx, body.actor) };
      const { errors } = filterIn(asked);
      if (errors.length > 0) throw new Invalid(errors);
      return addressOf(asked);
    },
    anchor: (field) => (field === 'from' || field === 'to' ? `${field}-day` : field),
  },
});

export const trailPages = [trailPage, entryPage, editionPage, checkpointPage, evidencePage];
