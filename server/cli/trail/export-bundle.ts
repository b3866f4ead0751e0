import path from 'node:path';
import { append } from '../../../db/audit/append.js';
import type { BundleFile } from '../../../db/audit/log/bundle/bundle-write.js';
import { sequence } from '../../../db/audit/tree/sequence.js';
import { treeSize } from '../../../db/audit/tree/tree-store.js';
import { createDb, inTransaction } from '../../../db/core/connection.js';
import { bundleOfTrail } from '../../bundles/of-trail.js';
import { NoBundle } from '../../bundles/place.js';
import { requireFree, saveBundle } from '../../bundles/save.js';
import { roleOf } from '../../database.js';
import { openState, originInUse, type SignerState } from '../../signing/state.js';
import { type Command, exitCodes, type Given, onlyWord, Usage, wholeNumber } from '../command.js';
import { type OnProgress, withProgress } from './progress.js';

const signerAt = (dataDir: string): SignerState => {
  const folder = path.join(dataDir, 'audit');
  const origin = originInUse(folder);
  if (origin === null) throw new NoBundle('Nothing was ever signed here: the trail has no bundle yet.');
  return openState(folder, origin);
};

const rangeOf = (given: Given, size: number): { readonly from: number; readonly to: number } => {
  const from = wholeNumber(given.text('from') ?? '0', '--from');
  const to = wholeNumber(given.text('to') ?? String(size), '--to');
  if (to > size) throw new Usage(`The trail has ${size} entries: --to is no more than that.`);
  if (from > to || to < 1) throw new Usage('--from is not beyond --to, and --to is 1 or more.');
  return { from, to };
};

/** Reports progress after each leaf. */
async function* reportingProgress(
  files: AsyncIterable<BundleFile>,
  total: number,
  onProgress: OnProgress,
): AsyncGenerator<BundleFile> {
  let checked = 0;
  onProgress({ checked, total });
  for await (const file of files) {
    yield file;
    if (!file.name.startsWith('leaves/')) continue;
    checked += 1;
    onProgress({ checked, total });
  }
}

export const exportBundle: Command = {
  name: 'export-bundle',
  takes: 'PLACE [--from SIZE] [--to SIZE]',
  says: 'write part of the trail into files that anyone can check without us',
  help: `PLACE is a new folder, or a new file whose name ends with .zip. What is confidential in it is closed by
commitments, but names of those who acted are open: hand it to those who may know. That it was exported is an entry of
the trail. With the embedded database, stop the service first.

  --from SIZE   the size of the trail that the reader holds a checkpoint of; 0 where they hold none (the default)
  --to SIZE     the size up to which they are to have it; all there is where it is left out`,
  options: { from: { type: 'string' }, to: { type: 'string' } },
  async run(given, { say }, { place }) {
    const target = onlyWord(given, 'where to write it: a new folder, or a new ZIP file');
    requireFree(target);
    const at = await place();
    const signer = signerAt(at.dataDir);
    const db = createDb(at.serviceUrl, { max: 2, ...roleOf(at) });
    try {
      // Entries that a stopped service committed but did not place yet belong to the trail too.
      while ((await sequence(db, 1_000)) > 0);
      const range = rangeOf(given, await treeSize(db));
      const now = new Date();
      // Read nothing of the trail before the export is recorded on it.
      const files = await bundleOfTrail(db, signer, range, now);
      await inTransaction(db, (trx) =>
        append(trx, {
          type: 'audit.exported',
          at: now,
          actor: 'system',
          actorName: 'Who runs the service',
          office: null,
          capacity: null,
          subject: 'trail',
          decision: { ...range },
        }),
      );
      await withProgress('Writing', (onProgress) =>
        saveBundle(reportingProgress(files, range.to - range.from, onProgress), target, now),
      );
      say(
        range.from < range.to
          ? `Entries ${range.from} to ${range.to - 1} of ${signer.origin} are in ${target}.`
          : `No entry of ${signer.origin} lies from ${range.from} up to ${range.to}: ${target} says so, and has none.`,
      );
      say(`Check them with: npm run cli -- verify-bundle ${target}`);
    } finally {
      await db.destroy();
    }
    return exitCodes.done;
  },
};
