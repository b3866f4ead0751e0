import type { Knex } from 'knex';
import * as requests from '../../db/requests.js';
import { NotFound, type FieldError } from '../../policies/refusals.js';
import { invalid } from '../../policies/rules.js';
import type { RequestContent } from '../../policies/subjects.js';
import type { Ctx } from '../context.js';

/**
 * What a request names beside itself must be there and be the councillor's own: the stage of a child's
 * journey that it continues (need-to-know.md, section 3), and a programme. None has been opened yet, so no
 * programme can be named, and a made-up one is not kept.
 * @throws Invalid, naming `continues` or `programme`; what is hidden answers as what is absent
 */
export const assertLinks = async (
  trx: Knex.Transaction,
  ctx: Ctx,
  { continues, programme }: RequestContent,
): Promise<void> => {
  const errors: FieldError[] = [];
  if (programme !== undefined) errors.push({ field: 'programme', message: 'There is no such programme.' });
  if (continues !== undefined && !(await isStage(trx, ctx, continues))) {
    errors.push({ field: 'continues', message: 'This is no approved stage of a child’s journey of yours.' });
  }
  if (errors.length > 0) throw invalid('complete', errors);
};

const isStage = async (
  trx: Knex.Transaction,
  { ability, actor }: Ctx,
  reference: string,
): Promise<boolean> => {
  try {
    const row = await requests.find(trx, ability, reference);
    return (
      row.councillorId === actor.councillorId &&
      row.status === 'approved' &&
      row.observationType === 'childs_journey'
    );
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
};
