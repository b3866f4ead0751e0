/** A sequencer in a process of its own, to be killed: places three entries a round and says so after each. */
import { sequence } from '../../db/audit/tree/sequence.js';
import { createDb } from '../../db/core/connection.js';

const db = createDb(process.argv[2] as string, { max: 1 });
for (;;) {
  if ((await sequence(db, 3)) > 0) process.stdout.write('.');
}
