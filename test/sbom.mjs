/**
 * `npm run --silent sbom`: prints the bill of materials (CycloneDX) of what the service is shipped with, from the lock
 * file. `npm sbom --omit dev` would leave out what something of development needs as well: so npm is asked about a copy of
 * the lock file without development.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const read = (name) => JSON.parse(readFileSync(path.join(root, name), 'utf8'));
const { devDependencies: _dev, ...shipped } = read('package.json');
const lock = read('package-lock.json');
const { devDependencies: _locked, ...top } = lock.packages[''];
const packages = Object.entries(lock.packages).filter(([name, { dev }]) => name !== '' && !dev);

const folder = mkdtempSync(path.join(tmpdir(), 'sbom-'));
try {
  // The bill has its name from the folder.
  const place = path.join(folder, shipped.name);
  mkdirSync(place);
  writeFileSync(path.join(place, 'package.json'), JSON.stringify(shipped));
  const locked = { ...lock, packages: { '': top, ...Object.fromEntries(packages) } };
  writeFileSync(path.join(place, 'package-lock.json'), JSON.stringify(locked));
  const asked = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--package-lock-only'];
  const bill = execFileSync('npm', asked, { cwd: place, maxBuffer: 64 * 1024 * 1024, encoding: 'utf8' });
  process.stdout.write(bill);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
