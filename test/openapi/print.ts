/** Writes the contract, as it is published, into the file that the command names. */
import { writeFileSync } from 'node:fs';
import { openapi } from '../../server/web/contract/openapi.js';
import { routes } from '../../server/routes.js';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Name the file to write.');
writeFileSync(file, JSON.stringify(openapi(routes), null, 2));
