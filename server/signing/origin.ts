import path from 'node:path';
import type { Knex } from 'knex';
import { append } from '../../db/audit/append.js';
import { inTransaction } from '../../db/core/connection.js';
import { openState, originInUse, useOrigin, type SignerState } from './state.js';

/**
 * The signer's state for the origin that the settings name. Where the service signed as another one before, an
 * entry says so, with the last tree that was signed as that: so does a restored backup go on, as a new origin
 * that cites the checkpoint which the old one can no longer reach (audit.md).
 */
export const signingAs = async (
  db: Knex,
  { dataDir, origin, at }: { readonly dataDir: string; readonly origin: string; readonly at: Date },
): Promise<SignerState> => {
  const folder = path.join(dataDir, 'audit');
  const state = openState(folder, origin);
  const before = originInUse(folder);
  if (before !== null && before !== origin) {
    const last = openState(folder, before).last();
    await inTransaction(db, (trx) =>
      append(trx, {
        type: 'audit.continued',
        at,
        actor: 'system',
        actorName: 'The service',
        office: null,
        capacity: null,
        subject: 'trail',
        ...(last && {
          decision: { size: last.size, root: Buffer.from(last.root, 'base64').toString('hex') },
        }),
        details: { from: before, to: origin },
      }),
    );
  }
  if (before !== origin) useOrigin(folder, origin);
  return state;
};
