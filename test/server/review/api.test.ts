/**
 * A refusal looked at again: asked for in time, decided by somebody who did not sign, upheld with the next
 * route, or remitted and decided afresh by others; and a direction, which remits likewise.
 */
import { beforeAll, afterEach, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { append } from '../../../db/audit/append.js';
import { inTransaction } from '../../../db/core/connection.js';
import { find } from '../../../db/request/requests.js';
import { londonDate } from '../../../policies/core/time/london.js';
import { conflictOf } from '../../support/conflicts.js';
import { withoutOffice } from '../../support/newcomers.js';
import { useCouncil, type Account, type Answer } from '../../support/council.js';
import { expectOk, type Line, reason } from '../../support/line.js';
import {
  byRule,
  ctxFor,
  leavesNothing,
  lineAt,
  notFound,
  personId,
  stepsOf,
  storedOf,
} from '../../support/people.js';
import { foundRow } from '../../support/found-row.js';
import type { Seat } from '../../../policies/core/office.js';

const council = useCouncil();

beforeAll(() => withoutOffice(council, 'unengaged'));
// A Tuesday in summer time, without a holiday near it.
const tuesday = new Date('2026-09-15T10:00:00+01:00');
council.clock = tuesday;

const post = async (by: Account, path: string, body: object): Promise<Answer> =>
  (await council.as(by)).post(path, body);

/** Moves the service's time; on another day `council.as` signs in again. */
const moveTo = (time: Date | string) => {
  council.clock = new Date(time);
};
afterEach(() => moveTo(tuesday));

const canary = {
  asks: 'Canaryasks: the decision does not speak of the review of conferences.',
  decides: 'Canarydecides: it does speak of it, on its second page.',
  names: 'Canarynames, Chief Executive',
  authority: 'Canaryauthority, scheme of delegation',
  body: 'Canarybody, Standards Committee',
  minute: 'Canaryminute 7',
} as const;
const canaries = Object.values(canary).map((text) => /Canary\w+/u.exec(text)?.[0] ?? '');

const ask = (line: Line, more: object = {}) =>
  post('scrutiny.chair', `${line.path}/review`, { reasons: canary.asks, ...more });
const decide = (line: Line, outcome: 'upheld' | 'remitted', by: Account = 'monitoring.officer') =>
  post(by, `${line.path}/review/decision`, { outcome, reasons: canary.decides, noConflict: true });
const name = (line: Line, more: object = {}) =>
  post('democratic.services.second', `${line.path}/review/reviewer`, {
    person: 'unengaged@council.example',
    namedBy: canary.names,
    authority: canary.authority,
    ...more,
  });
const direct = (line: Line, more: object = {}, by: Account = 'monitoring.officer') =>
  post(by, `${line.path}/direction`, {
    body: canary.body,
    date: londonDate(council.clock),
    minute: canary.minute,
    outcome: 'remitted',
    ...more,
  });
const conflict = async (line: Line, person: Account) =>
  expectOk(
    await post(
      'democratic.services.second',
      '/api/conflicts',
      conflictOf(person, 'complaint', { reference: line.reference }),
    ),
  );

/** Refused by the heads of Children's Services and of Legal, and by the head of Democratic Services. */
const refused = async (): Promise<Line> => {
  const line = await lineAt(council, 'ready');
  expectOk(await line.decide('refuse'));
  return line;
};
const inReview = async (): Promise<Line> => {
  const line = await refused();
  expectOk(await ask(line));
  return line;
};
const remitted = async (): Promise<Line> => {
  const line = await inReview();
  line.version = expectOk(await decide(line, 'remitted')).body.version;
  return line;
};

const canOf = async (line: Line, account: Account): Promise<string[]> =>
  expectOk(await line.read(account)).body.can;
const trail = async (line: Line) => (await stepsOf(council.world.db, line.reference)).map(({ type }) => type);
const notified = async (line: Line, kind: string): Promise<string[]> =>
  council.world
    .db('messages as m')
    .join('people as p', 'p.id', 'm.to_person')
    .where({ 'm.reference': line.reference, 'm.kind': kind })
    .orderBy('p.email')
    .pluck('p.email')
    .then((emails: string[]) => emails.map((email) => email.replace('@council.example', '')).toSorted());

describe('a refusal that is remitted', () => {
  test('goes back to the offices as a new version of the same text, and others decide it afresh', async () => {
    const line = await refused();
    expect(await canOf(line, 'scrutiny.chair')).toEqual(['ask_review']);
    const asked = expectOk(await ask(line));
    expect(asked).toMatchObject({
      status: 201,
      body: {
        status: 'refused',
        version: 1,
        due: { what: 'review', at: '2026-09-29' },
        review: { version: 1, reasons: canary.asks, due: { what: 'review', at: '2026-09-29' } },
        can: [],
      },
    });
    expect(await notified(line, 'review_asked')).toEqual([
      'democratic.services',
      'democratic.services.second',
      'monitoring.officer',
      'two.offices',
    ]);

    // Two working days later, so that the new deadline is seen to be its own.
    moveTo('2026-09-17T10:00:00+01:00');
    const before = await storedOf(council.world.db, line.reference);
    expect(await canOf(line, 'monitoring.officer')).toEqual(['decide_review', 'direct']);
    const { body } = expectOk(await decide(line, 'remitted'));
    expect(body).toMatchObject({
      status: 'submitted',
      version: 2,
      decision: null,
      due: { what: 'decide', at: '2026-10-01', pauses: [] },
      review: {
        version: 1,
        decision: { outcome: 'remitted', reasons: canary.decides, by: { capacity: 'principal' } },
      },
    });
    const after = await storedOf(council.world.db, line.reference);
    expect(after.versions.map((each) => (each as { content?: object }).content)).toEqual([
      ...before.versions.map((each) => (each as { content?: object }).content),
      (before.versions.at(-1) as { content?: object }).content,
    ]);
    expect(after.request).toMatchObject({
      host_id: before.request.host_id,
      manager_id: before.request.manager_id,
      decided_at: null,
      remitted_from: 1,
      due_on: '2026-10-01',
    });
    const carried = after.answers.filter(({ version }) => version === 2);
    expect([carried.length, carried.some(({ confirmed }) => confirmed)]).toEqual([14, false]);
    expect(after.answers.filter(({ version }) => version === 1)).toHaveLength(14);
    expect((await trail(line)).slice(-3)).toEqual(['review.requested', 'review.decided', 'request.remitted']);
    expect(await notified(line, 'request_remitted')).toEqual(
      expect.arrayContaining(['childrens.services', 'democratic.services', 'legal', 'scrutiny.chair']),
    );
    const moments = (body.timeline as { what: string; version: number }[]).map(
      ({ what, version }) => `${what} ${version}`,
    );
    expect(moments.slice(-3)).toEqual(['review_asked 1', 'reviewed 1', 'remitted 2']);
    expect(moments).not.toContain('edited 2');

    // The three who signed do not sign again, and no deputy of theirs waits for an absence.
    line.version = 2;
    await line.answerAll();
    await line.discuss();
    const bars: readonly (readonly [Account, () => Promise<Answer>])[] = [
      ['childrens.services', () => line.sign('childrens_services')],
      ['democratic.services', () => line.sign('democratic_services')],
      ['legal', () => line.decide('refuse')],
    ];
    for (const [account, sign] of bars) {
      expect(await leavesNothing(council, line.reference, sign)).toMatchObject(byRule(403, 'signed_before'));
      const can = await canOf(line, account);
      expect(can.filter((each) => each === 'sign_off' || each === 'decide')).toEqual([]);
    }
    const deputy = expectOk(await line.sign('childrens_services', {}, 'childrens.services.deputy'));
    const [, , , seat] = deputy.body.signOffs;
    expect(seat).toMatchObject({
      version: 2,
      by: { capacity: 'deputy', deputyFor: expect.stringMatching(/\S/) },
    });
    expectOk(await line.sign('democratic_services', {}, 'democratic.services.second'));
    const approved = expectOk(await line.decide('approve', {}, 'legal.second'));
    expect(approved.body).toMatchObject({
      status: 'approved',
      version: 2,
      grant: { status: expect.stringMatching(/\S/) },
    });
    const signed = approved.body.signOffs.map((each: { version: number }) => each.version);
    expect(signed).toEqual([1, 1, 1, 2, 2, 2]);
    const owns = (await line.read('scrutiny.chair')).body;
    expect(owns.decision).toMatchObject({ outcome: 'approve', version: 2 });
    expect(owns.signOffs).toBeUndefined();
  }, 60_000);

  test('keeps its clock through a return and an edit, and the signers out of the version after that too', async () => {
    const line = await inReview();
    moveTo('2026-09-17T10:00:00+01:00');
    line.version = expectOk(await decide(line, 'remitted')).body.version;
    expectOk(
      await post('legal.second', `${line.path}/return`, { version: 2, questions: 'Which duty is it?' }),
    );
    expectOk(await line.edit({ alternatives: 'A briefing was given, and left the question open.' }));
    const again = expectOk(await post('scrutiny.chair', `${line.path}/submit`, { version: 3 }));
    expect(again.body).toMatchObject({ version: 3, due: { what: 'decide', at: '2026-10-01' } });
    expect((await storedOf(council.world.db, line.reference)).request).toMatchObject({
      due_on: '2026-10-01',
    });
    await line.answerAll();
    expect(await line.sign('democratic_services')).toMatchObject(byRule(403, 'signed_before'));
  });

  test('cannot be signed by a person who signed it before, not even straight in the database', async () => {
    const line = await remitted();
    const { db } = council.world;
    const { id } = await foundRow(db('requests').where({ reference: line.reference }).first('id'));
    const sign = (account: Account, office: Seat) =>
      inTransaction(db, async (trx) => {
        await trx('sign_offs').insert({
          request_id: id,
          version: 2,
          office,
          outcome: 'agree',
          reasons: reason,
          grounds: [],
          conditions: '[]',
          person_id: await personId(db, account),
          capacity: 'principal',
          at: council.clock,
        });
        await append(trx, {
          type: 'council.seeded',
          at: council.clock,
          actor: 'system',
          actorName: 'The test',
          office: null,
          capacity: null,
          subject: 'council',
        });
      });
    await expect(sign('childrens.services', 'childrens_services')).rejects.toThrow(/signed by others/u);
    // Nor for another office than before.
    await expect(sign('legal', 'democratic_services')).rejects.toThrow(/signed by others/u);
    await expect(sign('childrens.services.deputy', 'childrens_services')).resolves.toBeUndefined();
  });

  test('that is refused once more can be reviewed once more', async () => {
    const line = await remitted();
    await line.answerAll({ scope: { answer: 'open_ended' } });
    const refuse = { grounds: ['roving_commission'] };
    expectOk(await line.decide('refuse', refuse, 'legal.second'));
    const { body } = expectOk(await ask(line));
    expect(body.review).toMatchObject({ version: 2, due: { at: '2026-09-29' } });
    expect(body.review.decision).toBeUndefined();
    line.version = expectOk(await decide(line, 'remitted')).body.version;
    expect(line.version).toBe(3);
    // Of Legal the two have signed by now; the one of two offices has not.
    await line.answerAll({ scope: { answer: 'open_ended' } });
    for (const account of ['legal', 'legal.second']) {
      expect(await line.decide('refuse', refuse, account)).toMatchObject(byRule(403, 'signed_before'));
    }
    expect(expectOk(await line.decide('refuse', refuse, 'two.offices')).body.status).toBe('refused');
  });
});

describe('a refusal that is upheld', () => {
  test('stays, has no second review, and the councillor learns the next route', async () => {
    const line = await inReview();
    const { body } = expectOk(await decide(line, 'upheld'));
    expect(body).toMatchObject({ status: 'refused', version: 1, due: null });
    expect(body.decision).toMatchObject({ outcome: 'refuse' });
    expect(await notified(line, 'review_upheld')).toEqual(['scrutiny.chair']);
    const owns = (await line.read('scrutiny.chair')).body;
    expect(owns.review).toMatchObject({ decision: { outcome: 'upheld', reasons: canary.decides } });
    expect(owns.review.next).toMatch(
      /Chief Executive.*judicial review: promptly.*three months.*Ombudsman decides/u,
    );
    expect(await leavesNothing(council, line.reference, () => ask(line))).toMatchObject(
      byRule(409, 'review_asked'),
    );
    expect(await leavesNothing(council, line.reference, () => decide(line, 'remitted'))).toMatchObject(
      byRule(409, 'no_review'),
    );
  });
});

describe('a review is asked for', () => {
  test('by the councillor who asked, while in office, and by nobody else', async () => {
    const line = await refused();
    expect(
      await leavesNothing(council, line.reference, () =>
        post('scrutiny.member', `${line.path}/review`, { reasons: canary.asks }),
      ),
    ).toMatchObject(notFound);
    for (const account of ['legal', 'monitoring.officer', 'data.protection', 'auditor']) {
      expect(await post(account, `${line.path}/review`, { reasons: canary.asks })).toMatchObject(
        byRule(403, 'office'),
      );
    }
    const open = await lineAt(council, 'submitted');
    expect(await leavesNothing(council, open.reference, () => ask(open))).toMatchObject(
      byRule(409, 'status'),
    );
    expect(await leavesNothing(council, line.reference, () => ask(line, { version: 2 }))).toMatchObject(
      byRule(409, 'stale_version'),
    );
    for (const reasons of [undefined, '', ' ', 'x'.repeat(4001)]) {
      const answer = await leavesNothing(council, line.reference, () => ask(line, { reasons }));
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'reasons' }] } });
    }
  });

  test('in time by a minute, and too late by one', async () => {
    const inTime = await refused();
    const late = await refused();
    moveTo('2026-09-29T23:59:00+01:00');
    // Received after 17:00, so that the review's own days begin a day later.
    expect(expectOk(await ask(inTime, { version: 1 })).body.due).toMatchObject({ at: '2026-10-14' });
    moveTo('2026-09-30T00:00:00+01:00');
    const answer = await leavesNothing(council, late.reference, () => ask(late));
    expect(answer).toMatchObject(byRule(409, 'review_time'));
    expect(answer.body.detail).toContain('29 September 2026');
  });
});

