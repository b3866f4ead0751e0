import { leafletsInForce, leafletVersion } from '../../db/leaflet/leaflets.js';
import { NotFound } from '../../policies/core/refusals.js';
import type { LeafletKind, LeafletVersion } from '../../policies/leaflet/leaflet.js';
import type { Ctx } from '../case/ctx.js';

/** What families are given now, which anybody signed in may read. Of some leaflet there may be no version yet. */
export const readLeaflets = ({ db, now }: Ctx): Promise<readonly LeafletVersion[]> =>
  leafletsInForce(db, now());

/** The version of one leaflet that is in force; null before the first. */
export const readLeaflet = async (ctx: Ctx, leaflet: LeafletKind): Promise<LeafletVersion | null> =>
  (await readLeaflets(ctx)).find((each) => each.leaflet === leaflet) ?? null;

/** One version, in force or not, such as one just published. @throws NotFound */
export const readLeafletVersion = async (
  { db }: Pick<Ctx, 'db'>,
  which: Pick<LeafletVersion, 'leaflet' | 'version'>,
): Promise<LeafletVersion> => {
  const found = await leafletVersion(db, which);
  if (!found) throw new NotFound();
  return found;
};
