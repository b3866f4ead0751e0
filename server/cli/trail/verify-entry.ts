import { verifyEntry as check } from '../../../db/audit/log/bundle/entry-verify.js';
import { type Command, exitCodes, Usage } from '../command.js';
import { keptFile, keptKey } from './kept-file.js';

const named = (file: string) => ({ name: file, bytes: keptFile(file) });

export const verifyEntry: Command = {
  name: 'verify-entry',
  takes: 'LEAF PROOF --key FILE [--values FILE]',
  says: 'check one entry and its proof, with no database and no network',
  help: `LEAF and PROOF are files as a bundle has them: leaves/7.json and proofs/7.tlog-proof. Checked is that the log
signed a trail with this very entry in it, at this very place.

  --key FILE     the log's key (log.vkey)
  --values FILE  values of the entry that were given out (disclosures/7.json): that they are those recorded`,
  options: { key: { type: 'string' }, values: { type: 'string' } },
  run(given, { say }) {
    const [leaf, proof, ...more] = given.words;
    if (leaf === undefined || proof === undefined || more.length > 0) {
      throw new Usage('Say which leaf, and which proof.');
    }
    const values = given.text('values');
    const report = check({
      key: keptKey(given.needed('key')),
      leaf: named(leaf),
      proof: named(proof),
      values: values === undefined ? undefined : named(values),
    });
    const { origin, size } = report.checkpoint;
    say(`It is entry ${report.index} of ${origin}, of ${size} that were signed.`);
    say(`${report.leaf.type}, ${report.leaf.at}`);
    if (report.opened.length > 0) say(`As it was recorded: ${report.opened.join(', ')}.`);
    return Promise.resolve(exitCodes.done);
  },
};
