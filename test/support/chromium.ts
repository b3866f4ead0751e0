import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

/**
 * Where Chromium is: as npm ships it, or what CHROME_PATH names. It is unpacked by a process of its own,
 * since only there can TMPDIR say where to; the folder is this run's alone, so that no two users meet in it.
 */
const chromiumIn = async (folder: string): Promise<string> => {
  const named = process.env['CHROME_PATH'];
  if (named) return named;
  const unpack =
    "import('@sparticuz/chromium').then(async (m) => console.log(await m.default.executablePath()))";
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', unpack], {
    env: { ...process.env, TMPDIR: folder },
  });
  return stdout.trim();
};

/** A headless Chromium, unpacked into that folder. */
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
