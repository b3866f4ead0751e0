import type { Knex } from 'knex';
import { z } from 'zod';
import type { ProtocolVersion } from '../../policies/protocol/protocol.js';
import { firstOf } from '../core/rows/first-of.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { whole } from '../core/rows/stored.js';
import type { ProtocolVersionsRow } from '../core/rows/tables.js';

const toVersion = ({ version, text, in_force_from: inForceFrom }: ProtocolVersionsRow): ProtocolVersion => ({
  version,
  text,
  inForceFrom,
});

/** The protocol in force; null where none was ever published. */
export const protocolOf = async (db: Knex, now: Date): Promise<ProtocolVersion | null> => {
  const row = await db('protocol_versions')
    .where('in_force_from', '<=', now)
    .orderBy('version', 'desc')
    .first();
  return row ? toVersion(row) : null;
};

/** One version, whether or not it is in force. */
export const protocolVersion = async (db: Knex, version: number): Promise<ProtocolVersion | null> => {
  const row = await db('protocol_versions').where({ version }).first();
  return row ? toVersion(row) : null;
};

/** The versions that are published and not yet in force, without their text, the next one first. */
export const protocolsToCome = async (
  db: Knex,
  now: Date,
): Promise<readonly Pick<ProtocolVersion, 'version' | 'inForceFrom'>[]> => {
  const rows = await db('protocol_versions')
    .where('in_force_from', '>', now)
    .orderBy('version')
    .select('version', 'in_force_from');
  return rows.map(({ version, in_force_from: inForceFrom }) => ({ version, inForceFrom }));
};

const onlyVersion = z.strictObject({ version: whole });

/** Adds the next version, and answers with its number; two at once come one after the other. */
export const publish = async (
  trx: Knex.Transaction,
  { text, inForceFrom }: Pick<ProtocolVersion, 'text' | 'inForceFrom'>,
): Promise<number> => {
  await trx.raw(`select pg_advisory_xact_lock(hashtext('protocol'))`);
  const rows = await rowsOf(
    onlyVersion,
    trx.raw(
      `insert into protocol_versions (version, text, in_force_from)
         select coalesce(max(version), 0) + 1, ?, ? from protocol_versions returning version`,
      [text, inForceFrom],
    ),
  );
  return firstOf(rows).version;
};

/** When a councillor accepted that version; null where they have not. */
export const acceptedAt = async (db: Knex, councillorId: string, version: number): Promise<Date | null> => {
  const row = await db('protocol_acceptances')
    .where({ councillor_id: councillorId, version })
    .first('accepted_at');
  return row?.accepted_at ?? null;
};

/** Records that a councillor accepted a version. @returns whether they had not before */
export const accept = async (
  trx: Knex.Transaction,
  councillorId: string,
  version: number,
  at: Date,
): Promise<boolean> => {
  const rows = await rowsOf(
    onlyVersion,
    trx.raw(
      `insert into protocol_acceptances (councillor_id, version, accepted_at) values (?, ?, ?)
         on conflict (councillor_id, version) do nothing returning version`,
      [councillorId, version, at],
    ),
  );
  return rows.length > 0;
};
