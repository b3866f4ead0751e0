/**
 * A name that was typed is taken out again (need-to-know.md, section 6a): hidden at once by anyone who reads it, erased
 * by two people, one of them Data Protection, and not while a legal hold covers it; every proof still holds.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { search } from '../../db/audit/search.js';
import { verifyBundle } from '../../db/audit/log/bundle/bundle-verify.js';
import { treeSize } from '../../db/audit/tree/tree-store.js';
import { confirmRedaction, putTextBack } from '../../db/redaction/redactions.js';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import { bundleOfTrail } from '../../server/bundles/of-trail.js';
import { paths } from '../../server/web/paths.js';
import { useCouncil, type Account, type Answer } from '../support/council.js';
import { columnsWith } from '../support/leaks.js';
import { expectOk, Line } from '../support/line.js';
import { behindTheApi, byRule, notFound, personId } from '../support/people.js';
import { readyToVisit } from '../support/visiting.js';
import { textOf } from '../support/told.js';

const council = useCouncil();
const { world } = council;

const canary = 'Zabernathyq';
const named = `Quillon ${canary} of Lark Rise was seen by the team.`;
const reasons = 'It says who a child is.';

const post = async (by: Account, path: string, body: object = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const get = async (by: Account, path: string): Promise<Answer> => (await council.as(by)).get(path);
const report = (by: Account, of: object, more: object = {}): Promise<Answer> =>
  post(by, '/api/redactions', { of, reasons, ...more });
const confirm = (by: Account, id: string): Promise<Answer> => post(by, `/api/redactions/${id}/confirm`);
const discussionOf = async (line: Line, by: Account = 'legal'): Promise<string[]> =>
  expectOk(await get(by, `${line.path}/discussion`)).body.items.map(({ text }: { text: string }) => text);
const found = async (): Promise<string[]> =>
  (await columnsWith(world.open(world.superuserUrl), [canary])).toSorted();
const mails = async (kind: string): Promise<string[]> => {
  const rows: { email: string }[] = await world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ kind })
    .orderBy('p.email')
    .select('p.email');
  return rows.map(({ email }) => email.split('@')[0] ?? '');
};

/** The bundle of the whole trail, verified as an outsider does. */
const bundle = async () => {
  await council.place();
  const to = await treeSize(world.db);
  const files = new Map<string, Buffer>();
  for await (const file of await bundleOfTrail(world.db, council.signer, { from: 0, to }, council.clock))
    files.set(file.name, file.bytes);
  const verified = await verifyBundle(
    {
      read: (name) => Promise.resolve(files.get(name) ?? null),
      list: (folder) => Promise.resolve([...files.keys()].filter((name) => name.startsWith(folder))),
    },
    { pinnedKey: council.signer.vkey },
  );
  return { to, verified, text: [...files.values()].map(String).join('') };
};

/** A request whose discussion and whose sign-off name a child in the same words. */
const withName = async (): Promise<{ line: Line; of: { kind: string; id: string; field: string } }> => {
  const line = await Line.assessed(council);
  await line.discuss();
  expectOk(await line.speak('childrens.services', named, { considered: ['name'] }));
  expectOk(await line.sign('childrens_services', { reasons: named, considered: ['name'] }));
  const { body } = await get('legal', `${line.path}/discussion`);
  const { id } = body.items.find(({ text }: { text: string }) => text === named);
  return { line, of: { kind: 'discussion', id, field: 'text' } };
};

/** As if our rules had let it pass: what the database says to it. */
const behind = async (
  work: (trx: Knex.Transaction, by: string) => Promise<unknown>,
  account: Account,
): Promise<unknown> => {
  const by = await personId(world.db, account);
  return behindTheApi(world.db, async (trx) => {
    await work(trx, by);
  }).then(
    () => 'It was not refused.',
    (error: { constraint?: string; cause?: { constraint?: string } }) =>
      error.constraint ?? error.cause?.constraint ?? error,
  );
};
const acting = (office: 'data_protection' | 'legal') =>
  ({ office, capacity: 'principal', deputyFor: null }) as const;

