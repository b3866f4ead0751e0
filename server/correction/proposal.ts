/** What a correction would say, by the kind of what it corrects. */
import { isDeepStrictEqual } from 'node:util';
import type { Knex } from 'knex';
import { lockGrantOfCase } from '../../db/grant/grants.js';
import type { SlipRow } from '../../db/correction/slips.js';
import { isText, isWhole, type OriginalAddress } from '../../policies/correction/correction.js';
import { conditionStates } from '../../policies/grant/condition.js';
import type { Notice } from '../../policies/core/notices.js';
import { Invalid } from '../../policies/core/refusals.js';
import type { RuleKey } from '../../policies/core/rules.js';
import type { Acting } from '../../policies/people/actor.js';
import type { Ctx } from '../case/ctx.js';
import { conflictToCorrect } from '../conflict/follows/conflict-corrected.js';
import { reportFoundAfterwards } from '../papers/follows/found-afterwards.js';
import { attendanceChangesBody } from '../visit/bodies.js';
import { attendanceToCorrect, textsOfAttendance } from '../visit/follows/attendance-corrected.js';
import { shape } from '../web/schema/shape.js';
import type { SentCorrection } from './bodies.js';
import { beforeRegister, followDay, registerValue } from './of-register.js';
import { replacementOf } from './replacement.js';

type Sent = SentCorrection['corrected'];
type Values = Readonly<Record<string, unknown>>;

export interface Proposal {
  /** What keeps a person who is named from it; null where nothing does, or nobody is named. */
  readonly barredBy: RuleKey | null;
  /**
   * The values of the correction, once it is permitted, and those before where they stand nowhere else.
   * @throws Invalid
   */
  readonly values: () => Promise<{
    readonly was: Values | null;
    readonly corrected: Values;
    readonly isSame: boolean;
  }>;
  readonly notices: readonly Notice[];
  /** What follows elsewhere once it is recorded. */
  readonly follows?: (given: {
    readonly acting: Acting;
    readonly at: Date;
    readonly correction: string;
  }) => Promise<void>;
}

const wrong = (message: string): Invalid => new Invalid([{ field: 'corrected', message }]);

/** A text is one for every kind but an attendance. @throws Invalid */
const textIn = (corrected: Sent): string => {
  if (typeof corrected !== 'string') throw wrong('Enter a text.');
  return corrected;
};

/** Of an attendance: one field by its value, or the fields that change together. @throws Invalid */
const changesIn = ({ field }: Pick<OriginalAddress, 'field'>, corrected: Sent) => {
  const sent = typeof corrected === 'string' ? { [field]: corrected } : corrected;
  const { errors } = shape(attendanceChangesBody, sent);
  if (errors.length > 0) throw new Invalid(errors.map((error) => beneath(corrected, error)));
  return attendanceChangesBody.parse(sent);
};

/** A fault of a field of the record, where it was sent. */
const beneath = <E extends { readonly field: string }>(corrected: Sent, error: E): E => ({
  ...error,
  field: typeof corrected === 'string' ? 'corrected' : `corrected.${error.field}`,
});

/** The free texts of what is proposed, by the fields in which they came. @throws Invalid */
export const textsOf = (of: OriginalAddress, corrected: Sent): Record<string, string | undefined> => {
  if (isText(of)) return { corrected: textIn(corrected) };
  if (!isWhole(of)) return {};
  return Object.fromEntries(
    Object.entries(textsOfAttendance(changesIn(of, corrected))).map(([field, text]) => [
      beneath(corrected, { field }).field,
      text,
    ]),
  );
};

const ofAttendance = (
  ctx: Ctx,
  trx: Knex.Transaction,
  { of }: Pick<SlipRow, 'of'>,
  corrected: Sent,
): Proposal => ({
  barredBy: null,
  async values() {
    try {
      return await attendanceToCorrect(ctx, trx, of, changesIn(of, corrected));
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      throw error.at((field) => beneath(corrected, { field }).field);
    }
  },
  notices: [],
});

