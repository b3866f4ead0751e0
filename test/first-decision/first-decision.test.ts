/** `npm run demo:council`: a council comes from an empty database to its first decision, and not without a second person. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { isLong } from '../support/long.js';

const ran = async (...args: string[]) => {
  const { PATH, HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, ['test/first-decision/run.mjs', ...args], {
    env: { PATH, HOME, TMPDIR },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], out, err] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  return { code: Number(code), out, err };
};

test('a council gets from an empty database to its first decision by commands, calls and mail', async () => {
  const { code, out, err } = await ran();
  expect([code, err.replaceAll(/^(?:Another start is .*|Building .*|Built in .*)\n/gm, '')]).toEqual([0, '']);
  const steps = out.match(/^ +\d+\.\d s {2}\S.*$/gm) ?? [];
  expect(out).toContain(`The first decision is made: ${steps.length} steps in`);
  expect(steps.at(-2)).toContain('The member, who is told by mail, reads the decision');
}, 180_000);

/** The same guard is tried call by call in server/office/lone-administrator; the whole way is walked at length. */
const unconfirmed = async () => {
  const { code, out, err } = await ran('--unconfirmed');
  expect(code).toBe(1);
  expect(err).toMatch(/^Failed at the step: Democratic Services import the register[^]*"status": 40[34]/m);
  expect(out).not.toContain('submits');
};
if (isLong) {
  test(
    'where no second person confirms the offices it ends before the first request, and says at which step',
    unconfirmed,
    180_000,
  );
}
