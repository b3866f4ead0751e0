/** The pages of tokens: the list, making one, revoking one. */
import { expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { Reader, readerOf } from '../../support/browser-less.js';
import { useCouncil } from '../../support/council.js';
import { demoPassword } from '../../../db/demo/accounts.js';
import { expectRefused } from '../../support/officers.js';
import { callWith, madeToken } from '../../support/tokens.js';

const council = useCouncil();

const until = (days: number) => {
  const [year = '', month = '', day = ''] = addDays(londonDate(council.clock), days).split('-');
  return { 'expires-day': day, 'expires-month': month, 'expires-year': year };
};

test('an auditor makes a token, which is shown once and works, and revokes it', async () => {
  const reader = await readerOf(council.server, 'auditor');
  await reader.open(paths.newToken);
  const made = await reader.submit({ name: 'The witness of the county', scope: 'trail', ...until(30) });
  expect(made.status).toBe(200);
  const [token = ''] = /ntk_[\w-]{49}/.exec(made.text) ?? [];
  expect((await callWith(council, token, '/api/audit?limit=1')).status).toBe(200);
  const list = await reader.open(paths.tokens);
  expect(list.text).toContain('The witness of the county Works');
  expect(list.text).not.toContain(token);
  const [, revoke = ''] = /href="(\/tokens\/[0-9a-f-]+\/revoke)"/.exec(list.html) ?? [];
  await reader.open(revoke);
  const after = await reader.submit({});
  expect(after.text).toContain('The token has been revoked.');
  expect(after.text).toContain('Revoked');
  expect((await callWith(council, token, '/api/audit?limit=1')).status).toBe(401);
});

test('the form sent twice makes one token: the second time its name is in use', async () => {
  const reader = await readerOf(council.server, 'auditor');
  const page = await reader.open(paths.newToken);
  const typed = { name: 'The witness of the borough', scope: 'trail', ...until(30) };
  await reader.submit(typed, page);
  expectRefused(await reader.submit(typed, page), 422, /You have a token of this name already/);
  const list = await reader.open(paths.tokens);
  expect(list.text.match(/The witness of the borough Works/g)).toHaveLength(1);
});

test('somebody who has not proved lately who they are does so first, and what was typed is kept', async () => {
  const reader = await readerOf(council.server, 'democratic.services');
  const then = council.clock;
  council.clock = new Date(then.getTime() + 16 * 60_000);
  await reader.open(paths.newToken);
  const asked = await reader.submit({ name: 'The committee system', ...until(30) });
  expect(asked.path).toContain(paths.prove);
  const back = await reader.submit({ password: demoPassword });
  expect(back.html).toContain('The committee system');
  const made = await reader.submit();
  expect(made.text).toMatch(/ntk_[\w-]{49}/);
});

test('a form without its parts says what is missing, beside what was typed', async () => {
  const reader = await readerOf(council.server, 'auditor');
  await reader.open(paths.newToken);
  const missing = await reader.submit({ name: '' });
  expectRefused(missing, 422);
  await reader.open(paths.newToken);
  const late = await reader.submit({ name: 'For too long', scope: 'bundle', ...until(400) });
  expectRefused(late, 422, /Enter a day from today to \d/);
  expect(late.html).toContain('For too long');
});

test('an administrator finds the tokens of others under their account, and revokes one', async () => {
  const { token } = await madeToken(council, 'register.import');
  const reader = new Reader(council.server);
  await reader.open(paths.signIn);
  await reader.submit({ email: 'administrator@council.example', password: demoPassword });
  expect((await reader.open(paths.account)).html).toContain(`href="${paths.tokens}"`);
  const list = await reader.open(paths.tokens);
  expect(list.html).not.toContain(`href="${paths.newToken}"`);
  const [, revoke = ''] = /href="(\/tokens\/[0-9a-f-]+\/revoke)"/.exec(list.html) ?? [];
  await reader.open(revoke);
  expect((await reader.submit({})).text).toContain('The token has been revoked.');
  expect((await callWith(council, token, '/api/councillors/import', { method: 'POST' })).status).toBe(401);
  // Who keeps none is not led there.
  const legal = await readerOf(council.server, 'legal');
  expect((await legal.open(paths.account)).html).not.toContain(`href="${paths.tokens}"`);
  expect((await legal.open(paths.tokens)).status).toBe(404);
});
