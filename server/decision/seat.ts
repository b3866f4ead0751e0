/** A seat on its way to the record: what a sign-off or a decision rests on, and what it makes of the file. */
import { randomUUID } from 'node:crypto';
import type { NewSignOff } from '../../db/decision/sign-offs.js';
import type { Ground } from '../../policies/need-to-know/grounds.js';
import type { Acting } from '../../policies/core/actor.js';
import type { Seat } from '../../policies/core/office.js';
import type { LiveSeat } from '../../policies/decision/live-seat.js';
import type { CaseFile } from '../../policies/request/case-file.js';
import type { HeldCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { conditionsFrom, type SentCondition } from './conditions.js';

/** The sign-off that this person makes now, for the office that they act for. */
export const signOffBy = (
  ctx: Pick<Ctx, 'actor'>,
  { row, at }: CaseFile,
  acting: Acting,
  given: {
    readonly outcome: LiveSeat['outcome'];
    readonly reasons: string;
    readonly grounds: readonly Ground[];
    readonly conditions: readonly SentCondition[];
  },
): NewSignOff => ({
  id: randomUUID(),
  version: row.version,
  office: acting.office as Seat,
  outcome: given.outcome,
  reasons: given.reasons,
  grounds: given.grounds,
  conditions: conditionsFrom(given.conditions),
  personId: ctx.actor.id,
  capacity: acting.capacity,
  deputyFor: acting.deputyFor?.id ?? null,
  at,
});

/** The file with that sign-off on it. */
export const afterSigning = (
  { actor }: Pick<Ctx, 'actor'>,
  { record, after }: HeldCase,
  acting: Acting,
  signed: NewSignOff,
): CaseFile => {
  const { row, signOffs } = record;
  const { office, outcome, personId } = signed;
  return after({
    row: {
      ...row,
      seats: [...row.seats, { office, outcome, personId }],
      signers: [...new Set([...row.signers, actor.id])],
      actedBy: [...new Set([...row.actedBy, actor.id])],
    },
    signOffs: [
      ...signOffs,
      {
        ...signed,
        name: actor.name,
        deputyFor: acting.deputyFor?.name ?? null,
        voidedAt: null,
        voidedBecause: null,
      },
    ],
  });
};
