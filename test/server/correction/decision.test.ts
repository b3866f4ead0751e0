/**
 * A slip in the words of a decision or a sign-off is corrected beside the original: proposed by who signed, confirmed by a
 * second person of the office; both texts stand, and nothing that was decided changes (need-to-know.md, section 6a).
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { search } from '../../../db/audit/search.js';
import { insertCorrection, settleCorrection } from '../../../db/correction/corrections.js';
import { findSlip } from '../../../db/correction/slips.js';
import { paths } from '../../../server/web/paths.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { expectOk, Line } from '../../support/line.js';
import { expectRefused, fillIn, readersOf } from '../../support/officers.js';
import { behindTheApi, byRule, notFound, personId } from '../../support/people.js';

const council = useCouncil();
const as = readersOf(council);
const { world } = council;

const original = 'The duty is one of the commitee, and a briefing would not do.';
const corrected = 'The duty is one of the committee, and a briefing would not do.';
const reasons = 'A letter is missing.';

const post = async (by: Account, path: string, body: object = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body);
const get = async (by: Account, path: string): Promise<Answer> => (await council.as(by)).get(path);
const propose = (by: Account, of: object, more: object = {}): Promise<Answer> =>
  post(by, '/api/corrections', { of, corrected, reasons, ...more });
const settle = (
  by: Account,
  id: string,
  what: 'confirm' | 'refuse' | 'withdraw',
  body = {},
): Promise<Answer> => post(by, `/api/corrections/${id}/${what}`, body);
const told = async (kind: string): Promise<string[]> => {
  const rows: { email: string }[] = await world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ kind })
    .orderBy('p.email')
    .select('p.email');
  return rows.map(({ email }) => email.split('@')[0] ?? '');
};
const unknown = { status: 422, body: { rule: 'correction_unknown', errors: [{ field: 'of' }] } };

const approved = async (): Promise<{ line: Line; of: { kind: string; id: string; field: string } }> => {
  const line = await Line.readyForLegal(council);
  expectOk(await line.decide('approve', { reasons: original }));
  return { line, of: { kind: 'decision', id: `${line.reference}/1`, field: 'reasons' } };
};

describe('a slip in the reasons of a decision', () => {
  let line: Line;
  let of: { kind: string; id: string; field: string };
  let id: string;
  beforeAll(async () => {
    ({ line, of } = await approved());
  }, 60_000);

  test('is corrected by who signed, and by nobody else while that person acts for the office', async () => {
    for (const by of ['host', 'auditor', 'administrator'] as const)
      expect([by, await propose(by, of)]).toMatchObject([by, unknown]);
    for (const other of [
      { ...of, field: 'version' },
      { ...of, kind: 'person' },
      { ...of, id: `${line.reference}/2` },
    ])
      expect(await propose('legal', other)).toMatchObject(unknown);
    for (const by of ['legal.second', 'two.offices'] as const)
      expect([by, await propose(by, of)]).toMatchObject([by, byRule(403, 'correction_recorder')]);
    for (const by of ['monitoring.officer', 'data.protection', 'childrens.services'] as const)
      expect([by, (await propose(by, of)).status]).toEqual([by, 403]);
    expect((await propose('scrutiny.chair', of)).status).toBe(403);
  });

  test('is refused where it would change what was decided, with the law and the right way', async () => {
    for (const field of ['outcome', 'grounds', 'conditions', 'categories', 'from', 'to']) {
      const refused = await propose('legal', { ...of, field });
      expect([field, refused]).toMatchObject([
        field,
        { status: 422, body: { rule: 'correction_settled', kind: 'law' } },
      ]);
      expect(refused.body.detail).toContain('revocation');
    }
    expect(await propose('legal', { kind: 'grant', id: 'any', field: 'window' })).toMatchObject(
      byRule(422, 'correction_settled'),
    );
    expect(await propose('legal', of, { corrected: original })).toMatchObject(byRule(422, 'correction_same'));
  });

  test('is screened, and asked about, like the text that it corrects', async () => {
    expect(await propose('legal', of, { corrected: 'Call 07700 900123.' })).toMatchObject(
      byRule(422, 'personal_data'),
    );
    expect(
      await propose('legal', of, { corrected: 'The duty is one of Pellucidar Oakenshawe.' }),
    ).toMatchObject({
      status: 422,
      body: { type: '/problems/caution', cautions: [{ field: 'corrected', kind: 'name' }] },
    });
  });

  test('waits for a second person of the office, who is told, and shows to the offices alone', async () => {
    const proposed = await propose('legal', of);
    expect(proposed).toMatchObject({
      status: 201,
      body: { of, status: 'waiting', corrected, reasons, settled: null, can: ['withdraw'] },
    });
    ({ id } = proposed.body);
    expect(await propose('legal', of)).toMatchObject(byRule(409, 'correction_waits'));
    expect(await told('correction_to_confirm')).toEqual(['legal.second', 'two.offices']);
    expect((await get('legal.second', `/api/corrections/${id}`)).body.can).toEqual(['confirm', 'refuse']);
    for (const by of ['scrutiny.chair', 'host', 'auditor', 'data.protection', 'administrator'] as const) {
      expect([by, await get(by, `/api/corrections/${id}`)]).toMatchObject([by, notFound]);
      expect((await get(by, '/api/corrections')).body.items).toEqual([]);
    }
    expect((await get('scrutiny.chair', line.path)).body.corrections).toEqual([]);
  });

  test('is confirmed by nobody but a second person of the office, also behind the rules', async () => {
    expect(await settle('legal', id, 'confirm')).toMatchObject(byRule(403, 'correction_two_people'));
    expect(await settle('legal', id, 'refuse', { reasons })).toMatchObject(
      byRule(403, 'correction_two_people'),
    );
    expect(await settle('legal.second', id, 'withdraw')).toMatchObject(byRule(403, 'correction_proposer'));
    for (const by of ['monitoring.officer', 'childrens.services', 'democratic.services'] as const)
      expect([by, await settle(by, id, 'confirm')]).toMatchObject([by, byRule(403, 'office')]);
    const acting = { office: 'legal', capacity: 'principal', deputyFor: null } as const;
    const behind = async (account: Account): Promise<unknown> => {
      const by = await personId(world.db, account);
      return behindTheApi(world.db, (trx) =>
        settleCorrection(trx, id, { by, acting, at: council.clock, status: 'counts' }),
      ).then(
        () => 'It was not refused.',
        (error: { constraint?: string; cause?: { constraint?: string } }) =>
          error.constraint ?? error.cause?.constraint ?? error,
      );
    };
    expect(await behind('legal')).toBe('corrections_two_people');
    expect(await behind('monitoring.officer')).toBe('corrections_confirmer');
  });

  test('counts from then on: both texts stand, and those concerned are told', async () => {
    const before = (await get('legal', line.path)).body;
    expect((await settle('legal.second', id, 'confirm')).body).toMatchObject({ status: 'counts', can: [] });
    for (const what of ['confirm', 'withdraw'] as const)
      expect(await settle(what === 'confirm' ? 'legal.second' : 'legal', id, what)).toMatchObject(
        byRule(409, 'correction_over'),
      );
    const beside = [{ of, corrected, reasons, by: { office: 'legal' } }];
    for (const by of ['legal', 'scrutiny.chair', 'data.protection'] as const) {
      const { body } = await get(by, line.path);
      expect([by, body.corrections]).toMatchObject([by, beside]);
      expect(body.decision.reasons).toBe(original);
    }
    expect((await get('scrutiny.chair', line.path)).body.corrections[0].by).toEqual({ office: 'legal' });
    expect((await get('auditor', line.path)).body.corrections).toEqual([
      { id, of, at: expect.any(String), by: { office: 'legal', name: expect.any(String) } },
    ]);
    expect((await get('host', line.path)).body).not.toHaveProperty('corrections');
    const { decision } = (await get('legal', line.path)).body;
    expect(decision).toEqual(before.decision);
    expect(await told('record_corrected')).toEqual(
      expect.arrayContaining(['childrens.services', 'democratic.services', 'legal', 'scrutiny.chair']),
    );
    expect(
      (await search(world.db, { subject: line.reference, type: 'correction.made', limit: 1 }))[0],
    ).toMatchObject({ decision: { correction: id, kind: 'decision', field: 'reasons' } });
    expect(council.lines.join('')).not.toContain(corrected);
  });

  test('stands on the notice as corrected on its day, to the councillor as well', async () => {
    for (const by of ['scrutiny.chair', 'legal'] as const) {
      const { text } = await (await as(by)).open(paths.notice(line.reference));
      expect(text).toContain(original);
      expect(text).toContain(corrected);
      expect(text).toMatch(/Corrected on \d+ \w+ \d{4}/);
    }
  });

  test('is corrected once more from what stands now', async () => {
    expect(await propose('legal', of)).toMatchObject(byRule(422, 'correction_same'));
    const again = await propose('legal', of, { corrected: `${corrected} So it is needed.` });
    expect(again.status).toBe(201);
    expect((await settle('legal', again.body.id, 'withdraw')).body).toMatchObject({
      status: 'withdrawn',
      can: [],
    });
  });

  test('goes with the redaction of its text, as a text of its own', async () => {
    const text = { kind: 'correction', id, field: 'corrected.reasons' };
    const reported = await post('scrutiny.chair', '/api/redactions', {
      of: text,
      reasons: 'It says who a child is.',
    });
    expect(reported).toMatchObject({ status: 201, body: { reference: line.reference, status: 'hidden' } });
    expect((await get('legal', line.path)).body.corrections[0].corrected).toMatch(/^This text is hidden/);
    expect((await get('legal', line.path)).body.decision.reasons).toBe(original);
    expectOk(await post('data.protection', `/api/redactions/${reported.body.id}/confirm`));
    expectOk(await post('legal', `/api/redactions/${reported.body.id}/confirm`));
    expect((await get('legal', line.path)).body.corrections[0].corrected).toMatch(/^This text was erased/);
  });
});

describe('a slip in a sign-off', () => {
  test('is corrected by its office, refused with reasons, and never shown to the councillor', async () => {
    const line = await Line.readyForLegal(council);
    const of = { kind: 'sign_off', id: `${line.reference}/1/democratic_services`, field: 'reasons' };
    const { body } = await propose('democratic.services', of);
    expect(body.status).toBe('waiting');
    expect(
      await settle('democratic.services.second', body.id, 'refuse', { reasons: 'It is no slip.' }),
    ).toMatchObject({
      status: 200,
      body: { status: 'refused', settled: { reasons: 'It is no slip.' } },
    });
    expect(await told('correction_refused')).toEqual(['democratic.services']);
    const again = await propose('democratic.services', of);
    expectOk(await settle('democratic.services.second', again.body.id, 'confirm'));
    expect((await get('legal', line.path)).body.corrections).toMatchObject([{ of, corrected }]);
    expect((await get('scrutiny.chair', line.path)).body.corrections).toEqual([]);
    expect((await get('data.protection', line.path)).body.corrections).toEqual([]);
    expect(await get('scrutiny.chair', `/api/corrections/${again.body.id}`)).toMatchObject(notFound);
    for (const path of [paths.request(line.reference), paths.decide(line.reference)])
      expect((await (await as('legal')).open(path)).text).toContain(corrected);
    expectOk(await line.decide('approve'));
  });

  test('is corrected by another of the office once its signer acts for it no more', async () => {
    const { line, of } = await approved();
    const legal = await personId(world.db, 'legal');
    await behindTheApi(world.db, (trx) =>
      trx('people').where({ id: legal }).update({ suspended_at: council.clock }),
    );
    const proposed = await propose('legal.second', of, {
      reasons: 'A letter is missing; the signer has left.',
    });
    expect(proposed.status).toBe(201);
    expect((await settle('two.offices', proposed.body.id, 'confirm')).status).toBe(200);
    expect((await get('scrutiny.chair', line.path)).body.corrections).toMatchObject([{ corrected }]);
    await behindTheApi(world.db, (trx) => trx('people').where({ id: legal }).update({ suspended_at: null }));
  });
});

test('nobody changes a correction, or corrects what a decision settles, behind the service', async () => {
  const { of } = await approved();
  const legal = await personId(world.db, 'legal');
  const slip = await findSlip(world.db, of, { personId: legal, at: council.clock });
  if (!slip) throw new Error('There is no decision.');
  const acting = { office: 'legal', capacity: 'principal', deputyFor: null } as const;
  const given = {
    by: legal,
    acting,
    at: council.clock,
    was: null,
    reasons,
    corrected: { outcome: 'refuse' },
  };
  await expect(
    behindTheApi(world.db, async (trx) => {
      await insertCorrection(trx, { ...slip, of: { ...of, field: 'outcome' } }, given);
    }),
  ).rejects.toMatchObject({ constraint: 'corrections_of_check' });
  await expect(
    behindTheApi(world.db, async (trx) => {
      const at = { ...given, corrected: { reasons: corrected } };
      await insertCorrection(trx, { ...slip, confirmedBy: null }, at);
    }),
  ).rejects.toMatchObject({ constraint: 'corrections_two_people' });
  await expect(world.db('corrections').update({ reasons: 'Other.' } as never)).rejects.toThrow(
    /permission denied/,
  );
});

test('a slip is corrected on pages: from beside the text, and confirmed by the second person', async () => {
  const { line, of } = await approved();
  const legal = await as('legal');
  const notice = await legal.open(paths.notice(line.reference));
  const link = (/href="(\/corrections\/new[^"]+)"/.exec(notice.html)?.[1] ?? '').replaceAll('&amp;', '&');
  expect((await legal.open(link)).text).toContain(original);
  expectRefused(await fillIn(legal, link, { corrected: original, reasons }), 422, 'other than what stands');
  expectRefused(await fillIn(legal, link, { corrected, reasons: '' }), 422, 'Enter the reasons');
  const sent = await fillIn(legal, link, { corrected, reasons });
  expect(sent.text).toMatch(/has been recorded.*Waiting/);
  const second = await as('legal.second');
  expect((await second.open(link)).text).toContain('You cannot do this now.');
  const list = await second.open(paths.corrections);
  const confirm = /href="(\/corrections\/[^"]+\/confirm)"/.exec(list.main)?.[1] ?? '';
  // Both texts stand side by side: whoever confirms compares them.
  const compared = (await second.open(confirm)).text;
  expect(compared).toContain(original);
  expect(compared).toContain(corrected);
  expect((await fillIn(second, confirm, {})).text).toContain('counts from now on');
  expect((await (await as('scrutiny.chair')).open(paths.notice(line.reference))).text).toContain(corrected);
  expect((await (await as('scrutiny.chair')).open(paths.corrections)).text).toContain(corrected);
  expect(of.kind).toBe('decision');
});
