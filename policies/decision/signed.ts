/** Sign-offs as they stand on the record: need-to-know.md, section 4. */
import { z } from 'zod';
import { keysOf } from '../core/fields/keys-of.js';
import { grounds } from '../core/grounds.js';
import type { Capacity, Seat } from '../core/office.js';
import { conditionOwners, conditionStates, conditionTimes, type Condition } from '../grant/condition.js';
import type { CautionKind } from '../core/words/cautions.js';
import { outcomeField } from '../request/live-seat.js';

/** Why a sign-off no longer stands. */
export type VoidedBecause = 'edited' | 'answer_changed' | 'withdrawn' | 'right_recorded';

export const condition: z.ZodObject<{ [Field in keyof Condition]: z.ZodType<Condition[Field]> }> =
  z.strictObject({
    id: z.string(),
    text: z.string(),
    owner: z.enum(conditionOwners),
    before: z.enum(conditionTimes),
    state: z.enum(conditionStates),
  });

/** The coded part of a signature: offices and auditors read the fields listed here. */
export const codedFields = {
  ...outcomeField,
  grounds: z.array(z.enum(grounds)),
};

/** The words of a signature: for the offices; the councillor who asked gets the reasons. */
export const wordedFields = {
  reasons: z.string(),
  conditions: z.array(condition),
};

/**
 * The fields of a signature. Rows, SQL columns, answers and the councillor's subject access take them from here, so
 * nobody gets a field that is not listed for them. server/decision/bodies.ts says what may be sent.
 */
export const signedFields = { ...codedFields, ...wordedFields };
export const codedNames = keysOf(codedFields);
export const wordedNames = keysOf(wordedFields);
export const signedNames = [...codedNames, ...wordedNames];

type Fields = typeof signedFields;
type Read<T> = T extends (infer Element)[] ? readonly Element[] : T;
type Signed = { readonly [Field in keyof Fields]: Read<z.infer<Fields[Field]>> };

/** A sign-off on the record, voided or not. */
export interface SignOff extends Signed {
  readonly id: string;
  readonly version: number;
  readonly office: Seat;
  readonly personId: string;
  readonly name: string;
  readonly capacity: Capacity;
  readonly deputyFor: string | null;
  /** The kinds of caution about its words that the signer confirmed. */
  readonly considered: readonly CautionKind[];
  readonly at: Date;
  readonly voidedAt: Date | null;
  readonly voidedBecause: VoidedBecause | null;
}

/** What of it is in codes. */
export type Coded = Pick<SignOff, (typeof codedNames)[number]>;
