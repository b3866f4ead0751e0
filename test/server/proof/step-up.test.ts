/** Who signs, decides or confirms has proved lately who they are: step-up. */
import { describe, expect, test } from '@jest/globals';
import { demoPassword } from '../../../db/demo/accounts.js';
import { paths } from '../../../server/web/paths.js';
import { Reader, readerOf } from '../../support/browser-less.js';
import { sockets, useCouncil } from '../../support/council.js';
import { reason } from '../../support/line.js';
import { byRule, lineAt, personId, stepsOf, storedOf } from '../../support/people.js';
import { period } from '../../support/code-at.js';
import { cameInAs, withPhone, type Browser } from '../../support/phone.js';
import { ruleOf, ruleSays } from '../../../policies/core/rules.js';

const council = useCouncil();
const minute = 60_000;
const later = (by: number): void => {
  council.clock = new Date(council.clock.getTime() + by);
};
const post = (browser: Browser, path: string, body: object = {}) =>
  browser.post(path).agent(sockets).send(body);
const seat = {
  version: 1,
  office: 'childrens_services',
  outcome: 'agree',
  reasons: reason,
  noConflict: true,
};
const decision = { version: 1, outcome: 'approve', reasons: reason, grounds: [], noConflict: true };
const signaturesOf = async (reference: string) => (await storedOf(council.world.db, reference)).signOffs;
const lastOf = async (reference: string) => (await stepsOf(council.world.db, reference)).at(-1);

describe('a sign-off', () => {
  test('is refused without a fresh proof, by the rule step_up, and is still offered; nothing is signed', async () => {
    const line = await lineAt(council, 'discussed');
    const browser = await cameInAs(council, 'childrens.services');
    later(15 * minute);
    const refused = await post(browser, `${line.path}/sign-offs`, seat);
    expect(refused).toMatchObject(byRule(403, 'step_up'));
    expect(refused.body.authority).toMatch(/^Council rule: /u);
    expect(await signaturesOf(line.reference)).toEqual([]);
    expect(await lastOf(line.reference)).toMatchObject({
      type: 'authority.refused',
      decision: { rule: 'step_up', status: 403 },
    });
    const { body } = await browser.get(line.path).agent(sockets);
    expect(body.can).toContain('sign_off');
  });

  test('goes through just after signing in, and its entry says how the person proved themselves', async () => {
    const line = await lineAt(council, 'discussed');
    const browser = await cameInAs(council, 'childrens.services');
    later(15 * minute - 1);
    expect((await post(browser, `${line.path}/sign-offs`, seat)).status).toBe(201);
    expect(await lastOf(line.reference)).toMatchObject({
      type: 'request.signed',
      decision: { outcome: 'agree', proof: 'passphrase' },
    });
  });

  test('goes through after the password was given once more, in that session and no other', async () => {
    const line = await lineAt(council, 'discussed');
    const [browser, other] = [
      await cameInAs(council, 'childrens.services'),
      await cameInAs(council, 'childrens.services'),
    ];
    later(20 * minute);
    const wrong = await post(browser, '/api/session/step-up', { password: 'not the password' });
    expect(wrong).toMatchObject({ ...byRule(422, 'proof'), body: { errors: [{ field: 'password' }] } });
    expect(await post(browser, `${line.path}/sign-offs`, seat)).toMatchObject(byRule(403, 'step_up'));
    const proved = await post(browser, '/api/session/step-up', { password: demoPassword });
    const until = new Date(council.clock.getTime() + 15 * minute).toISOString();
    expect(proved).toMatchObject({ status: 200, body: { proof: 'passphrase', until } });
    expect(await post(other, `${line.path}/sign-offs`, seat)).toMatchObject(byRule(403, 'step_up'));
    expect((await post(browser, `${line.path}/sign-offs`, seat)).status).toBe(201);
  });
});

