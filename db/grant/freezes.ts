import type { Knex } from 'knex';
import type { AppAbility } from '../../policies/permission/ability.js';
import { requestColumns } from '../request/request-columns.js';
import { idOnly, rowsOf } from '../core/rows/rows-of.js';
import { visible } from '../core/visible.js';

/** Freezes grants by an incident, each once. */
export const addingFreezes = (
  trx: Knex.Transaction,
  given: { readonly grants: readonly string[]; readonly incidentId: string; readonly at: Date },
): Knex.QueryBuilder =>
  trx('grant_freezes').insert(
    given.grants.map((id) => ({ grant_id: id, incident_id: given.incidentId, frozen_at: given.at })),
  );

/** Freezes a grant by an incident: once for each. */
export const freeze = async (
  trx: Knex.Transaction,
  given: { readonly grantId: string; readonly incidentId: string; readonly at: Date },
): Promise<void> => {
  await trx('grant_freezes').insert({
    grant_id: given.grantId,
    incident_id: given.incidentId,
    frozen_at: given.at,
  });
};

/**
 * The incidents that still freeze a councillor's grants: open, with a freeze that nobody released, on a grant that is
 * neither ended nor used up (such a grant cannot be released any more, so it counts for nothing). Oldest first,
 * without a check of who may read them.
 */
export const freezing = async (trx: Knex.Transaction, councillorId: string): Promise<string[]> => {
  const rows = await rowsOf(
    idOnly,
    trx('incidents as i')
      .where('i.councillor_id', councillorId)
      .whereNull('i.closed_at')
      .whereRaw(
        `exists (select from grant_freezes f join grants g on g.id = f.grant_id
        where f.incident_id = i.id and f.released_at is null and g.ended_at is null
          and g.events_used < g.events)`,
      )
      .orderBy('i.seq')
      .select('i.id'),
  );
  return rows.map(({ id }) => id);
};

/** Confirms every freeze of a grant that lasts and that nobody has confirmed. @returns the incidents that had frozen it */
export const confirmFreezes = async (
  trx: Knex.Transaction,
  grantId: string,
  given: { readonly at: Date; readonly by: string; readonly reasons: string },
): Promise<string[]> => {
  const rows = await trx('grant_freezes')
    .where({ grant_id: grantId })
    .whereNull('released_at')
    .whereNull('confirmed_at')
    .update({ confirmed_at: given.at, confirmed_by: given.by, confirm_reasons: given.reasons })
    .returning('incident_id');
  return rows.map(({ incident_id: id }) => id);
};

/** Ends every freeze of a grant that lasts. @returns the incidents that had frozen it */
export const releaseFreezes = async (
  trx: Knex.Transaction,
  grantId: string,
  given: { readonly at: Date; readonly by: string; readonly reasons: string },
): Promise<string[]> => {
  const rows = await trx('grant_freezes')
    .where({ grant_id: grantId })
    .whereNull('released_at')
    .update({ released_at: given.at, released_by: given.by, release_reasons: given.reasons })
    .returning('incident_id');
  return rows.map(({ incident_id: id }) => id);
};

/** A grant that an incident froze. */
export interface FrozenGrant {
  readonly id: string;
  readonly reference: string;
  readonly frozenAt: Date;
  readonly confirmedAt: Date | null;
  readonly confirmReasons: string | null;
  readonly releasedAt: Date | null;
  readonly releaseReasons: string | null;
}

/** The frozen grants, by freezes of alias `f`, that this person may read; narrow it to an incident. */
export const frozenGrants = (db: Knex, ability: AppAbility): Knex.QueryBuilder =>
  visible(
    db('grant_freezes as f')
      .join('grants as g', 'g.id', 'f.grant_id')
      .join('requests as r', 'r.id', 'g.request_id')
      .orderBy('r.id')
      .select(
        'g.id',
        'r.reference',
        'f.frozen_at as frozenAt',
        'f.confirmed_at as confirmedAt',
        'f.confirm_reasons as confirmReasons',
        'f.released_at as releasedAt',
        'f.release_reasons as releaseReasons',
      ),
    ability,
    'read',
    'Grant',
    requestColumns,
  );

/** The grants that an incident freezes still, no matter who may read them. */
export const stillFrozenBy = async (db: Knex, incidentId: string): Promise<string[]> => {
  const rows = await db('grant_freezes')
    .where({ incident_id: incidentId })
    .whereNull('released_at')
    .pluck('grant_id');
  return rows;
};
