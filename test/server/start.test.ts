/** `npm start` as it is: built, with a database of its own, from nothing to the first page and back to nothing. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from '@jest/globals';

let folder: string | undefined;
let service: ChildProcess | undefined;
afterAll(async () => {
  if (service?.exitCode === null) service.kill('SIGKILL');
  if (folder) await rm(folder, { recursive: true, force: true });
});

test('the built service names settings that are not used, comes up with a page, its styles and its scripts, signs its trail, and stops on request', async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'start-'));
  // PostgreSQL runs as another user where this is root, and has to come through to its own folder.
  await chmod(folder, 0o711);
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['server/start.mjs'], {
    env: {
      PATH,
      HOME,
      PORT: '0',
      DATA_DIR: path.join(folder, 'data'),
      LOG_LEVEL: 'info',
      METRICS_PORT: '9464',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  service = child;
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  let address: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    said += `${line}\n`;
    address = /"address":"([^"]+)".*"msg":"ready"/.exec(line)?.[1];
    if (address) break;
  }
  if (!address) throw new Error(`It did not come up: ${said}`);
  child.stdout.resume();
  // A name: passkeys work at none that is a bare address.
  expect(address).toMatch(/^http:\/\/localhost:\d+$/);

  // What is set in vain is named before it is missed.
  expect(said).toMatch(/"level":40,.*"msg":"METRICS_PORT is set, and the service does not use it yet/);
  expect(said).not.toContain('OIDC_');
  expect((await fetch(`${address}/readyz`)).status).toBe(200);
  const page = await fetch(`${address}/sign-in`);
  expect(page.status).toBe(200);
  const html = await page.text();
  const parts = [...html.matchAll(/(?:href|src)="(\/[^"]+\.(?:css|js|mjs|svg)[^"]*)"/g)].map(
    ([, to = '']) => to,
  );
  expect(parts.length).toBeGreaterThanOrEqual(3);
  for (const part of parts.filter((each) => each !== undefined)) {
    const answer = await fetch(address + part);
    expect([part, answer.status]).toEqual([part, 200]);
    // A script's own imports as well.
    const imported = part.endsWith('pages.mjs') ? [...(await answer.text()).matchAll(/'(\.[^']+)'/g)] : [];
    if (part.endsWith('pages.mjs')) expect(imported.length).toBe(3);
    for (const [, from = ''] of imported) {
      const there = new URL(from, address + part);
      expect([from, (await fetch(there)).status]).toEqual([from, 200]);
    }
  }

  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect([code, said]).toEqual([0, said]);
  expect((await readdir(path.join(folder, 'data/audit'), { recursive: true })).join(' ')).toContain(
    'signed.json',
  );
}, 180_000);
