/** Disclosures: a search by case or by councillor, never in an address. */
import { z } from 'zod';
import type { Disclosure } from '../../db/disclosure/disclosures.js';
import { presentDisclosure } from './present.js';
import type { Ctx } from '../case/ctx.js';
import type { Shown } from '../case/shown.js';
import { disclosuresSubject, searchDisclosures } from './search-disclosures.js';
import { decodeCursor, encodeCursor } from '../web/api/cursor.js';
import { disclosureShape } from '../incident/shapes.js';
import { once } from '../web/api/once.js';
import { route } from '../web/api/route.js';
import { instant, text, uuid } from '../web/schema/schemas.js';
import { pageOf } from '../web/schema/shapes.js';

const listed = {
  limit: z.int().min(1).max(100).default(25),
  cursor: z
    .string()
    .regex(/^[\w-]{1,1000}$/, 'Use the cursor as it was given.')
    .optional(),
};

export const disclosuresBody = z.union([
  z.strictObject({ caseReference: text(100), ...listed }),
  z.strictObject({ councillor: uuid, ...listed }),
]);
disclosuresBody.register(z.globalRegistry, { id: 'DisclosureSearchBody' });

const place = z.tuple([instant, uuid]);

/** One page of disclosures, recorded. */
export const searched = (ctx: Ctx, body: z.output<typeof disclosuresBody>): Promise<Shown<Disclosure>> => {
  const { limit, cursor } = body;
  const [at, id] = cursor === undefined ? [] : decodeCursor(cursor, place);
  const after = at !== undefined && id !== undefined ? { at: new Date(at), id } : undefined;
  return searchDisclosures(
    ctx,
    'caseReference' in body
      ? { caseReference: body.caseReference, limit, after }
      : { councillor: body.councillor, limit, after },
  );
};

export const presentDisclosures = (ctx: Ctx, { items, last }: Shown<Disclosure>) => ({
  items: items.map((row) => presentDisclosure(ctx, row)),
  next: last ? encodeCursor([last.at.toISOString(), last.id]) : null,
});

export const disclosureRoutes = [
  route({
    method: 'POST',
    path: '/api/disclosures/search',
    summary: 'Who received what, when, and under which decision: by case or by councillor',
    body: disclosuresBody,
    response: pageOf(disclosureShape),
    run: (ctx, { body }) => {
      // Without a key there is nothing to hold together: it is read and recorded as any list is.
      if (!ctx.claim) return searched(ctx, body).then((page) => presentDisclosures(ctx, page));
      let found: Shown<Disclosure> | null = null;
      return once(
        ctx,
        200,
        async (joined) => {
          found = await searched(joined, body);
          return disclosuresSubject;
        },
        // A repeated call searches again, with its own entry on the trail.
        async (joined) => presentDisclosures(joined, found ?? (await searched(joined, body))),
        'disclosures.searched',
      );
    },
  }),
];