describe('who has an app for codes', () => {
  test('proves themselves by a code: the password is none, and the entry says which it was', async () => {
    const line = await lineAt(council, 'ready');
    const { browser, code, recoveryCodes } = await withPhone(council, 'legal');
    later(20 * minute);
    expect(await post(browser, `${line.path}/decision`, decision)).toMatchObject(byRule(403, 'step_up'));
    expect(await post(browser, '/api/session/step-up', { password: demoPassword })).toMatchObject({
      ...byRule(422, 'proof'),
      body: { errors: [{ field: 'code' }] },
    });
    const now = code();
    expect((await post(browser, '/api/session/step-up', { code: now })).body.proof).toBe('totp');
    expect((await post(browser, '/api/session/step-up', { code: now })).status).toBe(422);
    expect((await post(browser, `${line.path}/decision`, decision)).status).toBe(201);
    const proofs = (await stepsOf(council.world.db, line.reference))
      .filter(({ type }) => ['request.decided', 'grant.made'].includes(type))
      .map(({ decision: coded }) => coded?.['proof']);
    expect(proofs).toEqual(['totp', 'totp']);

    const other = await lineAt(council, 'ready');
    later(20 * minute);
    await post(browser, '/api/session/step-up', { code: recoveryCodes[0] });
    expect((await post(browser, `${other.path}/decision`, decision)).status).toBe(201);
    expect((await lastOf(other.reference))?.decision).toMatchObject({ proof: 'recovery' });
  });

  test('changes how they prove themselves with a fresh proof alone', async () => {
    const { browser } = await withPhone(council, 'lead.member');
    later(15 * minute);
    for (const path of ['/api/me/codes', '/api/me/codes/recovery'])
      expect(await post(browser, path)).toMatchObject(byRule(403, 'step_up'));
    expect(await post(browser, '/api/me/codes/confirm', { code: '123456' })).toMatchObject(
      byRule(409, 'codes'),
    );
  });

  test('is slowed when they guess, in their own session, and told of it; others of theirs go on', async () => {
    const { browser, code } = await withPhone(council, 'coopted.member');
    later(period);
    const guess = () => post(browser, '/api/session/step-up', { code: '000000' });
    for (let tries = 0; tries < 5; tries += 1) expect((await guess()).status).toBe(422);
    expect(await guess()).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    const person = await personId(council.world.db, 'coopted.member');
    const told = await council.world.db('messages').where({ to_person: person, kind: 'sign_in_slowed' });
    expect(told).toHaveLength(1);
    expect((await browser.get('/api/me').agent(sockets)).status).toBe(200);
    const again = await cameInAs(council, 'coopted.member', { code: code() });
    later(period);
    expect((await post(again, '/api/session/step-up', { code: code() })).status).toBe(200);
  });
});

