import type { Knex } from 'knex';
import { z } from 'zod';
import type { LeafletKind, LeafletVersion } from '../../policies/leaflet/leaflet.js';
import { firstOf } from '../core/rows/first-of.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { whole } from '../core/rows/stored.js';
import type { LeafletVersionsRow } from '../core/rows/tables.js';

const toVersion = ({ in_force_from: inForceFrom, ...row }: LeafletVersionsRow): LeafletVersion => ({
  ...row,
  inForceFrom,
});

/** The version of each leaflet that is in force; of some there may be none. */
export const leafletsInForce = async (db: Knex, now: Date): Promise<readonly LeafletVersion[]> => {
  const rows = await db('leaflet_versions')
    .distinctOn('leaflet')
    .where('in_force_from', '<=', now)
    .orderBy([{ column: 'leaflet' }, { column: 'version', order: 'desc' }])
    .select();
  return rows.map(toVersion);
};

/** One version, whether or not it is in force; null where there is none. */
export const leafletVersion = async (
  db: Knex,
  { leaflet, version }: Pick<LeafletVersion, 'leaflet' | 'version'>,
): Promise<LeafletVersion | null> => {
  const row = await db('leaflet_versions').where({ leaflet, version }).first();
  return row ? toVersion(row) : null;
};

/** Publishing comes one after the other for each leaflet, until the transaction ends. */
export const lockLeaflet = async (trx: Knex.Transaction, leaflet: LeafletKind): Promise<void> => {
  await trx.raw(`select pg_advisory_xact_lock(hashtext(?))`, [`leaflet:${leaflet}`]);
};

/** Adds the next version, and answers with its number. */
export const publishVersion = async (
  trx: Knex.Transaction,
  { leaflet, text, contact, inForceFrom }: Omit<LeafletVersion, 'version'>,
): Promise<number> => {
  const rows = await rowsOf(
    z.strictObject({ version: whole }),
    trx.raw(
      `insert into leaflet_versions (leaflet, version, text, contact, in_force_from)
         select :leaflet, coalesce(max(version), 0) + 1, :text, :contact, :inForceFrom
           from leaflet_versions where leaflet = :leaflet returning version`,
      { leaflet, text, contact, inForceFrom },
    ),
  );
  return firstOf(rows).version;
};
