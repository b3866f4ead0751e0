/** `npm run db:types`: migrates a database that it makes for this, and writes db/core/rows/tables.ts from it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createDb } from '../../../../db/core/connection.js';
import { migrateLatest } from '../../../../db/schema/migrate.js';
import { startEmbedded } from '../../../../db/embedded/embedded.js';
import { placeForClusters } from '../../../support/place.js';
import { columnsOf, tableTypes } from './table-types.js';

const dataDir = mkdtempSync(path.join(placeForClusters(), 'ntk-test-'));
try {
  const server = await startEmbedded({ dataDir, fast: true });
  try {
    await migrateLatest(server.ownerUrl);
    const owner = createDb(server.ownerUrl, { max: 1 });
    const text = tableTypes(await columnsOf(owner));
    await owner.destroy();
    writeFileSync(path.resolve(import.meta.dirname, '../../../../db/core/rows/tables.ts'), text);
  } finally {
    await server.stop();
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