describe('on a page', () => {
  const typed =
    'Typed with care over ten minutes, and to be kept: the duty is named and the reasons are given.';

  test('what was typed is kept, the proof is asked for, and the form comes back filled in', async () => {
    const line = await lineAt(council, 'discussed');
    const reader = await readerOf(council.server, 'democratic.services');
    await reader.open(paths.sign(line.reference, 'democratic_services'));
    later(20 * minute);
    const asked = await reader.submit({ outcome: 'agree', reasons: typed, noConflict: 'true' });
    expect(asked.path).toMatch(/^\/prove\?returnTo=/);
    expect(asked.headings).toEqual(['Prove that it is you']);
    expect(asked.html).not.toContain(typed);
    expect(await signaturesOf(line.reference)).toHaveLength(0);

    const wrong = await reader.submit({ password: 'not the password' });
    expect(wrong.status).toBe(422);
    expect(wrong.errors[0]).toEqual({ href: '#password', text: 'This password is not right' });
    expect(wrong.html).not.toContain('not the password');
    const nothing = await reader.submit({ password: '' });
    expect(nothing.errors[0]).toEqual({ href: '#password', text: 'Enter your password' });

    const back = await reader.submit({ password: demoPassword });
    expect(back.path).toContain(paths.sign(line.reference, 'democratic_services'));
    expect(back.text).toContain('Nothing has been sent yet. What you typed is back.');
    expect(back.form.fields).toMatchObject({ outcome: 'agree', reasons: typed, noConflict: 'true' });
    await reader.submit();
    const [signed] = await signaturesOf(line.reference);
    expect(signed).toMatchObject({ office: 'democratic_services', outcome: 'agree' });
    expect(await lastOf(line.reference)).toMatchObject({ decision: { proof: 'passphrase' } });
  });

  test('what was confirmed of the words is kept with them, and nobody is asked twice about one text', async () => {
    const line = await lineAt(council, 'discussed');
    const reader = await readerOf(council.server, 'democratic.services');
    await reader.open(paths.sign(line.reference, 'democratic_services'));
    const reasons = `${typed} We spoke to Zdenka Hruskova.`;
    const marked = await reader.submit({ outcome: 'agree', reasons, noConflict: 'true' });
    expect(marked.html).toContain('<mark>Zdenka Hruskova</mark>');
    later(20 * minute);
    const asked = await reader.submit({ considered: 'name' }, marked);
    expect(asked.headings).toEqual(['Prove that it is you']);
    const back = await reader.submit({ password: demoPassword });
    expect(back.form.fields).toMatchObject({ reasons, considered: 'name' });
    await reader.submit();
    expect(await signaturesOf(line.reference)).toHaveLength(1);
    expect((await lastOf(line.reference))?.decision).toMatchObject({ considered: ['name'] });
    // A form that is opened afresh has nothing confirmed.
    const fresh = await reader.open(paths.discussion(line.reference));
    expect(fresh.form.fields).not.toHaveProperty('considered');
    expect((await reader.submit({ text: 'We spoke to Zdenka Hruskova.' })).html).toContain('<mark>');
  });

  test('the proof is asked for again where it has grown old on the page to check', async () => {
    const line = await lineAt(council, 'discussed');
    const reader = await readerOf(council.server, 'childrens.services');
    reader.stopsToCheck = true;
    await reader.open(paths.sign(line.reference, 'childrens_services'));
    const check = await reader.submit({ outcome: 'agree', reasons: typed, noConflict: 'true' });
    expect(check.isToCheck).toBe(true);
    later(20 * minute);
    const asked = await reader.send(check.forms[0] ?? check.form);
    expect(asked.headings).toEqual(['Prove that it is you']);
    const back = await reader.submit({ password: demoPassword });
    expect(back.form.fields).toMatchObject({ reasons: typed });
    expect(await signaturesOf(line.reference)).toEqual([]);
  });

  test('a rule that refuses anyway says so first: nobody proves themselves for nothing', async () => {
    const line = await lineAt(council, 'submitted');
    const browser = await cameInAs(council, 'childrens.services');
    later(20 * minute);
    expect(await post(browser, `${line.path}/sign-offs`, seat)).toMatchObject({ status: 409 });
  });

  test('the password of the proof is kept nowhere, even where the session ends meanwhile', async () => {
    const { db } = council.world;
    const reader = await readerOf(council.server, 'legal.second');
    await reader.open(`${paths.prove}?returnTo=${encodeURIComponent(paths.protocol)}`);
    await db('runtime.sessions').delete();
    const before = (await db('runtime.unsent_forms')).length;
    const asked = await reader.submit({ password: demoPassword });
    expect(asked.path).toMatch(/^\/sign-in\?returnTo=/);
    expect((await db('runtime.unsent_forms')).length).toBe(before);
    const back = await reader.submit({ email: 'legal.second@council.example', password: demoPassword });
    expect(back.path).toContain(paths.prove);
    expect((await reader.submit({ password: demoPassword })).path).toBe(paths.protocol);
  });

  test('nobody is led to another site', async () => {
    const reader = await readerOf(council.server, 'legal.second');
    await reader.open(`${paths.prove}?returnTo=${encodeURIComponent('//elsewhere.example/')}`);
    expect((await reader.submit({ password: demoPassword })).path).toBe(paths.requests);
  });
});

describe('signing in by page', () => {
  test('asks for the code in a second step, and sends no password back', async () => {
    const phone = await withPhone(council, 'monitoring.officer');
    const reader = new Reader(council.server);
    await reader.open(`${paths.signIn}?returnTo=${encodeURIComponent(paths.protocol)}`);
    const email = 'monitoring.officer@council.example';
    const second = await reader.submit({ email, password: demoPassword });
    expect(second.headings).toEqual(['Enter your code']);
    expect(second.html).not.toContain(demoPassword);
    expect((await reader.submit({ code: '' })).errors[0]?.href).toBe('#code');
    const wrong = await reader.submit({ code: '000000' });
    expect(wrong.errors[0]).toEqual({
      href: '#code',
      text: 'This code is not right. A code works once: wait for the next one.',
    });
    later(period);
    expect((await reader.submit({ code: phone.code() })).path).toBe(paths.protocol);
  });

  test('begins anew where the second step came too late, or its note is none of ours', async () => {
    const phone = await withPhone(council, 'monitoring.officer.deputy');
    const email = 'monitoring.officer.deputy@council.example';
    const secondStep = async () => {
      const reader = new Reader(council.server);
      await reader.open(paths.signIn);
      await reader.submit({ email, password: demoPassword });
      return reader;
    };
    const slow = await secondStep();
    later(10 * minute);
    expect((await slow.submit({ code: phone.code() })).text).toContain('This took too long.');
    const forged = await secondStep();
    later(period);
    const sheet = await forged.submit({ note: 'bm90IG91cnM', code: phone.code() });
    expect(sheet.text).toContain('This took too long.');
  });
});

test('the rule explains itself: what to do, and that it is the council’s own', () => {
  expect(ruleSays('step_up')).toContain('Enter your password, or a code');
  expect(ruleOf('step_up').authority).toMatch(/^Council rule: /u);
});
