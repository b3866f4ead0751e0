import { createDb } from '../../db/core/connection.js';
import { firstOffices } from '../../policies/account/first-account.js';
import { linkHours } from '../../policies/account/link.js';
import { numberOf } from '../../policies/core/words/number-of.js';
import { createAccount as make } from '../account/create-account.js';
import { clockOf, loadConfig, type Config } from '../config.js';
import { migrated, roleOf } from '../database.js';
import { paths } from '../web/paths.js';
import { accentsSay } from '../web/schema/fault-words.js';
import { email as emailSchema, hasPlainName, text } from '../web/schema/schemas.js';
import { type Command, exitCodes, type Given, Usage } from './command.js';
import { systemUser } from './system-user.js';

/** Where people find the service, as the start would print it. */
const addressOf = ({ baseUrl, host, port }: Config): string => {
  const called = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  return baseUrl ?? `http://${called.includes(':') ? `[${called}]` : called}:${port}`;
};

const recoveryOf = (given: Given) => {
  if (given.flag('recover')) return { by: given.needed('by'), reasons: given.needed('reason') };
  if (given.text('by') !== undefined || given.text('reason') !== undefined) {
    throw new Usage('--by and --reason go with --recover.');
  }
  return null;
};

const askedFor = (given: Given) => {
  const name = given.needed('name').trim();
  const email = given.needed('email').trim();
  const office = firstOffices.find((each) => each === given.needed('office'));
  if (!text(200).safeParse(name).success) throw new Usage('--name takes a name.');
  if (!hasPlainName(email)) throw new Usage(`--email: ${accentsSay}.`);
  if (!emailSchema.safeParse(email).success) throw new Usage('--email takes an e-mail address.');
  if (!office) throw new Usage(`--office takes ${firstOffices.join(' or ')}.`);
  return { name, email, office, breakGlass: given.flag('break-glass'), recovery: recoveryOf(given) };
};

export const createAccount: Command = {
  name: 'create-account',
  takes: `--name NAME --email EMAIL --office ${firstOffices.join('|')} [--break-glass] [--recover --by NAME --reason TEXT]`,
  says: 'make the account of the first administrator, or of the first Monitoring Officer',
  help: `It prints a link with which the person sets their password: it works once, for ${numberOf(linkHours, 'hour')}, and is kept nowhere.
Run it once for the first administrator and once for the first Monitoring Officer, with two people; everybody else is
made on the pages. Once an administrator can sign in it refuses, unless it recovers the service: that is recorded, and
told to every administrator and the Monitoring Officer. With the embedded database, stop the service first.

  --name NAME        the person's name
  --email EMAIL      the address with which they sign in
  --office OFFICE    ${firstOffices.join(' or ')}
  --break-glass      it is the account for emergencies: where the council has its own sign-in, it alone has a password;
                     one account is, and this one takes the place of any other
  --recover          an administrator can sign in, and this is done all the same
  --by NAME          who says so
  --reason TEXT      why`,
  options: {
    name: { type: 'string' },
    email: { type: 'string' },
    office: { type: 'string' },
    'break-glass': { type: 'boolean' },
    recover: { type: 'boolean' },
    by: { type: 'string' },
    reason: { type: 'string' },
  },
  async run(given, { say }, { env, place }) {
    if (given.words.length > 0) throw new Usage('Say with an option what is wanted.');
    const asked = askedFor(given);
    const config = loadConfig(env());
    const opened = await place();
    await migrated(opened);
    const db = createDb(opened.serviceUrl, { max: 2, ...roleOf(opened) });
    try {
      const token = await make({ db, now: clockOf(config) }, { ...asked, systemUser: systemUser() });
      say(new URL(paths.setPassword(token), addressOf(config)).href);
    } finally {
      await db.destroy();
    }
    return exitCodes.done;
  },
};