describe('a review is decided', () => {
  test('by the deputy where the Monitoring Officer is conflicted, and not before', async () => {
    const line = await inReview();
    const deputy = 'monitoring.officer.deputy';
    expect(await leavesNothing(council, line.reference, () => decide(line, 'upheld', deputy))).toMatchObject(
      byRule(403, 'principal_present'),
    );
    await conflict(line, 'monitoring.officer');
    expect(await leavesNothing(council, line.reference, () => decide(line, 'upheld'))).toMatchObject(
      byRule(403, 'complaint'),
    );
    const { body } = expectOk(await decide(line, 'upheld', deputy));
    expect(body.review.decision.by).toMatchObject({
      capacity: 'deputy',
      deputyFor: expect.stringMatching(/\S/),
    });
  });

  test('by the person named by the Chief Executive if both are conflicted: they read it, decide, and do nothing else', async () => {
    const line = await inReview();
    const named = 'unengaged';
    await conflict(line, 'monitoring.officer');
    expect(await leavesNothing(council, line.reference, () => name(line))).toMatchObject(
      byRule(409, 'somebody_is_free'),
    );
    await conflict(line, 'monitoring.officer.deputy');
    for (const account of ['monitoring.officer', 'monitoring.officer.deputy']) {
      expect(await decide(line, 'upheld', account)).toMatchObject(byRule(403, 'complaint'));
    }
    expect(await line.read(named)).toMatchObject(notFound);
    expect(
      await post('legal', `${line.path}/review/reviewer`, {
        person: 'unengaged@council.example',
        namedBy: canary.names,
        authority: canary.authority,
      }),
    ).toMatchObject(byRule(403, 'office'));
    for (const person of [
      'nobody@council.example',
      'lead.member@council.example',
      'former.member@council.example',
      'legal@council.example',
      'host@council.example',
    ]) {
      const answer = await leavesNothing(council, line.reference, () => name(line, { person }));
      expect([person, answer.status, answer.body.rule, answer.body.errors]).toEqual([
        person,
        422,
        'people',
        [{ field: 'person', message: expect.stringMatching(/\S/) }],
      ]);
    }
    expect(await name(line, { office: 'legal' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'office' }] },
    });

    const { body } = expectOk(await name(line));
    expect(body.review.reviewer).toMatchObject({ namedBy: canary.names, authority: canary.authority });
    expect(await notified(line, 'named_to_act')).toEqual([named]);
    const [entry] = (await stepsOf(council.world.db, line.reference)).filter(
      ({ type }) => type === 'review.reviewer_named',
    );
    expect(entry?.decision).toEqual({ version: 1, office: 'monitoring_officer' });

    const read = expectOk(await line.read(named));
    expect(read.body.can).toEqual(['decide_review']);
    expect(read.body.assessment).toMatchObject({ outcome: 'established' });
    expect((await (await council.as(named)).get(`${line.path}/discussion`)).status).toBe(200);
    const others: readonly (() => Promise<Answer>)[] = [
      () => post(named, `${line.path}/return`, { version: 1, questions: 'Which?' }),
      () => line.speak(named),
      () => line.decide('refuse', {}, named),
      () => line.sign('democratic_services', {}, named),
      () => direct(line, {}, named),
    ];
    for (const other of others) {
      expect(await leavesNothing(council, line.reference, other)).toMatchObject({ status: 403 });
    }
    const elsewhere = await refused();
    expect(await elsewhere.read(named)).toMatchObject(notFound);

    const decided = expectOk(await decide(line, 'remitted', named));
    expect(decided.body.review.decision.by.capacity).toBe('authorised');
    expect(decided.body.can).toEqual([]);

    // They were named for that review: of a later one they read, and decide nothing.
    line.version = 2;
    await line.answerAll({ scope: { answer: 'open_ended' } });
    expectOk(await line.decide('refuse', { grounds: ['roving_commission'] }, 'legal.second'));
    moveTo(new Date(tuesday.getTime() + 60_000));
    expectOk(await ask(line));
    expect(await canOf(line, named)).toEqual([]);
    expect(await decide(line, 'upheld', named)).toMatchObject(byRule(403, 'office'));
  }, 60_000);

  test('never by a person who signed, whoever named them, not even straight in the database', async () => {
    const line = await inReview();
    const { db } = council.world;
    // What no rule lets happen: the head of Legal, who signed, named behind the service’s back.
    const row = await foundRow(db('requests').where({ reference: line.reference }).first('id'));
    const legal = await personId(db, 'legal');
    const entry = {
      type: 'council.seeded',
      at: council.clock,
      actor: 'system',
      actorName: 'The test',
      office: null,
      capacity: null,
      subject: 'council',
    } as const;
    await inTransaction(db, async (trx) => {
      await trx('requests')
        .where({ id: row.id })
        .update({ named_ids: [legal] });
      await trx('named_people').insert({
        request_id: row.id,
        office: 'monitoring_officer',
        person_id: legal,
        named_by: 'Nobody',
        authority: 'None',
        recorded_at: council.clock,
        recorded_by: legal,
      });
      await append(trx, entry);
    });
    expect(await leavesNothing(council, line.reference, () => decide(line, 'upheld', 'legal'))).toMatchObject(
      byRule(403, 'reviewer_signed'),
    );
    const straight = inTransaction(db, async (trx) => {
      await trx('reviews').where({ request_id: row.id }).update({
        outcome: 'upheld',
        decision_reasons: reason,
        decided_at: council.clock,
        decided_by: legal,
        capacity: 'authorised',
      });
      await append(trx, entry);
    });
    await expect(straight).rejects.toThrow(/nobody reviews what they signed/u);
  });

  test('straight in the database: nothing is opened, signed or decided again except by the rules', async () => {
    const { db } = council.world;
    const straight = async (act: (trx: Knex.Transaction) => Promise<unknown>): Promise<string> => {
      try {
        await inTransaction(db, act);
      } catch (error) {
        return (error as { constraint?: string }).constraint ?? String(error);
      }
      return 'done';
    };
    const idOf = async (line: Line): Promise<number> =>
      (await foundRow(db('requests').where({ reference: line.reference }).first('id'))).id;
    const legal = await personId(db, 'legal');

    const open = await idOf(await refused());
    const reopened = { status: 'submitted', version: 2 } as const;
    const remittal = { remitted_from: 1, remitted_at: council.clock };
    for (const change of [reopened, { ...reopened, ...remittal }, remittal]) {
      const tried = await straight(async (trx) => trx('requests').where({ id: open }).update(change));
      expect(tried).toBe('requests_remitted');
    }
    const review = {
      request_id: open,
      version: 1,
      reasons: reason,
      asked_by: legal,
      asked_at: council.clock,
    };
    const decision = {
      outcome: 'remitted',
      decision_reasons: reason,
      decided_at: council.clock,
      decided_by: legal,
      capacity: 'principal',
    } as const;
    const decided = straight(async (trx) => trx('reviews').insert({ ...review, ...decision }));
    expect(await decided).toBe('reviews_kept');

    const line = await remitted();
    const id = await idOf(line);
    const forgotten = straight(async (trx) =>
      trx('requests').where({ id }).update({ remitted_from: null, remitted_at: null }),
    );
    expect(await forgotten).toBe('requests_remitted');
    const late = straight(async (trx) => trx('reviews').insert({ ...review, request_id: id, version: 2 }));
    expect(await late).toBe('reviews_kept');
    const reviewer = await personId(db, 'monitoring.officer');
    for (const person of [legal, await personId(db, 'childrens.services'), reviewer]) {
      const signed = straight(async (trx) =>
        trx('sign_offs').insert({
          request_id: id,
          version: 2,
          office: 'legal',
          outcome: 'refuse',
          reasons: reason,
          grounds: ['no_remit_link'],
          person_id: person,
          capacity: 'principal',
          at: council.clock,
        }),
      );
      expect(await signed).toBe('sign_offs_afresh');
    }
    const { ability } = await ctxFor(db, legal, () => council.clock);
    expect((await find(db, ability, line.reference)).signedBefore).toContain(reviewer);
  });

  test('with reasons and without a conflict of one’s own', async () => {
    const line = await inReview();
    const good = { outcome: 'upheld', reasons: canary.decides, noConflict: true };
    for (const [field, bad] of [
      ['outcome', { ...good, outcome: 'quashed' }],
      ['reasons', { ...good, reasons: ' ' }],
      ['noConflict', { ...good, noConflict: false }],
      ['office', { ...good, office: 'legal' }],
    ] as const) {
      const answer = await leavesNothing(council, line.reference, () =>
        post('monitoring.officer', `${line.path}/review/decision`, bad),
      );
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
    }
  });
});

