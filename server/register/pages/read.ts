/** The register of members, to be read: the list, one entry, one's own. */
import { z } from 'zod';
import { NotFound } from '../../../policies/core/refusals.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { standingOn } from '../../../policies/register/register.js';
import { decodeCursor, encodeCursor } from '../../web/api/cursor.js';
import { optionalText, uuid } from '../../web/schema/schemas.js';
import type { Ctx } from '../../case/ctx.js';
import { paths } from '../../web/paths.js';
import { presentCouncillor, presentEntry } from '../present/councillor.js';
import { listCouncillors } from '../list-councillors.js';
import { readCouncillor, readEntry } from '../read-councillor.js';
import { readProtocolNumber } from '../../protocol/read-protocol.js';
import { page } from '../../web/pages/page.js';

export const byId = z.strictObject({ id: uuid });

/** Whether this person keeps the register, and not merely reads it. */
const keeps = (ctx: Ctx): boolean => ctx.ability.can('keep', { kind: 'Register' });

/** An entry as a page shows it. @throws NotFound */
export const entryOf = async (ctx: Ctx, id: string) => presentCouncillor(ctx, await readCouncillor(ctx, id));

const perPage = 50;
const place = z.tuple([optionalText(500), uuid]);

const listPage = page({
  path: '/councillors',
  params: z.strictObject({}),
  view: 'register/views/list',
  async load(ctx, { query }) {
    if (!ctx.ability.can('read', 'Councillor')) throw new NotFound();
    const { cursor } = query;
    const [name, id] = cursor === undefined ? [] : decodeCursor(cursor, place);
    const after = name === undefined || id === undefined ? undefined : { name, id };
    const { items, last } = await listCouncillors(ctx, { limit: perPage, after });
    const today = londonDate(ctx.now());
    return {
      councillors: items.map((each) => ({
        ...presentCouncillor(ctx, each),
        standing: standingOn(each, today),
      })),
      keeps: keeps(ctx),
      next: last ? `${paths.councillors}?cursor=${encodeCursor([last.name, last.id])}` : null,
      first: cursor === undefined ? null : paths.councillors,
    };
  },
});

/** The change just made, in the words of the record's page. */
const done = ['added', 'changed', 'defeat', 'appointed', 'ended', 'trained', 'gone'] as const;
export const recorded = (id: string, what: (typeof done)[number]): string =>
  `${paths.councillor(id)}?done=${what}`;

const recordPage = page({
  path: '/councillors/:id',
  params: byId,
  view: 'register/views/record',
  async load(ctx, { params, query }) {
    const entry = await readEntry(ctx, params.id);
    const { councillor } = entry;
    const today = londonDate(ctx.now());
    const isOwn = councillor.id === ctx.actor.councillorId;
    return {
      councillor: presentEntry(ctx, entry),
      standing: standingOn(councillor, today),
      isOwn,
      today,
      mayAccept: isOwn && ctx.ability.can('accept', { kind: 'Protocol' }),
      protocolVersion: await readProtocolNumber(ctx),
      reads: ctx.actor.councillorId === null,
      done: done.find((each) => each === query['done']) ?? null,
    };
  },
});

export const readingPages = [listPage];
export const recordPages = [recordPage];
