import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '../..');

/** Unpacked by a process of its own, since only there can TMPDIR say where to. */
const unpackedInto = async (folder: string): Promise<string> => {
  const unpack =
    "import('@sparticuz/chromium').then(async (m) => console.log(await m.default.executablePath()))";
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', unpack], {
    env: { ...process.env, TMPDIR: folder },
  });
  return stdout.trim();
};

/** Where this version of Chromium stands once it was unpacked. It goes with the packages. */
const keptAt = (): string => {
  const file = path.join(root, 'node_modules/@sparticuz/chromium/package.json');
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  return path.join(root, 'node_modules/.cache/chromium', version);
};

/**
 * Where Chromium is: as npm ships it, or what CHROME_PATH names. To unpack it takes seconds, so it is kept beside the
 * packages; where nothing can be written there, it is in the folder that is given. It comes to its place whole, so
 * that nobody starts half of it.
 */
const chromiumIn = async (folder: string): Promise<string> => {
  const named = process.env['CHROME_PATH'];
  if (named) return named;
  const kept = keptAt();
  const program = path.join(kept, 'chromium');
  if (existsSync(program)) return program;
  const unpacked = await unpackedInto(folder);
  const own = `${kept}.${process.pid}`;
  try {
    await mkdir(path.dirname(kept), { recursive: true });
    await cp(path.dirname(unpacked), own, { recursive: true });
    await chmod(path.join(own, 'chromium'), 0o755);
    await rename(own, kept);
    return program;
  } catch {
    // Another was quicker, or the packages belong to somebody else.
    await rm(own, { recursive: true, force: true });
    return unpacked;
  }
};

/** A headless Chromium; its own files are in that folder. */
export const launch = async (folder: string): Promise<Browser> =>
  chromium.launch({
    executablePath: await chromiumIn(folder),
    // No sandbox: as root Chromium starts with none. The rest keeps it from calling home.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
    headless: true,
  });
