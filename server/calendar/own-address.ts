/** The private address at which a person's calendar program reads when their visits are. */
import { randomUUID } from 'node:crypto';
import { addAddress, addressOf, withdrawAddress } from '../../db/calendar/addresses.js';
import { inTransaction } from '../../db/core/connection.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { Ctx } from '../case/ctx.js';
import { hashOfToken } from '../case/links.js';
import { record } from '../case/record.js';

export interface OwnAddress {
  /** What the address holds: a secret. */
  readonly token: string;
  readonly madeAt: Date;
  readonly lastReadOn: string | null;
}

/** The address of the person who asks; null without one. */
export const ownAddress = async ({ db, actor, links }: Ctx): Promise<OwnAddress | null> => {
  const found = await addressOf(db, actor.id);
  if (found === null) return null;
  const token = links.calendarOf(found.id);
  // Under another key than the service has today: the address works no more.
  if (!hashOfToken(token).equals(found.tokenHash)) return null;
  return { token, madeAt: found.madeAt, lastReadOn: found.lastReadOn };
};

/** Makes an address for the person who asks. The one before, if there is one, works no more. */
export const makeAddress = (ctx: Ctx): Promise<OwnAddress> =>
  inTransaction(ctx.db, async (trx) => {
    const [id, at] = [randomUUID(), ctx.now()];
    const token = ctx.links.calendarOf(id);
    const replaces = await withdrawAddress(trx, ctx.actor.id);
    await addAddress(trx, { id, person: ctx.actor.id, tokenHash: hashOfToken(token), at });
    record(trx, ctx, null, { type: 'calendar.opened', subject: ctx.actor.id, decision: { replaces } });
    return { token, madeAt: at, lastReadOn: null };
  });

/** Withdraws it. @throws NotFound without one */
export const closeAddress = (ctx: Ctx): Promise<void> =>
  inTransaction(ctx.db, async (trx) => {
    if (!(await withdrawAddress(trx, ctx.actor.id))) throw new NotFound();
    record(trx, ctx, null, { type: 'calendar.closed', subject: ctx.actor.id });
  });
