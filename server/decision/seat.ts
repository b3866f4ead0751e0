/** A seat on its way to the record: what a sign-off or a decision depends on, and the file it makes. */
import { randomUUID } from 'node:crypto';
import type { NewSignOff } from '../../db/decision/sign-offs.js';
import type { Acting } from '../../policies/people/actor.js';
import type { Seat } from '../../policies/core/office.js';
import type { CaseFile } from '../../policies/case/case-file.js';
import type { HeldCase } from '../case/case-file.js';
import type { Ctx } from '../case/ctx.js';
import { pick } from '../../policies/core/fields/pick.js';
import { codedNames } from '../../policies/decision/signed.js';
import { liveNames } from '../../policies/request/live-seat.js';
import { signedFrom, textOfConditions, type SentSigned } from './conditions.js';

/** The sign-off that this person makes now, for the office that they act for. */
export const signOffBy = (
  ctx: Pick<Ctx, 'actor' | 'weighed'>,
  { row, at }: CaseFile,
  acting: Acting,
  given: SentSigned,
): NewSignOff => ({
  ...signedFrom(given),
  id: randomUUID(),
  version: row.version,
  office: acting.office as Seat,
  personId: ctx.actor.id,
  capacity: acting.capacity,
  deputyFor: acting.deputyFor?.id ?? null,
  considered: ctx.weighed?.confirmed ?? [],
  at,
});

/** The free text of what is given, by field. */
export const textOfSigned = (given: SentSigned) => ({ reasons: given.reasons, ...textOfConditions(given) });

/** What the trail keeps of it: in codes, and in words that can be erased. */
export const entryOfSigned = (signed: NewSignOff) => ({
  decision: { version: signed.version, ...pick(signed, codedNames) },
  reasons: signed.reasons,
});

/** The file with that sign-off on it. */
export const afterSigning = (
  { actor }: Pick<Ctx, 'actor'>,
  { record, after }: HeldCase,
  acting: Acting,
  signed: NewSignOff,
): CaseFile => {
  const { row, signOffs } = record;
  return after({
    row: {
      ...row,
      seats: [...row.seats, pick(signed, liveNames)],
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
