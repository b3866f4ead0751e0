/** The pages of reported texts: the link beside a text, the report, the list, and what two people make of it. */
import { beforeAll, expect, test } from '@jest/globals';
import { paths } from '../../../server/web/paths.js';
import { useCouncil } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';

const council = useCouncil();
const as = readersOf(council);
const named = 'Pellucidar Oakenshawe of Lark Rise was seen.';
const reasons = 'It says who a child is.';
let line: Line;
beforeAll(async () => {
  line = await Line.submitted(council);
  expectOk(await line.speak('childrens.services', named, { considered: ['name'] }));
});

const linkIn = (html: string): string =>
  (/href="([^"]+redactions\/new[^"]+)"/.exec(html)?.[1] ?? '').replaceAll('&amp;', '&');

test('a text is reported from beside it, hidden at once, and erased by two people on their pages', async () => {
  const services = await as('democratic.services');
  const discussion = paths.discussion(line.reference);
  const before = await services.open(discussion);
  expect(before.text).toContain(named);
  const link = linkIn(before.html);
  expectRefused(await fillIn(services, link, { reasons: '' }), 422, 'Enter the reasons');
  expectRefused(
    await fillIn(services, link, { reasons: named, considered: 'name' }),
    422,
    'without repeating the text',
  );
  const reported = await fillIn(services, link, { reasons });
  expect(reported.text).toMatch(/has been reported\. It is hidden\..*Hidden.*It says who a child is/);
  expect((await services.open(discussion)).text).toContain('This text is hidden while Data Protection');
  expect((await services.open(discussion)).html).not.toContain('Oakenshawe');

  const list = await (await as('data.protection')).open(paths.redactions);
  expect(list.html).not.toContain('Oakenshawe');
  const confirm = /href="(\/retention\/redactions\/[^"]+\/confirm)"/.exec(list.main)?.[1] ?? '';
  const back = confirm.replace('confirm', 'put-back');
  for (const by of ['legal', 'monitoring.officer', 'childrens.services', 'democratic.services'])
    expect([by, (await (await as(by)).open(back)).status]).toEqual([by, 403]);
  for (const by of ['scrutiny.chair', 'host', 'auditor', 'administrator'])
    expect([by, (await (await as(by)).open(confirm)).status]).toEqual([by, 404]);
  const protection = await as('data.protection');
  expect((await protection.open(confirm)).text).toContain(named);
  expectRefused(await fillIn(protection, confirm, {}), 422, 'Confirm that you know this cannot be undone');
  const first = await fillIn(protection, confirm, { understood: 'true' });
  expect(first.text).toMatch(/confirmation has been recorded.*Confirmed first/);
  expect((await protection.open(confirm)).text).toContain('you have confirmed it yourself');
  const second = await fillIn(await as('legal'), confirm, { understood: 'true' });
  expect(second.text).toContain('Erased');
  expect((await services.open(discussion)).text).toContain('This text was erased after a report');
});

test('the councillor reports the reasons of the decision from the notice, and Data Protection put them back', async () => {
  const refused = await Line.readyForLegal(council);
  expectOk(
    await refused.decide('refuse', {
      reasons: 'The duty is not one of Pellucidar Oakenshawe.',
      considered: ['name'],
    }),
  );
  const chair = await as('scrutiny.chair');
  const notice = await chair.open(paths.notice(refused.reference));
  const reported = await fillIn(chair, linkIn(notice.html), { reasons });
  expect(reported.text).toContain('has been reported');
  expect(reported.main).not.toContain('/confirm');
  expect((await chair.open(paths.notice(refused.reference))).text).toContain('This text is hidden while');
  const protection = await as('data.protection');
  const list = await protection.open(paths.redactions);
  const back = /href="(\/retention\/redactions\/[^"]+\/put-back)"/.exec(list.main)?.[1] ?? '';
  expect((await fillIn(protection, back, { reasons: 'It names an officer.' })).text).toContain(
    'has been put back',
  );
  expect((await chair.open(paths.notice(refused.reference))).text).toContain('Oakenshawe');
});
