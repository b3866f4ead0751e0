import path from 'node:path';
import { append } from '../../../db/audit/append.js';
import { inFile } from '../../../db/audit/log/bundle/bundle.js';
import { openCheckpoint } from '../../../db/audit/log/checkpoint.js';
import { noteVerifier, type Verifier } from '../../../db/audit/log/note.js';
import { type KnownTree, type TrailReport, walkTrail } from '../../../db/audit/tree/whole-trail.js';
import { createDb, inTransaction } from '../../../db/core/connection.js';
import { roleOf } from '../../database.js';
import { openState, originInUse } from '../../signing/state.js';
import { type Command, exitCodes, type Given, Usage } from '../command.js';
import { keptFile, keptKey } from './kept-file.js';
import { withProgress } from './progress.js';

interface Outside {
  readonly known: readonly KnownTree[];
  readonly verifierOf: (origin: string) => Verifier | null;
}

/** The signer's files beside the database: its key, and the tree that it signed last. */
const signersMemory = (dataDir: string): Outside => {
  const folder = path.join(dataDir, 'audit');
  const origin = originInUse(folder);
  if (origin === null) return { known: [], verifierOf: () => null };
  const state = openState(folder, origin);
  const last = state.last();
  return {
    known: last
      ? [{ size: last.size, root: Buffer.from(last.root, 'base64'), from: 'the signer’s memory' }]
      : [],
    verifierOf: (of) => (of === origin ? state.verifier : null),
  };
};

const keptCheckpoint = (given: Given): KnownTree[] => {
  const [held, key] = [given.text('held'), given.text('key')];
  if (held === undefined && key === undefined) return [];
  if (held === undefined || key === undefined) throw new Usage('--held and --key go together.');
  const { size, root } = inFile(held, () => openCheckpoint(keptFile(held), noteVerifier(keptKey(key))));
  return [{ size, root, from: 'the checkpoint that was kept' }];
};

const lines = ({ size, root, values, signed, waiting, silentDays }: TrailReport): string[] => [
  `The whole trail holds: ${size} entries, root ${root.toString('base64')}.`,
  `${values.open} values are those recorded, ${values.erased} were erased; it is what was signed, ${signed} times.`,
  ...(waiting > 0 ? [`${waiting} entries wait for their place in the tree.`] : []),
  ...(silentDays.length > 0
    ? [`On ${silentDays.length} days the service did not run: ${silentDays.join(', ')}.`]
    : []),
];

export const verify: Command = {
  name: 'verify',
  takes: '--database [--held FILE --key FILE]',
  says: 'check the whole trail in the database of this service',
  help: `Every entry is held against what is shown of it, its values against what it committed to, the tree against
the entries, and all of it against every checkpoint that was signed and against the signer's own memory. That it was
checked is an entry of the trail. With the embedded database, stop the service first.

  --held FILE   a signed checkpoint that you kept: the trail has to begin with it
  --key FILE    the log's key (log.vkey), for it`,
  options: { database: { type: 'boolean' }, held: { type: 'string' }, key: { type: 'string' } },
  async run(given, { say }, { place }) {
    if (given.words.length > 0 || !given.flag('database')) {
      throw new Usage('Say --database; for a bundle there is verify-bundle.');
    }
    const kept = keptCheckpoint(given);
    const at = await place();
    const { known, verifierOf } = signersMemory(at.dataDir);
    const db = createDb(at.serviceUrl, { max: 1, ...roleOf(at) });
    try {
      const report = await withProgress('Checking', (onProgress) =>
        walkTrail(db, { known: [...kept, ...known], verifierOf, onProgress }),
      );
      await inTransaction(db, (trx) =>
        append(trx, {
          type: 'audit.verified',
          at: new Date(),
          actor: 'system',
          actorName: 'Who runs the service',
          office: null,
          capacity: null,
          subject: 'trail',
          decision: { size: report.size },
        }),
      );
      for (const line of lines(report)) say(line);
    } finally {
      await db.destroy();
    }
    return exitCodes.done;
  },
};
