/** Commands for the person who runs the service: `npm run cli -- migrate`. */
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { EmbeddedFault } from '../db/embedded.js';
import { rollbackAll } from '../db/migrate.js';
import { MissingRoles } from '../db/roles.js';
import { ConfigFault, environment, loadConfig } from './config.js';
import { findDatabase, migrated, type DatabasePlace } from './database.js';

const HELP = `Usage: npm run cli -- <command>

  migrate              bring the database up to this version
  rollback --yes       take every migration back; everything stored is lost

The settings are those of the service (see the README). With the embedded database, stop the service first.
`;

interface Options {
  readonly yes: boolean;
}

const commands: Readonly<Record<string, (place: DatabasePlace, options: Options) => Promise<string>>> = {
  async migrate(place) {
    const applied = await migrated(place);
    return applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'There was nothing to apply.';
  },
  async rollback(place, { yes }) {
    if (!yes) throw new Usage('rollback loses everything stored: say so with --yes.');
    const undone = await rollbackAll(place.ownerUrl);
    return undone.length > 0 ? `Took back ${undone.join(', ')}.` : 'There was nothing to take back.';
  },
};

class Usage extends Error {}

async function main(args: string[]): Promise<number> {
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, yes: { type: 'boolean' } },
    });
    const [name, ...rest] = positionals;
    if (values.help || name === undefined) {
      process.stdout.write(HELP);
      return values.help ? 0 : 2;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command || rest.length > 0) throw new Usage(`There is no command "${positionals.join(' ')}".`);
    const config = loadConfig(environment());
    const place = await findDatabase(
      config,
      pino({ level: config.logLevel === 'info' ? 'error' : config.logLevel }),
    );
    try {
      process.stdout.write(`${await command(place, { yes: values.yes === true })}\n`);
    } finally {
      await place.stop();
    }
    return 0;
  } catch (error) {
    const isUsage = error instanceof Usage || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    const isMendable = [ConfigFault, EmbeddedFault, MissingRoles].some((kind) => error instanceof kind);
    if (!isUsage && !isMendable) throw error;
    process.stderr.write(`${(error as Error).message}\n${isUsage ? `\n${HELP}` : ''}`);
    return isUsage ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
