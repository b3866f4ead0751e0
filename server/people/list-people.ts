import { recordedList } from '../../db/core/recorded.js';
import { listPeople as load, type ListedPerson } from '../../db/people/directory.js';
import { addressChangesWaitSince } from '../../policies/address/address-change.js';
import { removalsWaitSince } from '../../policies/proof/removal.js';
import { NotFound } from '../../policies/core/refusals.js';
import { readingEntry } from '../case/record.js';
import type { Ctx } from '../case/ctx.js';
import { shown, type Shown } from '../case/shown.js';

/** A page of the people this person may read, by name; the listing is one entry on the trail. @throws NotFound */
export const listPeople = async (
  ctx: Ctx,
  { waiting, ...given }: Omit<Parameters<typeof load>[2], 'waiting'> & { readonly waiting?: boolean },
): Promise<Shown<ListedPerson>> => {
  if (!ctx.ability.can('read', 'Person')) throw new NotFound();
  const entry = readingEntry(ctx, { type: 'person.listed', subject: 'people' });
  const ask = recordedList(ctx.db, entry, { upTo: given.limit });
  const asked = {
    ...given,
    limit: given.limit + 1,
    waiting: waiting
      ? { removalsAfter: removalsWaitSince(ctx.now()), changesAfter: addressChangesWaitSince(ctx.now()) }
      : null,
  };
  return shown(await load(ctx.db, ctx.ability, asked, ask), given.limit);
};
