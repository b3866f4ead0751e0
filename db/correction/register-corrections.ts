import type { Knex } from 'knex';
import { z } from 'zod';
import { ofRegister, type Counted } from '../../policies/correction/correction.js';
import { rowsOf } from '../core/rows/rows-of.js';
import { countedSelected, storedCounted } from './stored-correction.js';

const row = z.strictObject({ stored: storedCounted });

/** The corrections of what the register holds about a councillor that count, oldest first. */
export const correctionsOfRegister = async (db: Knex, councillorId: string): Promise<Counted[]> => {
  const rows = await rowsOf(
    row,
    db.raw(
      `select json_build_object(${countedSelected}) as stored from corrections c
         where c.councillor_id = ? and c.of_kind = any(?) and c.status = 'counts' order by c.seq`,
      [councillorId, [...ofRegister]],
    ),
  );
  return rows.map(({ stored }) => stored);
};
