/** Disposal at the machine itself: by the same rules, by two people who each give their password and a code. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { demoPassword } from '../../../db/demo/accounts.js';
import { ran, type Ran } from '../../support/commands.js';
import { useCouncil } from '../../support/council.js';
import { personId } from '../../support/people.js';
import { withPhone } from '../../support/phone.js';

const council = useCouncil();
const { world } = council;

/** The recovery codes of each person that were not used: the next code of an app would take half a minute. */
const codes = new Map<string, string[]>();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dispose-'));
  // The service’s own, as at the machine itself.
  await writeFile(path.join(folder, 'session-secret'), council.sessionSecret, { mode: 0o600 });
  for (const account of ['democratic.services', 'data.protection', 'auditor', 'host'] as const) {
    codes.set(account, [...(await withPhone(council, account)).recoveryCodes]);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** In twelve years everybody's term and six years more are over. */
const dispose = (
  options: readonly string[],
  as = 'democratic.services',
  password = demoPassword,
): Promise<Ran> =>
  ran(
    ['dispose', '--as', `${as}@council.example`, ...options],
    {
      DATABASE_URL: world.serviceUrl,
      MIGRATION_DATABASE_URL: world.ownerUrl,
      DATA_DIR: folder,
      LOG_LEVEL: 'error',
      CLOCK_OFFSET_DAYS: String(12 * 366),
    },
    (question) => (question.startsWith('Code') ? (codes.get(as)?.pop() ?? '') : password),
  );
const idIn = ({ out }: Ran): string => /^[0-9a-f-]{36}/m.exec(out)?.[0] ?? '';

test('it lists whose data is due, proposes, and has it confirmed by somebody else', async () => {
  const { councillor_id: councillorId } = await world
    .db('people')
    .where({ email: 'lead.member@council.example' })
    .first<{ councillor_id: string }>('councillor_id');
  const listed = await dispose([]);
  expect(listed).toMatchObject({ code: 0, err: '' });
  expect(listed.out).toContain('Requests are kept for 72 months');
  expect(listed.out).toMatch(
    new RegExp(
      `^${councillorId}  Lead Member \\(demonstration\\): \\d+ requests, the entry in the register$`,
      'm',
    ),
  );

  const proposed = await dispose(['--propose', councillorId]);
  expect(proposed).toMatchObject({ code: 0, out: expect.stringContaining('A second person confirms it.') });
  const id = idIn(proposed);
  expect((await dispose([])).out).toContain(`proposed as ${id}`);

  const alone = await dispose(['--confirm', id]);
  expect(alone).toMatchObject({ code: 1, out: '', err: expect.stringContaining('A second person confirms') });
  expect(alone.err).toContain('Council rule: disposal needs two people');
  const [refused] = await search(world.db, {
    subject: `disposal:${id}`,
    type: 'authority.refused',
    limit: 1,
  });
  expect(refused).toMatchObject({
    actor: await personId(world.db, 'democratic.services'),
    decision: { rule: 'two_people', method: 'CLI', route: 'dispose', status: 403 },
  });

  const confirmed = await dispose(['--confirm', id], 'data.protection');
  expect(confirmed).toMatchObject({ code: 0, err: '' });
  expect(confirmed.out).toMatch(/: disposed$[^]*councillors: 1$[^]*values erased on the trail: \d+$/m);
  expect(await world.db('councillors').where({ id: councillorId })).toEqual([]);
  expect((await dispose(['--certificate', id], 'auditor')).out).toBe(confirmed.out);
  expect(await dispose(['--withdraw', id])).toMatchObject({
    code: 1,
    err: expect.stringContaining('already'),
  });
});

test('a person who is not let in sees nothing', async () => {
  expect(await dispose([], 'democratic.services', 'something else')).toEqual({
    code: 1,
    out: '',
    err: 'The e-mail address or the password is not right.',
  });
  expect(await dispose([], 'host')).toMatchObject({ code: 1, out: '' });
});

test.each([
  ['nobody', ['dispose'], '--as is missing'],
  ['an id that is none', ['dispose', '--as', 'a@council.example', '--confirm', 'x'], '--confirm takes an id'],
  [
    'two things at once',
    [
      'dispose',
      '--as',
      'a@council.example',
      '--propose',
      'notifications',
      '--certificate',
      '6f9619ff-8b86-4d01-b42d-00cf4fc964ff',
    ],
    'one thing at a time',
  ],
])('used as %s, it says how to use it', async (_what, args, says) => {
  const { code, err } = await ran(args, {});
  expect(code).toBe(2);
  expect(err).toContain(says);
  expect(err).toContain('Usage: npm run cli -- dispose');
});
