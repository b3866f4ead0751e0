/**
 * What becomes of the marks of a subject access request (need-to-know.md, section 5): a mark is of a text as it was when it
 * was weighed, and privileged advice is erased by nobody without Legal or the Monitoring Officer.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { confirmRedaction } from '../../../db/redaction/redactions.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { Access, secondOfDataProtection } from '../../support/access.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { behindTheApi, byRule, personId } from '../../support/people.js';

const council = useCouncil();
const post = async (by: Account, path: string, body: object = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const confirm = (by: Account, id: string): Promise<Answer> => post(by, `/api/redactions/${id}/confirm`);

const advice = 'Zabernathy advice: the claim would fail on its facts.';
const named = 'Zabernathy question: who was there on Tuesday?';

let line: Line;
let access: Access;
beforeAll(async () => {
  await secondOfDataProtection(council);
  line = await Line.submitted(council);
  expectOk(await line.speak('legal', advice, { privileged: true }));
  expectOk(await line.speak('childrens.services', named));
  const { councillorId } = await council.as('scrutiny.chair');
  access = await Access.recorded(council, councillorId, londonDate(council.clock));
}, 120_000);

/** Reports a contribution to the discussion. @returns the id of the report */
const reported = async (text: string): Promise<string> => {
  const { body } = expectOk(await (await council.as('legal')).get(`${line.path}/discussion`));
  const { id } = body.items.find((item: { text: string }) => item.text === text);
  const of = { kind: 'discussion', id, field: 'text' };
  return expectOk(await post('legal', '/api/redactions', { of, reasons: 'It says who somebody is.' })).body
    .id;
};

describe('a passage whose text changed after it was marked', () => {
  test('has lost its mark: the file is not released until it is weighed again', async () => {
    await access.markAll();
    const [before] = (await access.passages()).filter(({ text }) => text === named);
    expect(before?.marked).toMatchObject({ mark: 'withhold' });
    expect((await access.read()).body.unmarked).toBe(0);

    // Hidden after a report, as anybody who reads it may ask.
    const report = await reported(named);
    const hidden = (await access.passages()).find(({ id }) => id === before?.id);
    expect(hidden?.text).toMatch(/^This text is hidden/);
    expect(hidden?.marked).toBeNull();
    await access.markAll(before?.id);
    expect((await access.read()).body.unmarked).toBe(1);
    const refused = await access.release('auditor');
    expect(refused).toMatchObject(byRule(409, 'access_unmarked'));
    expect(refused.body.detail).toContain('1 has none');

    // A new mark is of the text as it is now.
    const withheld = { mark: 'withhold', exemption: 'rights_of_others' };
    expectOk(await access.put(before?.id ?? '', withheld));
    expect((await access.passages()).find(({ id }) => id === before?.id)?.marked).toMatchObject(withheld);

    // Put back, it says again what it said, and what was said of the hidden one does not hold for it.
    expectOk(
      await post('data.protection', `/api/redactions/${report}/put-back`, { reasons: 'It names nobody.' }),
    );
    const back = (await access.passages()).find(({ id }) => id === before?.id);
    expect([back?.text, back?.marked]).toEqual([named, null]);
    expect(await access.release('auditor')).toMatchObject(byRule(409, 'access_unmarked'));
  });
});

// After the release: until then nothing of the councillor is erased.
describe('privileged advice', () => {
  test('is erased only with Legal or the Monitoring Officer as one of the two, and once the file is released', async () => {
    const id = await reported(advice);
    const held = await confirm('data.protection', id);
    expect(held).toMatchObject(byRule(409, 'redaction_held'));
    await access.markAll();
    await access.released();
    expectOk(await confirm('data.protection', id));
    const two = await confirm('auditor', id);
    expect(two).toMatchObject(byRule(409, 'redaction_privilege'));
    const by = await personId(council.world.db, 'auditor');
    const acting = { office: 'data_protection', capacity: 'authorised', deputyFor: null } as const;
    await expect(
      behindTheApi(council.world.db, (trx) => confirmRedaction(trx, id, { by, acting, at: council.clock })),
    ).rejects.toMatchObject({ constraint: 'redactions_privilege' });
    expect((await confirm('monitoring.officer', id)).body).toMatchObject({ status: 'erased', text: null });
  });
});
