/** The pages of retention: data that is due, legal holds, and disposal by two people. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { paths } from '../../../server/web/paths.js';
import type { FormOnPage, Sheet } from '../../support/browser-less.js';
import { useCouncil } from '../../support/council.js';
import { beyondTheirTime, type BeyondTheirTime } from '../../support/keeping.js';
import { Line } from '../../support/line.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';

const council = useCouncil();
let as = readersOf(council);
const formWith = (page: Sheet, fields: Readonly<Record<string, string>>): FormOnPage => {
  const found = page.forms.find((form) =>
    Object.entries(fields).every(([name, value]) => form.fields[name] === value),
  );
  if (!found) throw new Error(`${page.path} has no form with ${JSON.stringify(fields)}: ${page.text}`);
  return found;
};
const reasons = 'A claim was announced, and this may be asked for.';

describe('a legal hold', () => {
  let line: Line;
  let lift = '';
  beforeAll(async () => {
    line = await Line.submitted(council);
  });

  test('is placed from the request; the page names missing fields and keeps the typed text', async () => {
    const legal = await as('legal');
    const request = await legal.open(paths.request(line.reference));
    const link = `${paths.newHold}?reference=${line.reference}`;
    expect(request.html).toContain(`href="${link}"`);
    expectRefused(await fillIn(legal, link, { reasons: '' }), 422, 'Enter the reasons');
    const both = await fillIn(legal, paths.newHold, { reasons });
    expectRefused(both, 422, 'Enter a reference or select a councillor, not both');
    expect(both.form.fields['reasons']).toBe(reasons);
    const unknown = await fillIn(legal, paths.newHold, { reference: 'OBS-2026-9999', reasons });
    expectRefused(unknown, 422, 'There is no such request that you may see');
    const listed = await fillIn(legal, link, { reasons });
    expect(listed.status).toBe(200);
    expect(listed.text).toMatch(new RegExp(`has been placed.*${line.reference}\\s+Stands.*${reasons}`));
    lift = /href="(\/retention\/holds\/[^"]+\/lift)"/.exec(listed.main)?.[1] ?? '';
  });

  test('people who may read it do; Legal, the Monitoring Officer and Data Protection place and lift it', async () => {
    const keeper = await as('democratic.services');
    const list = await keeper.open(paths.holds);
    expect(list.text).toContain(line.reference);
    expect(list.main).not.toMatch(/\/lift"|holds\/new/);
    expect((await keeper.open(paths.newHold)).status).toBe(403);
    expect((await keeper.open(lift)).status).toBe(403);
    expect((await keeper.open(paths.request(line.reference))).html).not.toContain(paths.newHold);
    for (const by of ['scrutiny.chair', 'host', 'auditor']) {
      const reader = await as(by);
      for (const path of [paths.holds, paths.newHold, lift])
        expect([by, path, (await reader.open(path)).status]).toEqual([by, path, 404]);
      expect((await reader.open(paths.request(line.reference))).html).not.toContain(paths.newHold);
    }
  });

  test('is lifted once, with reasons, and shown with those that were', async () => {
    const protection = await as('data.protection');
    expectRefused(await fillIn(protection, lift, { reasons: '' }), 422, 'Enter the reasons');
    const listed = await fillIn(protection, lift, { reasons: 'The claim was settled.' });
    expect(listed.text).toMatch(/has been lifted.*No hold stands\./);
    const all = await protection.open(`${paths.holds}?show=all`);
    expect(all.text).toMatch(/Lifted.*The claim was settled\./);
    expect((await protection.open(lift)).text).toContain('You cannot do this now.');
  });
});

describe('data kept to the end of its time', () => {
  let whose: BeyondTheirTime;
  let proposal = '';
  beforeAll(async () => {
    // Somebody else's, whose notifications are as old.
    await Line.submitted(council, {}, 'scrutiny.member');
    whose = await beyondTheirTime(council, 'scrutiny.chair');
    as = readersOf(council);
  });

  test('is proposed from the list by Democratic Services alone', async () => {
    const protection = await (await as('data.protection')).open(paths.retention);
    expect(protection.text).toContain(`${whose.name} 2 requests: Due Due Democratic Services propose it`);
    expect(protection.main).not.toContain('<form');
    const keeper = await as('democratic.services');
    const list = await keeper.open(paths.retention);
    expect(list.text).toMatch(/requests?, with everything .* 6 years .* 12 months/i);
    expect(list.text).not.toContain(whose.reference);
    const mine = formWith(list, { councillor: whose.councillorId });
    const shown = await keeper.send(mine);
    expect(shown.headings).toEqual(['A proposed disposal']);
    expect(shown.text).toContain(`What is due of ${whose.name}`);
    expect(shown.text).toContain('You proposed this: a second person confirms it.');
    expect(shown.main).not.toContain('/confirm"');
    proposal = shown.path;
    // The same form once more leads where it led, and does nothing; another one is refused.
    expect((await keeper.send(mine)).path).toBe(proposal);
    const { _once: _key, ...anew } = mine.fields;
    expectRefused(await keeper.send({ ...mine, fields: anew }), 409, /proposed/);
    expect((await keeper.open(paths.retention)).main).toContain(`href="${proposal}"`);
  });

  test('is confirmed by a second person who says that they have looked, and the certificate names nobody', async () => {
    expect((await (await as('democratic.services')).open(`${proposal}/confirm`)).text).toContain(
      'You cannot do this now.',
    );
    const protection = await as('data.protection');
    expect((await protection.open(proposal)).main).toContain(`href="${proposal}/confirm"`);
    expectRefused(await fillIn(protection, `${proposal}/confirm`, {}), 422, 'cannot be undone');
    const done = await fillIn(protection, `${proposal}/confirm`, { understood: 'true' });
    expect([done.path, done.headings]).toEqual([proposal, ['Certificate of disposal']]);
    expect(done.text).toMatch(/Requests 2 .*Values of the audit trail \d+/);
    expect(done.text).not.toContain(whose.name);
    expect(done.text).not.toMatch(/ [a-z]+_[a-z]+ /);
    expect((await protection.open(paths.disposals)).text).toMatch(
      /What was due of one councillor.*Disposed of/,
    );
    expect((await protection.open(paths.retention)).text).not.toContain(whose.name);
  });

  test('of notifications is proposed and taken back', async () => {
    const keeper = await as('democratic.services');
    const list = await keeper.open(paths.retention);
    const shown = await keeper.send(formWith(list, { target: 'notifications' }));
    expect(shown.text).toMatch(/Notifications of before \d+ \w+ \d{4}/);
    const back = await fillIn(keeper, `${shown.path}/withdraw`, {});
    expect(back.text).toContain('Taken back');
    expect((await keeper.open(paths.disposals)).text).toContain('Taken back');
  });

  test('has no page for people who are not responsible; an auditor reads nobody’s name', async () => {
    for (const by of ['scrutiny.member', 'host', 'childrens.services']) {
      const reader = await as(by);
      for (const path of [paths.retention, paths.disposals, proposal, `${proposal}/confirm`])
        expect([by, path, (await reader.open(path)).status]).toEqual([by, path, 404]);
      // Children’s Services read reports of texts there, and nothing of what is kept.
      const links = [...(await reader.open('/')).html.matchAll(/href="(\/retention[^"]*)"/g)].map(
        ([, to]) => to,
      );
      expect([by, links]).toEqual([by, by === 'childrens.services' ? [paths.redactions] : []]);
    }
    const auditor = await as('auditor');
    expect((await auditor.open('/')).html).toContain(`href="${paths.disposals}"`);
    expect((await auditor.open(proposal)).status).toBe(200);
    expect((await auditor.open(paths.retention)).status).toBe(404);
  });
});
