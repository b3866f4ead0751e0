/**
 * What a person has read is what they mark or release (need-to-know.md, section 5): a change since is refused. What is done
 * once about an access request is not written over; and advice is erased by nobody who erases ordinary words.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { londonDate } from '../../../policies/core/time/london.js';
import { paths } from '../../../server/web/paths.js';
import { Access, secondOfDataProtection } from '../../support/access.js';
import { readerOf } from '../../support/browser-less.js';
import { conflictOf } from '../../support/conflicts.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { foundRow } from '../../support/found-row.js';
import { expectOk, Line } from '../../support/line.js';
import { behindTheApi, byRule, personId } from '../../support/people.js';

const council = useCouncil();
const post = async (by: Account, path: string, body: object = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body);

let access: Access;
beforeAll(async () => {
  await secondOfDataProtection(council);
  await Line.submitted(council);
  const { councillorId } = await council.as('scrutiny.chair');
  access = await Access.recorded(council, councillorId, londonDate(council.clock));
  await access.markAll();
}, 120_000);

const another = { mark: 'withhold', exemption: 'management' };
const somePassage = async () => {
  const found = (await access.passages()).find(({ kind }) => kind === 'requests');
  if (!found) throw new Error('Nothing is held.');
  return found;
};

describe('a release', () => {
  test('of what was read is refused where a mark has changed since, and done once it was read again', async () => {
    const { fingerprint } = expectOk(await access.read('auditor')).body;
    expectOk(await access.put((await somePassage()).id, another));
    const refused = await access.post('release', { fingerprint }, 'auditor');
    expect(refused).toMatchObject(byRule(409, 'access_marks_changed'));
    const again = expectOk(await access.read('auditor')).body;
    expect(again.fingerprint).not.toBe(fingerprint);
    expect((await access.post('release', { fingerprint: 'x' }, 'auditor')).status).toBe(422);
    // On the page: of what was read before the page was opened.
    const reader = await readerOf(council.server, 'auditor');
    await reader.open(paths.access(access.id));
    const marked = (await access.passages()).find(({ kind }) => kind === 'people');
    expectOk(await access.put(marked?.id ?? '', another));
    const stale = await reader.open(`${paths.releaseAccess(access.id)}?read=${again.fingerprint}`);
    expect(stale.text).toContain('has changed since you read it');
  });
});

describe('a mark', () => {
  test('of a passage that has changed since it was read is refused', async () => {
    const passage = await somePassage();
    const refused = await access.put(passage.id, { ...another, fingerprint: '0'.repeat(32) });
    expect(refused).toMatchObject(byRule(409, 'access_passage'));
    expectOk(await access.put(passage.id, { ...another, fingerprint: passage.fingerprint }));
  });
});

test('who marks or releases says what they have read', async () => {
  const { id } = await somePassage();
  const protection = await council.as('data.protection');
  const names = { status: 422, body: { errors: [expect.objectContaining({ field: 'fingerprint' })] } };
  expect(await protection.put(`${access.path}/passages/${id}`, another)).toMatchObject(names);
  expect(await access.post('release', {}, 'auditor')).toMatchObject(names);
});

describe('what is done once', () => {
  const change = (table: string, where: object, changed: object) =>
    behindTheApi(council.world.db, (trx) => trx(table).where(where).update(changed));

  test('keeps who extended a request and why, beside when', async () => {
    expectOk(await access.post('extend', { reasons: 'It covers many years.' }));
    const by = await personId(council.world.db, 'auditor');
    const at = new Date(council.clock.getTime() + 1000);
    for (const changed of [{ extended_by: by }, { extended_reasons: 'Another.' }, { extended_at: at }])
      await expect(change('access_requests', { id: access.id }, changed)).rejects.toMatchObject({
        constraint: 'access_requests_kept',
      });
  });

  test('keeps why a conflict was contested, settled and ended', async () => {
    const line = await Line.submitted(council);
    const about = conflictOf('legal', 'complaint', { reference: line.reference });
    const { id } = expectOk(await post('democratic.services', '/api/conflicts', about)).body as {
      id: string;
    };
    const kept = (changed: object) =>
      expect(change('conflicts', { id }, changed)).rejects.toMatchObject({ constraint: 'conflicts_kept' });
    const why = { reasons: 'It was of another person.' };
    expectOk(await post('legal', `/api/conflicts/${id}/contest`, why));
    await kept({ contest_reasons: 'Another.' });
    expectOk(await post('monitoring.officer', `/api/conflicts/${id}/settle`, { outcome: 'upheld', ...why }));
    await kept({ settle_reasons: 'Another.' });
    await kept({ settle_authority: 'Another.' });
    expectOk(await post('monitoring.officer', `/api/conflicts/${id}/end`, why));
    await kept({ end_reasons: 'Another.' });
    await kept({ end_authority: 'Another.' });
  });

  test('keeps when time closed a request, and what was decided afresh after a review', async () => {
    const { db } = council.world;
    const overtaken = await Line.submitted(council);
    const where = { reference: overtaken.reference };
    const passed = { status: 'time_passed', due_on: null, time_passed_at: new Date('2099-01-01') };
    await expect(change('requests', where, { time_passed_at: new Date('2099-01-02') })).rejects.toMatchObject(
      {
        constraint: 'requests_time_passed',
      },
    );
    await change('requests', where, passed);
    await expect(change('requests', where, { time_passed_at: new Date('2099-01-02') })).rejects.toMatchObject(
      {
        constraint: 'requests_time_passed',
      },
    );
    const numberOf = async ({ reference }: Line): Promise<number> =>
      (await foundRow(db('requests').where({ reference }).first('id'))).id;
    const refused = await Line.assessed(council, {}, { scope: { answer: 'open_ended' } });
    expectOk(await refused.decide('refuse', { grounds: ['roving_commission'] }));
    expectOk(await post('scrutiny.chair', `${refused.path}/review`, { reasons: 'The scope was named.' }));
    const review = { request_id: await numberOf(refused) };
    await change('reviews', review, { afresh_id: await numberOf(overtaken) });
    await expect(change('reviews', review, { afresh_id: null })).rejects.toMatchObject({
      constraint: 'reviews_kept',
    });
  });
});

describe('privileged advice', () => {
  test('stays where an ordinary text with the same words is reported and erased', async () => {
    const line = await Line.submitted(council);
    const words = 'Quenby words that both of them have, as it happens.';
    expectOk(await line.speak('legal', words, { privileged: true }));
    expectOk(await line.speak('childrens.services', words));
    const { items } = expectOk(await (await council.as('legal')).get(`${line.path}/discussion`)).body;
    const { id } = (items as { id: string; text: string; privileged: boolean }[]).find(
      (each) => !each.privileged && each.text === words,
    ) ?? { id: '' };
    const of = { kind: 'discussion', id, field: 'text' };
    const report = expectOk(
      await post('legal', '/api/redactions', { of, reasons: 'It says who somebody is.' }),
    ).body.id as string;
    const said = async () =>
      (await council.world.db('discussion').where({ text: words }).select('privileged')) as object[];
    expect(await said()).toEqual([{ privileged: true }]);
    await access.markAll();
    await access.released('auditor');
    expectOk(await post('data.protection', `/api/redactions/${report}/confirm`));
    expectOk(await post('childrens.services', `/api/redactions/${report}/confirm`));
    expect(await said()).toEqual([{ privileged: true }]);
  });
});
