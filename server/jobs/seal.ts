import type { Knex } from 'knex';
import { append } from '../../db/audit/append.js';
import { entryOfType } from '../../db/audit/entry-of-type.js';
import { sequence } from '../../db/audit/sequence.js';
import { treeSize } from '../../db/audit/tree-store.js';
import { awaitTurn } from '../../db/audit/turns.js';
import { inTransaction } from '../../db/connection.js';
import { londonDate, startOfLondonDay } from '../../policies/london.js';
import { sign, SigningRefused } from '../signing/sign.js';
import type { SignerState } from '../signing/state.js';
import type { JobLog } from './lapses.js';

export interface Sealing {
  readonly db: Knex;
  readonly now: () => Date;
  readonly log: JobLog;
  readonly state: SignerState;
}

/** Most entries that are placed in one transaction. */
const batch = 1_000;

/** Once for each day in London, on however many nodes: a trail that stands still is then one that was stopped. */
const beat = async (db: Knex, at: Date): Promise<void> => {
  const begin = startOfLondonDay(londonDate(at));
  if (await entryOfType(db, 'audit.heartbeat', begin)) return;
  await inTransaction(db, async (trx) => {
    await awaitTurn(trx, 'audit.heartbeat');
    if (await entryOfType(trx, 'audit.heartbeat', begin)) return;
    await append(trx, {
      type: 'audit.heartbeat',
      at,
      actor: 'system',
      actorName: 'The service',
      office: null,
      capacity: null,
      subject: 'trail',
    });
  });
};

/**
 * One round of keeping the trail verifiable: the day's heartbeat, a place in the tree for whatever was committed,
 * and a signature over what the tree has grown into. To be run twice a second, so that a checkpoint is never two
 * seconds behind a commit (audit.md).
 *
 * A refusal to sign is told in the log, once for each reason: entries go on being placed and nothing is signed,
 * which whoever asks for a checkpoint sees.
 */
export const createSealing = ({ db, now, log, state }: Sealing): (() => Promise<void>) => {
  let refused: string | null = null;
  let beaten = '';
  /** Of the tree that was signed last: another node may have placed what is to be signed here. */
  let signed: number | null = null;
  return async () => {
    const today = londonDate(now());
    if (beaten !== today) {
      await beat(db, now());
      beaten = today;
    }
    for (;;) {
      if ((await sequence(db, batch)) < batch) break;
    }
    const size = await treeSize(db);
    if (size === signed) return;
    try {
      await sign(db, state, now());
      signed = size;
      refused = null;
    } catch (error) {
      if (!(error instanceof SigningRefused)) throw error;
      if (refused !== error.code) log.error({ code: error.code }, `Nothing is signed: ${error.message}`);
      refused = error.code;
    }
  };
};
