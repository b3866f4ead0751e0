import { BundleFault, inFile } from '../../../db/audit/log/bundle/bundle.js';
import { type Checkpoint, openCheckpoint } from '../../../db/audit/log/checkpoint.js';
import type { Hash } from '../../../db/audit/log/hash.js';
import { noteVerifier, type Verifier } from '../../../db/audit/log/note.js';
import { parseConsistency } from '../../../db/audit/log/proof/proof-file.js';
import { consistencyProof } from '../../../db/audit/log/tree.js';
import { verifyConsistency } from '../../../db/audit/log/proof/verify.js';
import { storedHashes, treeSize } from '../../../db/audit/tree/tree-store.js';
import { createDb } from '../../../db/core/connection.js';
import { type Command, exitCodes, type Surroundings, Usage } from '../command.js';
import { keptFile, keptKey } from './kept-file.js';

const opened = (file: string, log: Verifier): Checkpoint =>
  inFile(file, () => openCheckpoint(keptFile(file), log));

const proofInFile = (file: string, from: Checkpoint): readonly Hash[] => {
  const { oldSize, proof } = inFile(file, () => parseConsistency(keptFile(file)));
  if (oldSize === from.size) return proof;
  throw new BundleFault('wrong_index', file, `The proof is not from the tree of ${from.size} entries.`);
};

/** The proofs that the database can give: a trail that was cut short cannot show how it grew to a signed size. */
const proofByDatabase = async (
  from: Checkpoint,
  to: Checkpoint,
  { place }: Surroundings,
): Promise<readonly Hash[]> => {
  const { ownerUrl } = await place();
  const db = createDb(ownerUrl, { max: 1 });
  try {
    const size = await treeSize(db);
    if (size < to.size) {
      const sentence = `${to.size} entries were signed, and the database has ${size}.`;
      throw new BundleFault('leaf_missing', 'the database', sentence);
    }
    // The other way round there is no proof, and the checkpoints say so themselves.
    return await consistencyProof(Math.min(from.size, to.size), to.size, storedHashes(db));
  } finally {
    await db.destroy();
  }
};

export const verifyGrowth: Command = {
  name: 'verify-growth',
  takes: 'OLD NEW --key FILE [--proof FILE]',
  says: 'check that what was signed earlier is how the trail of today begins',
  help: `OLD and NEW are signed checkpoints: the one you kept, and today's. Nothing of the old trail was changed, moved
or taken out where the proof leads from one to the other.

  --key FILE    the log's key (log.vkey)
  --proof FILE  the proof (consistency.txt); without it the database of this service is asked for one`,
  options: { key: { type: 'string' }, proof: { type: 'string' } },
  async run(given, { say }, around) {
    const [older, newer, ...more] = given.words;
    if (older === undefined || newer === undefined || more.length > 0) {
      throw new Usage('Say which checkpoint is the old one, and which the new one.');
    }
    const log = noteVerifier(keptKey(given.needed('key')));
    const [from, to] = [opened(older, log), opened(newer, log)];
    const file = given.text('proof');
    const proof = file === undefined ? await proofByDatabase(from, to, around) : proofInFile(file, from);
    inFile(file ?? 'the database', () =>
      verifyConsistency({
        oldSize: from.size,
        oldRoot: from.root,
        newSize: to.size,
        newRoot: to.root,
        proof,
      }),
    );
    say(`The ${to.size} entries of ${to.origin} begin with the ${from.size} that were signed before.`);
    return exitCodes.done;
  },
};
