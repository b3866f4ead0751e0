import { rollbackAll } from '../../db/schema/migrate.js';
import { migrated } from '../database.js';
import { type Command, exitCodes, Usage } from './command.js';

export const migrate: Command = {
  name: 'migrate',
  takes: '',
  says: 'bring the database up to this version',
  help: 'With the embedded database, stop the service first.',
  options: {},
  async run(_given, { say }, { place }) {
    const applied = await migrated(await place());
    say(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'There was nothing to apply.');
    return exitCodes.done;
  },
};

export const rollback: Command = {
  name: 'rollback',
  takes: '--yes',
  says: 'take every migration back; everything stored is lost',
  help: 'With the embedded database, stop the service first.',
  options: { yes: { type: 'boolean' } },
  async run(given, { say }, { place }) {
    if (!given.flag('yes')) throw new Usage('rollback loses everything stored: say so with --yes.');
    const { ownerUrl } = await place();
    const undone = await rollbackAll(ownerUrl);
    say(undone.length > 0 ? `Took back ${undone.join(', ')}.` : 'There was nothing to take back.');
    return exitCodes.done;
  },
};
