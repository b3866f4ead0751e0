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
 * Milliseconds from one round to the next. A round seals everything committed before it began, however many commits;
 * no commit starts a round of its own. So a checkpoint waits for the running round and the next one, and is never two
 * seconds behind a commit (audit.md).
 */
export const sealEveryMs = 500;

/** Most entries that are placed in one transaction. */
const batch = 1_000;

/**
 * One round of keeping the trail verifiable: gives every committed entry a place in the tree, and signs the grown
 * tree. Run it every `sealEveryMs`, one round at a time.
 *
 * A refusal to sign goes to the log, once for each reason: entries still get their places, nothing is signed, and
 * people who ask for a checkpoint see that.
 */
export const createSealing = ({ db, now, log, state }: Sealing): (() => Promise<void>) => {
  let refused: string | null = null;
  /** By the tree signed last: another node may have placed the entries that this one signs. */
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