const ofWords = ({ of, stands }: SlipRow, corrected: string): Proposal => ({
  barredBy: null,
  values: () =>
    Promise.resolve({
      was: null,
      corrected: { [of.field]: corrected },
      isSame: stands[of.field] === corrected,
    }),
  notices: [],
});

const ofPerson = async (
  ctx: Ctx,
  trx: Knex.Transaction,
  slip: SlipRow,
  corrected: string,
): Promise<Proposal> => {
  const { field } = slip.of;
  const { values, ...replacement } = await replacementOf(ctx, trx, slip, corrected);
  return {
    ...replacement,
    values() {
      const was = { [field]: slip.stands[field] };
      const named = values();
      // The record itself has the corrected value from now on.
      return Promise.resolve({ was, corrected: named, isSame: isDeepStrictEqual(was, named) });
    },
  };
};

const ofCondition = async (
  ctx: Ctx,
  trx: Knex.Transaction,
  { reference, councillorId, stands }: SlipRow,
  corrected: string,
): Promise<Proposal> => {
  // Access is worked out from its state: a visit that is being recorded waits for this, or this for it.
  await lockGrantOfCase(trx, ctx.ability, reference ?? '');
  return {
    barredBy: null,
    values() {
      const state = conditionStates.find((each) => each === corrected);
      if (state === undefined) throw wrong('Select the state');
      const was = { state: stands['state'] };
      return Promise.resolve({ was, corrected: { state }, isSame: was.state === state });
    },
    notices: [],
    // It never had the state that is corrected: who came meanwhile may have come without authority.
    follows: ({ acting }) => reportFoundAfterwards(trx, ctx, councillorId, acting),
  };
};

const ofConflict = async (
  ctx: Ctx,
  trx: Knex.Transaction,
  { of }: SlipRow,
  corrected: string,
): Promise<Proposal> => {
  const { barredBy, values } = await conflictToCorrect(ctx, trx, of, corrected);
  return {
    barredBy,
    values() {
      const given = values();
      return Promise.resolve({ ...given, isSame: isDeepStrictEqual(given.was, given.corrected) });
    },
    notices: [],
  };
};

/** A day of the register counts at once, and what rests on it follows; a lost seat waits for a second person. */
const inRegister = (ctx: Ctx, trx: Knex.Transaction, slip: SlipRow, corrected: string): Proposal => {
  const { field } = slip.of;
  const was = { [field]: slip.stands[field] };
  let records: Awaited<ReturnType<typeof beforeRegister>> = [];
  const counts = slip.confirmedBy === null;
  return {
    barredBy: null,
    async values() {
      const named = { [field]: registerValue(slip, corrected, ctx.now()) };
      const isSame = isDeepStrictEqual(was, named);
      if (counts && !isSame) records = await beforeRegister(trx, slip.councillorId);
      return { was, corrected: named, isSame };
    },
    notices: [],
    async follows(given) {
      if (counts) await followDay(trx, ctx, slip, { ...given, named: corrected, records });
    },
  };
};

/** @throws Invalid */
export const proposalOf = async (
  ctx: Ctx,
  trx: Knex.Transaction,
  slip: SlipRow,
  corrected: Sent,
): Promise<Proposal> => {
  switch (slip.about) {
    case 'attendance':
      return ofAttendance(ctx, trx, slip, corrected);
    case 'request':
      return ofPerson(ctx, trx, slip, textIn(corrected));
    case 'condition':
      return ofCondition(ctx, trx, slip, textIn(corrected));
    case 'conflict':
      return ofConflict(ctx, trx, slip, textIn(corrected));
    case 'councillor':
    case 'training':
    case 'appointment':
      return inRegister(ctx, trx, slip, textIn(corrected));
    case 'decision':
    case 'sign_off':
    case 'question':
      return ofWords(slip, textIn(corrected));
  }
};