describe('a child’s name in the discussion', () => {
  let line: Line;
  let of: { kind: string; id: string; field: string };
  let id: string;
  let before: string[];
  beforeAll(async () => {
    ({ line, of } = await withName());
    before = await found();
  });

  test('is reported by nobody who cannot read it, and with reasons that do not repeat it', async () => {
    expect(before).toEqual(['audit.secret.value', 'public.discussion.text', 'public.sign_offs.reasons']);
    const absent = { status: 422, body: { rule: 'redaction_text', errors: [{ field: 'of' }] } };
    for (const by of ['scrutiny.chair', 'host', 'auditor', 'administrator', 'data.protection'] as const)
      expect([by, await report(by, of)]).toMatchObject([by, absent]);
    for (const other of [
      { ...of, field: 'person_id' },
      { ...of, kind: 'person' },
      { ...of, id: '00000000-0000-4000-8000-000000000000' },
    ])
      expect(await report('legal', other)).toMatchObject(absent);
    expect(await report('legal', of, { reasons: `It says: ${named}`, considered: ['name'] })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'reasons' }] },
    });
    expect(await report('legal', of, { reasons: 'Call 07700 900123.' })).toMatchObject(
      byRule(422, 'personal_data'),
    );
    expect(await discussionOf(line)).toContain(named);
  });

  test('is hidden at once wherever it stands, and Data Protection are told', async () => {
    const reported = await report('democratic.services', of);
    expect(reported).toMatchObject({
      status: 201,
      body: { of, status: 'hidden', reference: line.reference, text: null },
    });
    ({ id } = reported.body);
    expect((await discussionOf(line)).at(-1)).toMatch(
      /^This text is hidden while Data Protection look at a report/,
    );
    expect(await found()).toEqual(['audit.hidden.value', 'public.redactions.said']);
    const page = await (await council.as('legal')).get(paths.discussion(line.reference));
    expect(textOf(page)).not.toContain(canary);
    expect(await mails('text_reported')).toEqual(['data.protection']);
    expect(
      (await search(world.db, { subject: line.reference, type: 'redaction.reported', limit: 1 }))[0],
    ).toMatchObject({
      reasons,
    });
    expect(await report('legal', of)).toMatchObject(byRule(409, 'redaction_reported'));
    expect((await bundle()).text).not.toContain(canary);
  });

  test('is weighed by Data Protection and by those who read it before, and each look is recorded', async () => {
    expect((await get('data.protection', `/api/redactions/${id}`)).body).toMatchObject({
      text: named,
      can: ['confirm', 'put_back'],
    });
    expect((await search(world.db, { subject: line.reference, limit: 1 }))[0]).toMatchObject({
      type: 'redaction.read',
      decision: { redaction: id, text: true },
    });
    expect((await get('legal', `/api/redactions/${id}`)).body).toMatchObject({
      text: named,
      can: ['confirm'],
    });
    expect((await get('data.protection', '/api/redactions')).body.items[0]).toMatchObject({ id, text: null });
    for (const by of ['scrutiny.chair', 'host', 'auditor', 'administrator'] as const) {
      expect([by, await get(by, `/api/redactions/${id}`)]).toMatchObject([by, notFound]);
      expect((await get(by, '/api/redactions')).body.items).toEqual([]);
    }
  });

  test('is erased by two people, one of them Data Protection', async () => {
    expect((await confirm('legal', id)).body).toMatchObject({
      status: 'hidden',
      confirmed: { by: { office: 'legal' } },
    });
    expect(await confirm('legal', id)).toMatchObject(byRule(403, 'redaction_two_people'));
    expect(await confirm('monitoring.officer', id)).toMatchObject(byRule(409, 'redaction_data_protection'));
    for (const by of ['scrutiny.chair', 'host', 'auditor'] as const)
      expect((await confirm(by, id)).status).toBe(404);
    expect(
      await behind(
        (trx, by) => confirmRedaction(trx, id, { by, acting: acting('legal'), at: council.clock }),
        'legal.second',
      ),
    ).toBe('redactions_data_protection');
    expect((await confirm('data.protection', id)).body).toMatchObject({
      status: 'erased',
      text: null,
      can: [],
    });
    expect(await confirm('data.protection', id)).toMatchObject(byRule(409, 'redaction_over'));
    expect(await mails('text_erased')).toEqual(['childrens.services', 'democratic.services']);
  });

  test('is then in no table, message, log line, page or bundle, and every proof holds', async () => {
    expect(await found()).toEqual([]);
    expect((await discussionOf(line)).at(-1)).toMatch(/^This text was erased after a report/);
    for (const path of [
      paths.discussion(line.reference),
      paths.request(line.reference),
      `${paths.trail}?subject=${line.reference}`,
    ])
      expect(textOf(await (await council.as('democratic.services')).get(path))).not.toContain(canary);
    expect(council.lines.join('')).not.toContain(canary);
    const { to, verified, text } = await bundle();
    expect(verified).toMatchObject({ from: 0, to });
    expect(text).not.toContain(canary);
  });

  test('leaves the request to go on: the others sign, and Legal approves', async () => {
    expectOk(await line.sign('democratic_services'));
    expectOk(await line.decide('approve'));
  });
});

describe('a redaction asked for under a legal hold', () => {
  test('hides the text, and erases it only once the hold is lifted', async () => {
    const { line, of } = await withName();
    const { body } = await report('legal', of);
    const hold = await post('legal', '/api/holds', {
      reference: line.reference,
      reasons: 'A claim was announced.',
    });
    expect(await confirm('data.protection', body.id)).toMatchObject(byRule(409, 'redaction_held'));
    expect((await confirm('data.protection', body.id)).body.authority).toContain('section 173');
    expect(
      await behind(
        (trx, by) =>
          confirmRedaction(trx, body.id, { by, acting: acting('data_protection'), at: council.clock }),
        'data.protection',
      ),
    ).toBe('redaction_held');
    expect((await discussionOf(line)).at(-1)).not.toContain(canary);
    expect(await found()).toEqual(['audit.hidden.value', 'public.redactions.said']);
    expectOk(await post('legal', `/api/holds/${hold.body.id}/lift`, { reasons: 'The claim was settled.' }));
    expectOk(await confirm('data.protection', body.id));
    expect(
      await behind(
        (trx, by) =>
          confirmRedaction(trx, body.id, { by, acting: acting('data_protection'), at: council.clock }),
        'data.protection',
      ),
    ).toBe('redactions_two_people');
    expect((await confirm('legal', body.id)).body.status).toBe('erased');
    expect(await found()).toEqual([]);
  });
});

