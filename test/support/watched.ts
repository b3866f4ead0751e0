import type { Council } from './council.js';
import { attendedVisit, plannedVisit } from './granted.js';
import { foundRow } from './found-row.js';
import type { Line } from './line.js';
import { behindTheApi, personId } from './people.js';
import { londonDate } from '../../policies/core/time/london.js';

/** An attendance at an approved stage of a child's journey, written past its own call: the next stage may be approved. */
export const watched = async (council: Council, { reference }: Line): Promise<void> => {
  const { db } = council.world;
  const at = council.clock;
  const by = await personId(db, 'host');
  await behindTheApi(db, async (trx) => {
    const { id: grantId } = await foundRow(
      trx('grants as g').join('requests as r', 'r.id', 'g.request_id').where({ reference }).first('g.id'),
    );
    const visitId = await plannedVisit(trx, grantId, { date: londonDate(at), at, by });
    const left = new Date(at.getTime() + 60_000);
    await attendedVisit(trx, { grantId, visitId }, { arrived: at, left, authorised: false, at: left, by });
  });
};
