import { createDb } from '../../db/core/connection.js';
import { settingsInForce } from '../../db/settings/settings.js';
import { Invalid } from '../../policies/core/refusals.js';
import { numberOf } from '../../policies/core/words/number-of.js';
import type { FeedMember } from '../../policies/register/register-feed.js';
import { leftReasons, quietDays, type LeftReason } from '../../policies/register/unattended.js';
import { clockOf, loadConfig } from '../config.js';
import { roleOf } from '../database.js';
import { readUpload } from '../register/feed/read-upload.js';
import { importUnattended, itself, type Outcome } from '../register/feed/import-unattended.js';
import { type Command, exitCodes, onlyWord } from './command.js';
import { feedFrom, NoFeed } from './feed-source.js';
import { systemUser } from './system-user.js';

const left: Readonly<Record<LeftReason, string>> = {
  gone: 'in the register and not in office by the file',
  doubtful: 'whose number has another name now',
  namesake: 'who may be new, and may be somebody of that name',
  address: 'with the e-mail address of somebody else',
  membership: 'whose membership would begin, return, be shorter or end',
};

/** What was done in numbers, a line for each; nobody is named. */
const linesOf = (outcome: Outcome): string[] => {
  const { added, changed } = outcome;
  const leaves = leftReasons.filter((why) => outcome[why] > 0);
  if (added + changed === 0 && leaves.length === 0) return ['The register is as the file has it.'];
  return [
    `Taken over: ${numberOf(added, 'new member')}, changes of ${numberOf(changed, 'member')}.`,
    ...leaves.map((why) => `Left for Democratic Services: ${numberOf(outcome[why], 'member')} ${left[why]}.`),
  ];
};

/** So many faults of a file are shown at most. */
const mostFaults = 10;

/** @throws NoFeed with the faults, by field and place; never what stood there */
const membersIn = (file: Parameters<typeof readUpload>[0]): FeedMember[] => {
  try {
    return readUpload(file);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const faults = error.errors.slice(0, mostFaults).map(({ field, message }) => `  ${field}: ${message}`);
    const more = error.errors.length - faults.length;
    throw new NoFeed(
      [error.message, ...faults, ...(more > 0 ? [`  and ${numberOf(more, 'fault')} more`] : [])].join('\n'),
    );
  }
};

export const importRegister: Command = {
  name: 'import-register',
  takes: 'FILE|URL [--type TYPE]',
  says: 'hold the file of the committee system against the register each night, and take over what leaves nothing to judge',
  help: `For a nightly run. It reads ModernGov’s GetCouncillorsByWard or a CSV file, and compares it as the page of the
import does. New members and plain changes are taken over. Nobody’s membership begins anew, is shortened or ends by it: who is
gone, who may be somebody else, and an address that somebody else has are left for Democratic Services. They get a mail with
the numbers and a link, and none where nothing differs; of the same differences again after ${numberOf(quietDays, 'day')}. The trail records it as the
service’s own, with the user of the operating system who runs it. With the embedded database, stop the service first, or
send the file with a token to POST /api/councillors/import.

  FILE         a file that ends in .xml or .csv
  URL          an address: https, or http of this machine. It follows to no other host
  --type TYPE  what it is, where neither ending nor answer says so: application/xml or text/csv

It ends with 0 where the file was compared, whether or not something was left for people; with 1 where there was no file,
or one that cannot be read: then nothing has changed.`,
  options: { type: { type: 'string' } },
  async run(given, { say }, { env, place }) {
    const source = onlyWord(given, 'a file or an address');
    const config = loadConfig(env(), 'command');
    const feed = membersIn(await feedFrom(source, given.text('type')));
    const opened = await place();
    const db = createDb(opened.serviceUrl, { max: 2, ...roleOf(opened) });
    try {
      const { settings } = await settingsInForce(db);
      const doing = { actor: itself(systemUser()), now: clockOf(config), settings };
      const { outcome } = await importUnattended(db, doing, feed);
      for (const line of linesOf(outcome)) say(line);
    } finally {
      await db.destroy();
    }
    return exitCodes.done;
  },
};
