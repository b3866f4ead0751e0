import { verifyBundle as check, type BundleReport } from '../../../db/audit/log/bundle/bundle-verify.js';
import { openBundle } from '../../bundles/open.js';
import { type Command, exitCodes, onlyWord } from '../command.js';
import { keptFile, keptKey } from './kept-file.js';
import { withProgress } from './progress.js';

const lines = ({ from, to, counts, keyPinned, oldCheckpointHeld, ...report }: BundleReport): string[] => [
  from < to
    ? `Everything in it holds: entries ${from} to ${to - 1} of ${report.newCheckpoint.origin}.`
    : `It holds, and has no entries: it was asked for from ${from} up to ${to} of ${report.newCheckpoint.origin}.`,
  `It grew from ${report.oldCheckpoint.size} to ${report.newCheckpoint.size} entries, and nothing before was changed.`,
  `${counts.opened} values are open and are those recorded; ${counts.erased} were erased, ${counts.withheld} withheld.`,
  ...(keyPinned
    ? []
    : ['The bundle brought its own key. Compare it with one from elsewhere (--key):', `  ${report.key}`]),
  ...(oldCheckpointHeld ? [] : ['The old checkpoint is the bundle’s own: give the one you kept (--held).']),
];

export const verifyBundle: Command = {
  name: 'verify-bundle',
  takes: 'BUNDLE [--key FILE] [--held FILE]',
  says: 'check an exported part of the trail, with no database and no network',
  help: `BUNDLE is a folder or a ZIP file. Checked are the signatures, that nothing signed before was changed,
that every entry is there and in its place, and that every value given is the one recorded. The first thing that
is wrong is named, with its file.

  --key FILE    the log's key, as you have it from elsewhere (log.vkey)
  --held FILE   the signed checkpoint that you kept`,
  options: { key: { type: 'string' }, held: { type: 'string' } },
  async run(given, { say }) {
    const place = onlyWord(given, 'which bundle to check: a folder or a ZIP file');
    const [key, held] = [given.text('key'), given.text('held')];
    const bundle = await openBundle(place);
    try {
      const report = await withProgress('Checking', (onProgress) =>
        check(bundle, {
          onProgress,
          pinnedKey: key === undefined ? undefined : keptKey(key),
          heldCheckpoint: held === undefined ? undefined : keptFile(held),
        }),
      );
      for (const line of lines(report)) say(line);
    } finally {
      bundle.close();
    }
    return exitCodes.done;
  },
};