describe('a report that was wrong', () => {
  test('is put back by Data Protection alone, with reasons, as it was, on the trail as well', async () => {
    const { line, of } = await withName();
    const all = await found();
    const { body } = await report('legal', of);
    const back = (by: Account, said = 'It names an officer.'): Promise<Answer> =>
      post(by, `/api/redactions/${body.id}/put-back`, { reasons: said });
    expect(await back('legal')).toMatchObject(byRule(403, 'office'));
    expect(await back('data.protection', ' ')).toMatchObject({ status: 422 });
    expect(
      await behind(
        (trx, by) =>
          putTextBack(trx, body.id, {
            by,
            acting: acting('legal'),
            at: council.clock,
            reasons: 'It is no name.',
          }),
        'legal',
      ),
    ).toBe('redactions_confirmer');
    expect((await back('data.protection')).body).toMatchObject({
      status: 'put_back',
      putBackReasons: 'It names an officer.',
    });
    expect(await discussionOf(line)).toContain(named);
    expect(await found()).toEqual(all);
    const { to, verified } = await bundle();
    expect(verified).toMatchObject({ to });
    expect(await back('data.protection')).toMatchObject(byRule(409, 'redaction_over'));
    expect((await mails('text_put_back')).toSorted()).toEqual(['childrens.services', 'legal']);
  });
});

test('a question after a visit is reported by the councillor who reads it, and erased', async () => {
  const today = londonDate(council.clock);
  const walk = await readyToVisit(council, {
    date: addDays(today, 8),
    window: { from: addDays(today, 1), to: addDays(today, 28) },
  });
  walk.at('11:45');
  expectOk(await walk.attended());
  expectOk(
    await walk.post('questions', { kind: 'question', text: named, considered: ['name'] }, 'scrutiny.chair'),
  );
  const [question] = (await get('host', walk.path)).body.questions as { id: string }[];
  const of = { kind: 'question', id: question?.id ?? '', field: 'text' };
  expect((await report('auditor', of)).status).toBe(422);
  const { body } = await report('scrutiny.chair', of);
  expect(body).toMatchObject({ status: 'hidden', reference: walk.grant.line.reference, can: [] });
  expect((await get('scrutiny.chair', `/api/redactions/${body.id}`)).body).toMatchObject({
    id: body.id,
    text: null,
  });
  expectOk(await confirm('data.protection', body.id));
  expect((await confirm('childrens.services', body.id)).body.status).toBe('erased');
  expect((await get('host', walk.path)).body.questions[0].text).toMatch(/^This text was erased/);
  expect((await found()).filter((place) => place.startsWith('public.visit'))).toEqual([]);
});

test('nobody changes a text past the functions of a redaction', async () => {
  const { line } = await withName();
  const changed = { reasons: 'Something else.' };
  await expect(world.db('sign_offs').where({ reasons: named }).update(changed)).rejects.toThrow(
    /permission denied/,
  );
  await expect(world.owner('sign_offs').where({ reasons: named }).update(changed)).rejects.toMatchObject({
    constraint: 'sign_offs_kept',
  });
  await expect(world.db.raw(`insert into runtime.redacting values (pg_current_xact_id())`)).rejects.toThrow(
    /permission denied/,
  );
  await expect(world.db.raw(`select audit.forget(gen_random_uuid())`)).rejects.toThrow(/permission denied/);
  expect(await discussionOf(line)).toContain(named);
});

describe('a short text that reads as a code', () => {
  test('hides no answer, no state and nothing else that is coded, when its author reports it', async () => {
    const line = await Line.assessed(
      council,
      { alternatives: 'yes' },
      { collateral_purpose: { answer: 'yes', reason: 'It is for a campaign.' } },
    );
    const before = (await get('legal', `${line.path}/assessment`)).body;
    const { body: request } = await get('scrutiny.chair', line.path);
    expect(request.alternatives).toBe('yes');
    const of = { kind: 'request', id: `${line.reference}/1`, field: 'content.alternatives' };
    expect(await report('scrutiny.chair', of)).toMatchObject({ status: 201, body: { status: 'hidden' } });
    const { body: hidden } = await get('scrutiny.chair', line.path);
    expect(hidden.alternatives).toMatch(/^This text is hidden/);
    const { findings, answers, outcome } = (await get('legal', `${line.path}/assessment`)).body;
    expect({ findings, answers, outcome }).toEqual({
      findings: before.findings,
      answers: before.answers,
      outcome: before.outcome,
    });
    expect((await get('scrutiny.chair', '/api/me')).status).toBe(200);
  });
});