describe('after a remittal, when nobody of an office is free', () => {
  test('the Chief Executive names somebody for its seat, who signs there and nowhere else', async () => {
    const line = await remitted();
    await line.answerAll();
    expect(await name(line)).toMatchObject({ status: 422, body: { errors: [{ field: 'office' }] } });
    const seat = { office: 'childrens_services' };
    expect(await leavesNothing(council, line.reference, () => name(line, seat))).toMatchObject(
      byRule(409, 'somebody_is_free'),
    );
    await conflict(line, 'childrens.services.deputy');
    const { body } = expectOk(await name(line, seat));
    expect(body.review.named).toMatchObject([{ office: 'childrens_services', authority: canary.authority }]);
    const named = 'unengaged';
    expect(await canOf(line, named)).toEqual(['lift_rule', 'sign_off']);
    expect(await line.sign('democratic_services', {}, named)).toMatchObject(byRule(403, 'office'));
    const signed = expectOk(await line.sign('childrens_services', {}, named));
    expect(signed.body.signOffs.at(-1)).toMatchObject({ version: 2, by: { capacity: 'authorised' } });
    expect(await canOf(line, named)).toEqual(['lift_rule', 'withdraw_sign_off']);
  });

  test('and nobody is named for a request that was never remitted, nor decides a review that nobody asked for', async () => {
    const line = await lineAt(council, 'submitted');
    expect(await leavesNothing(council, line.reference, () => name(line, { office: 'legal' }))).toMatchObject(
      byRule(409, 'status'),
    );
    const plain = await refused();
    for (const unasked of [
      () => name(plain),
      () => decide(plain, 'upheld'),
      () => decide(plain, 'remitted'),
    ]) {
      expect(await leavesNothing(council, plain.reference, unasked)).toMatchObject(byRule(409, 'no_review'));
    }
  });
});

