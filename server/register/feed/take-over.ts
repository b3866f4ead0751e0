import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { councillorOf } from '../../../db/register/councillors.js';
import * as register from '../../../db/register/register.js';
import { changeRegister, enterInRegister } from '../../../db/register/register-history.js';
import { londonDate } from '../../../policies/core/time/london.js';
import type { RegisterChange } from '../../../policies/register/register-feed.js';
import { defeatAfter, type Membership } from '../../../policies/register/register-keeping.js';
import type { Doing } from '../../case/ctx.js';
import { reportFoundAfterwards } from '../../papers/follows/found-afterwards.js';
import { asKeeper, record } from '../../case/record.js';
import type { Differences } from './differences.js';

type Added = Differences['added'][number];
type Changed = Differences['changed'][number];

/** Where the feed leaves the first day unspecified it is today, or the last day where that is over. */
const termOf = ({ term: { from, to } }: Added, today: string): Membership['term'] => ({
  from: from ?? (to !== null && to < today ? to : today),
  to,
});

const add = async (trx: Knex.Transaction, ctx: Doing, given: Added): Promise<void> => {
  const { externalId, name, ward, email, posts, emailTaken } = given;
  const now = ctx.now();
  const today = londonDate(now);
  const term = termOf(given, today);
  const standing = term.from > today ? 'elect' : 'sitting';
  const id = randomUUID();
  const entry = {
    name,
    ward,
    standing,
    term,
    externalId,
    posts,
    ...(email === null ? {} : { email }),
  } as const;
  await enterInRegister(trx, id, now, [
    register.addingCouncillor(trx, id, entry, now),
    ...(email !== null && !emailTaken ? register.addingAccount(trx, id, { name, email }, now) : []),
  ]);
  record(trx, ctx, asKeeper(ctx.actor), {
    type: 'councillor.added',
    subject: `councillor:${id}`,
    decision: { source: 'feed', standing, from: term.from, to: term.to },
  });
};

const entryOf = (changes: readonly RegisterChange[]): register.Entry =>
  Object.fromEntries(changes.map(({ field, to }) => [field, to]));

const change = async (
  trx: Knex.Transaction,
  ctx: Doing,
  { id, changes, emailTaken }: Changed,
): Promise<void> => {
  const now = ctx.now();
  const before = await councillorOf(trx, id);
  const entry = entryOf(changes);
  const defeat = defeatAfter({ ...before, ...entry }, before.defeat, londonDate(now));
  await changeRegister(trx, id, now, register.changingCouncillor(trx, id, { ...entry, defeat }));
  const email = emailTaken ? undefined : entry.email;
  await register.keepAccount(trx, id, { name: entry.name, email }, now);
  const { standing, term } = { ...before, ...entry };
  record(trx, ctx, asKeeper(ctx.actor), {
    type: 'councillor.changed',
    subject: `councillor:${id}`,
    decision: {
      source: 'feed',
      fields: changes.map(({ field }) => field),
      standing,
      from: term.from,
      to: term.to,
      poll: defeat?.poll ?? null,
    },
  });
  await reportFoundAfterwards(trx, ctx, id);
};

/** Somebody new has the number of this member, who keeps everything else. */
const freeNumber = async (trx: Knex.Transaction, ctx: Doing, id: string): Promise<void> => {
  const { standing, term } = await councillorOf(trx, id);
  await changeRegister(trx, id, ctx.now(), register.changingCouncillor(trx, id, { externalId: null }));
  record(trx, ctx, asKeeper(ctx.actor), {
    type: 'councillor.changed',
    subject: `councillor:${id}`,
    decision: { source: 'feed', fields: ['externalId'], standing, from: term.from, to: term.to },
  });
};

/** Enters the additions and changes of a feed, each member with an entry on the trail. */
export const takeOver = async (
  trx: Knex.Transaction,
  ctx: Doing,
  { added, changed }: Pick<Differences, 'added' | 'changed'>,
): Promise<void> => {
  for (const { insteadOf } of added) if (insteadOf !== undefined) await freeNumber(trx, ctx, insteadOf);
  for (const each of changed) await change(trx, ctx, each);
  for (const each of added) await add(trx, ctx, each);
};
