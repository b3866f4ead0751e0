import { recordedOne } from '../../db/core/recorded.js';
import type { AfterLetter, Undelivered } from '../../db/operations/dead-letters.js';
import { findOperations, type Operations } from '../../db/operations/operations.js';
import { authorise } from '../../policies/permission/ability.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';
import { readingEntry } from '../case/record.js';

export interface OperationsRead extends Omit<Operations, 'givenUp'> {
  readonly givenUp: Shown<Undelivered>;
}

/** What everything about the running of the service is recorded under. */
const operationsSubject = 'operations';

/** How many messages that wait for another attempt the page shows. */
const mostRefused = 50;

/**
 * How the jobs fare, and which mail waits, was refused or was given up. It names people and references, so the
 * reading is recorded.
 * @throws NotFound for a person who may not see it
 */
export const readOperations = async (
  ctx: Ctx,
  { limit, after }: { readonly limit: number; readonly after?: AfterLetter | undefined },
): Promise<OperationsRead> => {
  authorise(ctx.ability, 'read', { kind: 'Operations' });
  const entry = readingEntry(ctx, { type: 'operations.read', subject: operationsSubject });
  const ask = recordedOne(ctx.db, entry, { shown: 'shown.shown' });
  const page = { most: mostRefused, limit: limit + 1, after };
  const { givenUp, ...found } = await findOperations(ctx.db, page, ask);
  return { ...found, givenUp: shown(givenUp, limit) };
};