describe('a direction of a committee or a court', () => {
  test('remits likewise, with or without a review, which it goes before', async () => {
    const line = await refused();
    const { body } = expectOk(await direct(line));
    expect(body).toMatchObject({
      status: 'submitted',
      version: 2,
      review: { version: 1, direction: { body: canary.body, minute: canary.minute } },
    });
    const waiting = await inReview();
    expect(expectOk(await direct(waiting)).body.review).toMatchObject({
      decision: { outcome: 'superseded' },
      direction: { body: canary.body },
    });
    expect(await trail(waiting)).toEqual(
      expect.arrayContaining(['review.requested', 'request.directed', 'request.remitted']),
    );
    const upheld = await inReview();
    expectOk(await decide(upheld, 'upheld'));
    expect(expectOk(await direct(upheld)).body.review).toMatchObject({
      decision: { outcome: 'upheld' },
      next: expect.stringMatching(/decided afresh/u),
    });
    upheld.version = 2;
    await upheld.answerAll();
    expect(await upheld.sign('childrens_services')).toMatchObject(byRule(403, 'signed_before'));
  });

  test('is recorded by the Monitoring Officer, once given and after the refusal', async () => {
    const line = await refused();
    for (const account of ['legal', 'democratic.services', 'auditor']) {
      expect(await direct(line, {}, account)).toMatchObject(byRule(403, 'office'));
    }
    for (const [field, bad] of [
      ['date', { date: '2026-09-14' }],
      ['date', { date: '2026-09-16' }],
      ['body', { body: '' }],
      ['minute', { minute: undefined }],
      ['outcome', { outcome: 'approved' }],
    ] as const) {
      const answer = await leavesNothing(council, line.reference, () => direct(line, bad));
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ field }] } });
    }
    const open = await lineAt(council, 'submitted');
    expect(await leavesNothing(council, open.reference, () => direct(open))).toMatchObject(
      byRule(409, 'status'),
    );
  });
});

