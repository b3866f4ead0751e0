import type { Knex } from 'knex';
import { sequence } from '../../db/audit/tree/sequence.js';
import { treeSize } from '../../db/audit/tree/tree-store.js';
import { sign, SigningRefused } from '../signing/sign.js';
import type { SignerState } from '../signing/state.js';
import type { JobLog } from './job.js';

export interface Sealing {
  readonly db: Knex;
  readonly now: () => Date;
  readonly log: JobLog;
  readonly state: SignerState;
}

/**
 * Milliseconds from one round to the next. A round seals what was committed before it began, however many commits that
 * were, and no commit begins one of its own: so a checkpoint waits for the round that runs and for the next, and is
 * never two seconds behind a commit (audit.md).
 */
export const sealEveryMs = 500;

/** Most entries that are placed in one transaction. */
const batch = 1_000;

/**
 * One round of keeping the trail verifiable: a place in the tree for whatever was committed,
 * and a signature over what the tree has grown into. To be run every `sealEveryMs`, one round at a time.
 *
 * A refusal to sign is told in the log, once for each reason: entries go on being placed and nothing is signed,
 * which whoever asks for a checkpoint sees.
 */
export const createSealing = ({ db, now, log, state }: Sealing): (() => Promise<void>) => {
  let refused: string | null = null;
  /** Of the tree that was signed last: another node may have placed what is to be signed here. */
  let signed: number | null = null;
  return async () => {
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
