/**
 * A case works out from its lists what the lists of requests and of grants work out in SQL (derived-parts.ts): both say
 * the same of every request, at every turn that has lists of its own.
 */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { findCase } from '../../../db/case/case-records.js';
import { recordsById } from '../../../db/grant/grants.js';
import { changeRegister } from '../../../db/register/register-history.js';
import { councillorOf } from '../../../db/register/councillors.js';
import { find } from '../../../db/request/requests.js';
import type { Separated } from '../../../policies/core/separated.js';
import type { ObservationRequest } from '../../../policies/request/request.js';
import { conflictOf } from '../../support/conflicts.js';
import { useCouncil, type Account } from '../../support/council.js';
import { expectOk, Line, reason } from '../../support/line.js';
import { behindTheApi, ctxFor, lineAt, personId } from '../../support/people.js';

const council = useCouncil();
council.clock = new Date('2026-09-15T10:00:00+01:00');
let democratic: Awaited<ReturnType<typeof ctxFor>>;
beforeAll(async () => {
  const { db } = council.world;
  democratic = await ctxFor(db, await personId(db, 'democratic.services'), () => council.clock);
});

/** Who is in these lists counts, and not where. */
const unordered = <T extends Separated & Partial<Pick<ObservationRequest, 'seats'>>>(of: T) => ({
  ...of,
  seats: of.seats?.toSorted((a, b) => a.office.localeCompare(b.office)),
  signers: of.signers.toSorted(),
  signedBefore: of.signedBefore.toSorted(),
});

/** @returns the request, as the case and the list say it alike */
const saidAlike = async (reference: string): Promise<ObservationRequest> => {
  const { db } = council.world;
  const { row, grant, councillor } = await findCase(db, democratic.ability, reference);
  expect(unordered(row)).toEqual(unordered(await find(db, democratic.ability, reference)));
  expect(councillor).toEqual(await councillorOf(db, row.councillorId));
  expect(grant?.id ?? null).toBe(row.grantId);
  if (grant) {
    const listed = (await recordsById(db, [grant.id])).get(grant.id);
    expect(listed && unordered(listed)).toEqual(unordered(grant));
  }
  return row;
};

const post = async (by: Account, path: string, body: object) =>
  expectOk(await (await council.as(by)).post(path, body));

describe('a case and a list say the same', () => {
  test('of every request of the demonstration council, with grants, visits and returns among them', async () => {
    const { db } = council.world;
    const references: string[] = await db('requests').where({ submitted: true }).pluck('reference');
    const rows: ObservationRequest[] = [];
    for (const reference of references) rows.push(await saidAlike(reference));
    expect(rows.some(({ grantId }) => grantId !== null)).toBe(true);
    expect(rows.some(({ returns }) => returns.length > 0)).toBe(true);
    expect(rows.some(({ seats }) => seats.length > 0)).toBe(true);
  });

  test('of a grant, before the register of its councillor changes and afterwards', async () => {
    const { db, owner } = council.world;
    const granted: { reference: string; id: string } = await db('grants as g')
      .join('requests as r', 'r.id', 'g.request_id')
      .first('r.reference', 'r.councillor_id as id');
    const histories = () => db('register_history').where({ councillor_id: granted.id }).pluck('seq');
    expect(await histories()).toEqual([]);
    await saidAlike(granted.reference);
    await behindTheApi(owner, (trx) =>
      changeRegister(trx, granted.id, council.clock, [
        trx('councillors').where({ id: granted.id }).update({ ward: 'Another ward' }),
      ]),
    );
    expect(await histories()).toHaveLength(2);
    await saidAlike(granted.reference);
  });

  test('of a refusal, its review by a person named for it, and the remittal that others decide', async () => {
    const line = await lineAt(council, 'ready');
    expectOk(await line.decide('refuse'));
    await post('scrutiny.chair', `${line.path}/review`, { reasons: reason });
    expect((await saidAlike(line.reference)).review).toMatchObject({ version: 1, outcome: null });

    for (const person of ['monitoring.officer', 'monitoring.officer.deputy']) {
      await post(
        'democratic.services.second',
        '/api/conflicts',
        conflictOf(person, 'complaint', { reference: line.reference }),
      );
    }
    await post('democratic.services.second', `${line.path}/review/reviewer`, {
      person: 'data.protection@council.example',
      namedBy: 'Chief Executive',
      authority: 'Scheme of delegation, part 3',
    });
    const named = await saidAlike(line.reference);
    expect(named.named).toEqual([{ office: 'monitoring_officer', personId: expect.any(String) }]);
    expect(named.conflicts).toHaveLength(2);

    await post('data.protection', `${line.path}/review/decision`, {
      outcome: 'remitted',
      reasons: reason,
      noConflict: true,
    });
    const remitted = await saidAlike(line.reference);
    expect(remitted).toMatchObject({ version: 2, status: 'submitted', seats: [] });
    expect(remitted.signedBefore).toHaveLength(4);
  });

  test('of papers, until all of them are released under the right', async () => {
    const papers = [
      { category: 'Audits of recording', from: '2026-01-01', to: '2026-03-31' },
      { category: 'Minutes of the panel', from: '2026-04-01', to: '2026-06-30' },
    ];
    const line = await Line.submitted(council, { observationType: 'document_inspection', papers });
    expect((await saidAlike(line.reference)).statutoryRight).toBeNull();
    await line.underRight(
      's100F',
      '2026-09-18',
      papers.map(({ category }) => category),
    );
    expect((await saidAlike(line.reference)).statutoryRight).toMatchObject({ counts: true });
    council.clock = new Date(council.clock.getTime() + 3_600_000);
    for (const { category } of papers) {
      expect((await saidAlike(line.reference)).statutoryRight).toMatchObject({ allReleased: false });
      const at = new Date(council.clock.getTime() - 60_000).toISOString();
      await post('childrens.services', `${line.path}/releases`, { category, at });
    }
    expect((await saidAlike(line.reference)).statutoryRight).toMatchObject({ allReleased: true });
  });
});