test('nobody waits for an absent person: the Chief Executive may name somebody while the deputy is conflicted', async () => {
  const line = await inReview();
  await conflict(line, 'monitoring.officer.deputy');
  expect(await name(line)).toMatchObject(byRule(409, 'somebody_is_free'));
  moveTo('2026-09-21T10:00:00+01:00');
  const day = londonDate(council.clock);
  const away = { office: 'monitoring_officer', principal: 'monitoring.officer@council.example' };
  expectOk(await post('democratic.services.second', '/api/absences', { ...away, from: day, to: day }));
  expectOk(await name(line));
});

test('of a review each reader sees their part: the auditor no text, the councillor nobody’s name, the host nothing', async () => {
  const line = await inReview();
  await conflict(line, 'monitoring.officer');
  await conflict(line, 'monitoring.officer.deputy');
  expectOk(await name(line));
  expectOk(await decide(line, 'upheld', 'unengaged'));
  expectOk(await direct(line, {}, 'monitoring.officer'));

  const written = ['Canaryasks', 'Canarydecides', 'Canarybody', 'Canaryminute'];
  const sees: Readonly<Record<Account, readonly string[]>> = {
    'scrutiny.chair': written,
    'data.protection': written,
    legal: canaries,
    'democratic.services': canaries,
    auditor: [],
    host: [],
  };
  const { name: reviewer } = await foundRow(
    council.world.db('people').where({ email: 'unengaged@council.example' }).first('name'),
  );
  for (const [account, expected] of Object.entries(sees)) {
    const { body } = expectOk(await line.read(account));
    const text = JSON.stringify(body);
    expect([account, canaries.filter((each) => text.includes(each))]).toEqual([
      account,
      canaries.filter((each) => expected.includes(each)),
    ]);
    const review = JSON.stringify(body.review ?? null);
    const named = ['legal', 'democratic.services', 'auditor'].includes(account);
    expect([account, review.includes(reviewer)]).toEqual([account, named]);
    expect([account, 'review' in body]).toEqual([account, account !== 'host']);
  }
  // Nor does mail or a log line say any of it.
  const messages = JSON.stringify((await storedOf(council.world.db, line.reference)).messages);
  for (const each of canaries) {
    expect(messages).not.toContain(each);
    expect(council.lines.some((logged) => logged.includes(each))).toBe(false);
  }
});
