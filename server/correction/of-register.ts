import type { Knex } from 'knex';
import type { CorrectionRow } from '../../db/correction/corrections.js';
import type { SlipRow } from '../../db/correction/slips.js';
import { lockGrantsOf, openOrLapsedRecordsOf } from '../../db/grant/grants.js';
import { councillorOf } from '../../db/register/councillors.js';
import { changingCouncillor } from '../../db/register/register.js';
import { keepCorrected, keepFirst, registerOf } from '../../db/register/register-history.js';
import { together } from '../../db/core/together.js';
import { londonDate } from '../../policies/core/time/london.js';
import { invalid } from '../../policies/core/rules.js';
import { nothing } from '../../policies/correction/correction.js';
import type { GrantRecord } from '../../policies/grant/grant-record.js';
import type { Acting } from '../../policies/people/actor.js';
import {
  membershipWithout,
  slipOfDefeat,
  type RegisterSlip,
} from '../../policies/register/slip/register-slip.js';
import type { Ctx } from '../case/ctx.js';
import { followRegisterCorrected } from '../grant/follows/register-corrected.js';
import { reportFoundAfterwards } from '../papers/follows/found-afterwards.js';
import { date } from '../web/schema/schemas.js';

const wrong = (message: string) => invalid('member', [{ field: 'corrected', message }]);

const dayIn = (text: string): string => {
  const { data } = date.safeParse(text);
  if (data === undefined) throw wrong('Enter the right day, like 2027-01-11.');
  return data;
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const openEnded = (day: string): string | null => (day === nothing ? null : day);

/**
 * What the register is to say, as the correction keeps it. @throws Invalid by the rule `member`, naming `corrected`
 */
export const registerValue = ({ about, field, stands }: SlipRow, corrected: string, now: Date): string => {
  if (about === 'councillor') {
    if (corrected !== nothing)
      throw wrong(`Enter “${nothing}”: no seat was lost. Another day is entered in the register.`);
    return nothing;
  }
  const named = field === 'to' && corrected === nothing ? nothing : dayIn(corrected);
  const after: Readonly<Record<string, unknown>> = { ...stands, [field]: named };
  const [completed, expires] = [after['completed'], after['expires']];
  const [from, to] = [after['from'], after['to']];
  if (about === 'training' && text(completed) > londonDate(now))
    throw wrong('This is still to come: enter it once it is done.');
  if (about === 'training' && text(expires) < text(completed))
    throw wrong('This cannot end before it was completed.');
  if (about === 'appointment' && to !== nothing && text(to) < text(from))
    throw wrong('The last day is not before the first.');
  return named;
};

/** What was wrong in the register, for those who read it since. */
const slipOf = ({ about, of, stands }: SlipRow, named: string): RegisterSlip => {
  const after: Readonly<Record<string, unknown>> = { ...stands, [of.field]: named };
  const trained = (values: Readonly<Record<string, unknown>>) => ({
    kind: text(values['kind']),
    completed: text(values['completed']),
    expires: text(values['expires']),
  });
  return about === 'training'
    ? { of: 'training', was: trained(stands), is: trained(after) }
    : { of: 'appointment', id: of.id, from: text(after['from']), to: openEnded(text(after['to'])) };
};

interface Correcting {
  readonly acting: Acting;
  readonly at: Date;
}

/** The grants of the councillor before the correction, with all of them locked and the register as it was kept. */
export const beforeRegister = async (
  trx: Knex.Transaction,
  councillorId: string,
): Promise<readonly GrantRecord[]> => {
  await lockGrantsOf(trx, councillorId);
  await keepFirst(trx, councillorId);
  return openOrLapsedRecordsOf(trx, councillorId);
};

const follow = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  {
    acting,
    at,
    ...given
  }: Correcting & {
    readonly councillorId: string;
    readonly slip: RegisterSlip;
    readonly correction: string;
    readonly records: readonly GrantRecord[];
  },
): Promise<void> => {
  await keepCorrected(trx, given.councillorId, at, given.slip);
  await followRegisterCorrected(trx, ctx, acting, { ...given, at });
  await reportFoundAfterwards(trx, ctx, given.councillorId);
};

/** What follows from a day that counts at once; the database has changed it with the correction. */
export const followDay = (
  trx: Knex.Transaction,
  ctx: Ctx,
  slip: SlipRow,
  given: Correcting & {
    readonly named: string;
    readonly correction: string;
    readonly records: readonly GrantRecord[];
  },
): Promise<void> =>
  follow(trx, ctx, { ...given, councillorId: slip.councillorId, slip: slipOf(slip, given.named) });

/** Whether the register has the loss no more that is to be corrected; it stays as it is until the transaction ends. */
export const isDefeatGone = async (
  trx: Knex.Transaction,
  { councillorId, was }: Pick<CorrectionRow, 'councillorId' | 'was'>,
): Promise<boolean> => {
  await lockGrantsOf(trx, councillorId);
  const { defeat } = await councillorOf(trx, councillorId);
  return defeat === null || defeat.poll !== was?.['defeat'];
};

/** A seat was lost by mistake: the loss is taken out of the register, with the end of the term that it brought. */
export const takeDefeatBack = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  given: Correcting & {
    readonly councillorId: string;
    readonly correction: string;
  },
): Promise<void> => {
  const { councillorId, at } = given;
  const records = await beforeRegister(trx, councillorId);
  const before = await councillorOf(trx, councillorId);
  if (before.defeat === null) return;
  const slip = slipOfDefeat(await registerOf(trx, councillorId), before.defeat);
  const { defeat, term } = membershipWithout(before, slip);
  await together(trx, changingCouncillor(trx, councillorId, { defeat, term }));
  await follow(trx, ctx, { ...given, at, slip, records });
};
