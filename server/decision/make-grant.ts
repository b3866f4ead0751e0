import type { Knex } from 'knex';
import * as grants from '../../db/grant/grants.js';
import type { NewSignOff } from '../../db/decision/sign-offs.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import type { Category } from '../../policies/core/category.js';
import type { DateSpan } from '../../policies/core/time/spans.js';
import type { Acting } from '../../policies/people/actor.js';
import type { Ctx } from '../case/ctx.js';
import { record } from '../case/record.js';
import { freezeWithOthers } from '../grant/follows/freeze-with-others.js';
import { unionOf } from './conditions.js';

/** Makes the grant of what is approved, with the union of the offices' conditions. */
export const makeGrant = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  acting: Acting,
  file: CaseFile,
  {
    given,
    window,
    signed,
  }: {
    readonly given: { readonly categories: readonly Category[] };
    readonly window: DateSpan;
    readonly signed: NewSignOff;
  },
): Promise<void> => {
  const { row, at } = file;
  const others = file.signOffs.filter(
    ({ version, voidedAt }) => version === row.version && voidedAt === null,
  );
  const events = row.content.events ?? 1;
  const categories = [...new Set(given.categories)];
  const union = unionOf([...others, signed]);
  const grantId = await grants.insertGrant(trx, row, {
    signOffId: signed.id,
    window,
    events,
    categories,
    conditions: union,
    at,
  });
  record(trx, ctx, acting, {
    type: 'grant.made',
    subject: row.reference,
    decision: { version: row.version, window: { ...window }, events, categories, conditions: union.length },
  });
  await freezeWithOthers(trx, ctx, acting, { ...row, grantId, at });
};
