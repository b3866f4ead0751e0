import { beforeAll, describe, expect, test } from '@jest/globals';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import { groundSays } from '../../policies/core/grounds.js';
import type { QuestionKey } from '../../policies/need-to-know/questions.js';
import type { RuleKey } from '../../policies/core/rules.js';
import { conflictOf } from '../support/conflicts.js';
import { useCouncil, type Account, type Answer } from '../support/council.js';
import { answerInOrder, expectOk, Line, reason } from '../support/line.js';
import {
  behindTheApi,
  byRule,
  leavesNothing,
  lineAt,
  liveSeats,
  notFound,
  personId,
  signInAgain,
  storedOf,
} from '../support/people.js';
import { foundRow } from '../support/found-row.js';
import type { Office } from '../../policies/core/office.js';

const council = useCouncil();

interface Attempt {
  readonly status?: 403 | 409 | 422;
  readonly by?: Account;
  readonly more?: object;
}

/** Legal, or the person named, tries to approve; the rule says no and the attempt leaves nothing behind. */
const cannotApprove = async (line: Line, rule: RuleKey, { status = 409, by, more }: Attempt = {}) => {
  const answer = await leavesNothing(council, line.reference, () => line.decide('approve', more, by));
  expect(answer).toMatchObject(byRule(status, rule));
  return answer;
};

const cannotSign = async (
  line: Line,
  office: 'childrens_services' | 'democratic_services',
  rule: RuleKey,
  { status = 409, by, more }: Attempt = {},
) => {
  const answer = await leavesNothing(council, line.reference, () => line.sign(office, more, by));
  expect(answer).toMatchObject(byRule(status, rule));
};

const cannotRefuse = async (line: Line, rule: RuleKey, { status = 409, by, more }: Attempt = {}) => {
  const answer = await leavesNothing(council, line.reference, () => line.decide('refuse', more, by));
  expect(answer).toMatchObject(byRule(status, rule));
  return answer;
};

const isApproved = async (line: Line) => {
  const stored = await storedOf(council.world.db, line.reference);
  expect(stored.request.status).toBe('approved');
  expect(stored.grants).toHaveLength(1);
  expect(new Set(liveSeats(stored).map((seat) => seat.person_id)).size).toBe(3);
};

/** The same line, which only what the test is about has kept from approval. */
const approves = async (line: Line, by?: Account) => {
  expectOk(await line.decide('approve', {}, by));
  await isApproved(line);
};

const post = async (by: Account, path: string, body: object): Promise<Answer> =>
  (await council.as(by)).post(path, body);

const nameHost = async (line: Line, host: Account, manager: Account): Promise<Answer> =>
  (await council.as('childrens.services')).put(`${line.path}/host`, {
    version: line.version,
    host: `${host}@council.example`,
    manager: `${manager}@council.example`,
  });

const recordConflict = async (person: Account, kind: string, about: object): Promise<void> => {
  expectOk(await post('democratic.services', '/api/conflicts', conflictOf(person, kind, about)));
};

const isAway = async (office: string, principal: Account): Promise<void> => {
  const today = londonDate(council.clock);
  expectOk(
    await post('democratic.services', '/api/absences', {
      office,
      principal: `${principal}@council.example`,
      from: today,
      to: today,
    }),
  );
};

const signs = async (line: Line, ...offices: ('childrens_services' | 'democratic_services')[]) => {
  for (const office of offices) expectOk(await line.sign(office));
};

const bothSign = (line: Line) => signs(line, 'childrens_services', 'democratic_services');

const meeting = (present: readonly string[], date = londonDate(council.clock)) => ({
  date,
  present,
  note: 'We went through the fourteen answers together.',
});

const meets = async (line: Line, present: readonly string[], date?: string): Promise<Answer> =>
  post('democratic.services', `${line.path}/discussion`, {
    version: line.version,
    meeting: meeting(present, date),
  });

const confirms = async (line: Line, ...people: Account[]): Promise<void> => {
  const { body } = await (await council.as('legal')).get(`${line.path}/discussion`);
  const last = body.items.findLast((each: { meeting?: object }) => each.meeting !== undefined);
  for (const by of people)
    expectOk(
      await post(by, `${line.path}/discussion/${last.id}/confirm`, {
        version: line.version,
        present: true,
      }),
    );
};

describe('approval is impossible with a sign-off missing:', () => {
  test.each([
    ['neither has signed', []],
    ['Democratic Services have not', ['childrens_services'] as const],
    ['Children’s Services have not', ['democratic_services'] as const],
  ])('%s', async (_which, signed) => {
    const line = await lineAt(council, 'assessed');
    await line.discuss();
    await signs(line, ...signed);
    await cannotApprove(line, 'three_sign_offs');
    await signs(
      line,
      ...(['childrens_services', 'democratic_services'] as const).filter(
        (office) => !signed.some((each) => each === office),
      ),
    );
    await approves(line);
  });

  test('one was withdrawn, and stays on the record as withdrawn', async () => {
    const line = await lineAt(council, 'ready');
    expectOk(
      await post('democratic.services', `${line.path}/sign-offs/democratic_services/withdraw`, {
        version: 1,
        reasons: 'The minute that was cited names another review.',
      }),
    );
    await cannotApprove(line, 'three_sign_offs');
    const stored = await storedOf(council.world.db, line.reference);
    expect(stored.signOffs.map((seat) => [seat.office, seat.voided_because])).toEqual([
      ['childrens_services', null],
      ['democratic_services', 'withdrawn'],
    ]);
    await signs(line, 'democratic_services');
    await approves(line);
  });

  test('an objection stands', async () => {
    const line = await lineAt(council, 'assessed');
    await line.discuss();
    await signs(line, 'childrens_services');
    expectOk(await line.sign('democratic_services', { outcome: 'object', grounds: ['no_remit_link'] }));
    await cannotApprove(line, 'three_sign_offs');
    expectOk(
      await post('democratic.services', `${line.path}/sign-offs/democratic_services/withdraw`, {
        version: 1,
        reasons: 'The objection has been met.',
      }),
    );
    await signs(line, 'democratic_services');
    await approves(line);
  });

  test('a seat takes one signature: not a second one, and not one of a colleague', async () => {
    const line = await lineAt(council, 'ready');
    await cannotSign(line, 'democratic_services', 'seat_taken');
    await cannotSign(line, 'democratic_services', 'seat_taken', { by: 'democratic.services.second' });
    await cannotSign(line, 'democratic_services', 'seat_taken', {
      more: { outcome: 'object', grounds: ['no_remit_link'] },
    });
  });
});

describe('approval is impossible with one person in two seats:', () => {
  test('a person with two offices who signed for one does not decide for the other', async () => {
    const line = await lineAt(council, 'assessed');
    await line.discuss();
    await signs(line, 'childrens_services');
    expectOk(await line.sign('democratic_services', {}, 'two.offices'));
    await cannotApprove(line, 'one_person_one_office', { status: 403, by: 'two.offices' });
    await cannotRefuse(line, 'one_person_one_office', { status: 403, by: 'two.offices' });
    expect((await line.read('two.offices')).body.can).not.toContain('decide');
    await approves(line);
  });

  test('it is possible for them on a line on which they signed for nobody', async () => {
    await approves(await lineAt(council, 'ready'), 'two.offices');
  });

  test('a seat that they have taken back does not count against them', async () => {
    const line = await lineAt(council, 'assessed');
    await line.discuss();
    await signs(line, 'childrens_services');
    expectOk(await line.sign('democratic_services', {}, 'two.offices'));
    const path = `${line.path}/sign-offs/democratic_services/withdraw`;
    expectOk(await post('two.offices', path, { version: 1, reasons: 'I shall decide for Legal instead.' }));
    await signs(line, 'democratic_services');
    await approves(line, 'two.offices');
  });
});

describe('approval is impossible on anything but the signed version:', () => {
  test('on an older version', async () => {
    const line = await lineAt(council, 'ready');
    expectOk(await line.edit({ alternatives: 'A briefing was given and left the question open.' }));
    expect(line.version).toBe(2);
    await cannotApprove(line, 'stale_version', { more: { version: 1 } });
    await cannotApprove(line, 'stale_version', { more: { version: 3 } });
    await cannotSign(line, 'childrens_services', 'stale_version', { more: { version: 1 } });
    // The answers were carried over to be confirmed, so the version before the offices is not assessed yet.
    await cannotApprove(line, 'test_incomplete');
    await line.answerAll();
    await cannotApprove(line, 'three_sign_offs');
    await bothSign(line);
    // What was said of the version before does not count for this one.
    await cannotApprove(line, 'discussion');
    await line.discuss();
    await approves(line);
    const stored = await storedOf(council.world.db, line.reference);
    expect(stored.signOffs.map((seat) => [seat.version, seat.voided_because])).toEqual([
      [1, 'edited'],
      [1, 'edited'],
      [2, null],
      [2, null],
      [2, null],
    ]);
  });

  test.each<[string, QuestionKey, object]>([
    ['to another that also passes', 'connection', { answer: 'professional', reason }],
    [
      'in its reason alone',
      'necessity',
      { answer: 'duty', reason: 'Put better: the duty is in the minute.' },
    ],
    ['to one that blocks', 'connection', { answer: 'personal' }],
  ])('after an answer was changed %s, and it stays so when it is changed back', async (_how, key, answer) => {
    const line = await lineAt(council, 'ready');
    expectOk(await line.answer(key, answer));
    await cannotApprove(
      line,
      key === 'connection' && !('reason' in answer) ? 'need_to_know' : 'three_sign_offs',
    );
    expectOk(await line.answer(key, answerInOrder(key, line.type)));
    await cannotApprove(line, 'three_sign_offs');
    const stored = await storedOf(council.world.db, line.reference);
    expect(stored.signOffs.map((seat) => seat.voided_because)).toEqual(['answer_changed', 'answer_changed']);
    await bothSign(line);
    await approves(line);
  });

  test('giving the same answer again voids nothing', async () => {
    const line = await lineAt(council, 'ready');
    await line.answerAll();
    await approves(line);
  });
});

describe('approval is impossible without the discussion:', () => {
  const assessedAndSigned = async () => {
    const line = await lineAt(council, 'assessed');
    await bothSign(line);
    return line;
  };

  test('nobody has spoken, then one office, then two', async () => {
    const line = await assessedAndSigned();
    await cannotApprove(line, 'discussion');
    for (const speaker of ['childrens.services', 'democratic.services']) {
      expectOk(await line.speak(speaker));
      await cannotApprove(line, 'discussion');
    }
    expectOk(await line.speak('legal.second'));
    await approves(line);
  });

  test('the Monitoring Officer does not speak for Legal', async () => {
    const line = await assessedAndSigned();
    for (const speaker of ['childrens.services', 'democratic.services', 'monitoring.officer']) {
      expectOk(await line.speak(speaker));
    }
    await cannotApprove(line, 'discussion');
  });

  test('one person who holds two offices does not speak for both', async () => {
    const line = await assessedAndSigned();
    expectOk(await line.speak('childrens.services'));
    expectOk(await line.speak('two.offices', 'For Legal.', { office: 'legal' }));
    expectOk(await line.speak('two.offices', 'For Democratic Services.', { office: 'democratic_services' }));
    await cannotApprove(line, 'discussion');
    expectOk(await line.speak('democratic.services.second'));
    await approves(line);
  });

  test.each([
    ['Legal', ['childrens_services', 'democratic_services']],
    ['Children’s Services', ['legal', 'democratic_services']],
    [
      'Democratic Services, though the Monitoring Officer was there',
      ['childrens_services', 'legal', 'monitoring_officer'],
    ],
  ])('a meeting was held without %s', async (_whom, present) => {
    const line = await assessedAndSigned();
    expectOk(await meets(line, present));
    await cannotApprove(line, 'discussion');
    expectOk(await meets(line, ['childrens_services', 'legal', 'democratic_services']));
    await cannotApprove(line, 'meeting_unconfirmed');
    await confirms(line, 'childrens.services', 'legal');
    await approves(line);
  });

  test('two meetings of two offices each do not make one of three', async () => {
    const line = await assessedAndSigned();
    expectOk(await meets(line, ['childrens_services', 'legal']));
    expectOk(await meets(line, ['legal', 'democratic_services']));
    await cannotApprove(line, 'discussion');
  });

  test('a meeting in the future, or before the request was submitted, is not recorded', async () => {
    const line = await assessedAndSigned();
    const all = ['childrens_services', 'legal', 'democratic_services'];
    const today = londonDate(council.clock);
    for (const date of [addDays(today, 1), addDays(today, 400), addDays(today, -1), '1900-01-01']) {
      const answer = await leavesNothing(council, line.reference, () => meets(line, all, date));
      expect(answer).toMatchObject(byRule(422, 'nothing_backdated'));
      expect(answer.body.errors).toEqual([{ field: 'meeting.date', message: expect.stringMatching(/\S/) }]);
    }
    await cannotApprove(line, 'discussion');
  });
});

describe('approval is impossible for a person who may not decide:', () => {
  let line: Line;
  beforeAll(async () => {
    line = await lineAt(council, 'ready');
  }, 30_000);

  test('the councillor who asks', async () => {
    await cannotApprove(line, 'requester', { status: 403, by: 'scrutiny.chair' });
    await cannotSign(line, 'democratic_services', 'requester', { status: 403, by: 'scrutiny.chair' });
  });

  test.each<Account>(['scrutiny.member', 'lead.member', 'former.member', 'administrator'])(
    '%s, who may not even read it',
    async (by) => {
      const answer = await leavesNothing(council, line.reference, () => line.decide('approve', {}, by));
      expect({ status: answer.status, body: answer.body }).toEqual(notFound);
    },
  );

  test.each<Account>([
    'childrens.services',
    'democratic.services',
    'democratic.services.second',
    'monitoring.officer',
    'monitoring.officer.deputy',
    'host',
    'data.protection',
    'auditor',
  ])('%s, whose office does not decide', async (by) => {
    await cannotApprove(line, 'office', { status: 403, by });
    await cannotRefuse(line, 'office', { status: 403, by });
  });

  test.each<[Account, 'childrens_services' | 'democratic_services']>([
    ['legal', 'democratic_services'],
    ['legal.second', 'childrens_services'],
    ['two.offices', 'childrens_services'],
    ['childrens.services', 'democratic_services'],
    ['democratic.services', 'childrens_services'],
    ['host', 'childrens_services'],
    ['auditor', 'democratic_services'],
  ])('and %s does not sign for %s', async (by, office) => {
    await cannotSign(line, office, 'office', { status: 403, by });
  });

  test('and a person who may decide approves the same line', async () => {
    await approves(line);
  });
});

describe('approval is impossible for a person with a conflict:', () => {
  test('the host, of any office', async () => {
    const line = await lineAt(council, 'assessed');
    expectOk(await nameHost(line, 'legal.second', 'auditor'));
    await line.discuss();
    await bothSign(line);
    await cannotApprove(line, 'host_signs', { status: 403, by: 'legal.second' });
    await cannotRefuse(line, 'host_signs', { status: 403, by: 'legal.second' });
    expect((await line.read('legal.second')).body.can).not.toContain('decide');
    await approves(line);
  });

  test('the host’s line manager', async () => {
    const line = await lineAt(council, 'assessed');
    expectOk(await nameHost(line, 'host', 'legal.second'));
    await line.discuss();
    await bothSign(line);
    await cannotApprove(line, 'line_manager_signs', { status: 403, by: 'legal.second' });
    expect((await line.read('legal.second')).body.can).not.toContain('decide');
    await approves(line);
  });

  test('neither signs for the other offices either', async () => {
    const line = await lineAt(council, 'assessed');
    expectOk(await nameHost(line, 'democratic.services', 'democratic.services.second'));
    await cannotSign(line, 'democratic_services', 'host_signs', { status: 403 });
    await cannotSign(line, 'democratic_services', 'line_manager_signs', {
      status: 403,
      by: 'democratic.services.second',
    });
  });

  test('and nobody makes themselves host, or somebody else, once there is a sign-off', async () => {
    const line = await lineAt(council, 'assessed');
    await signs(line, 'childrens_services');
    const answer = await leavesNothing(council, line.reference, () =>
      nameHost(line, 'legal.second', 'auditor'),
    );
    expect(answer).toMatchObject(byRule(409, 'seat_signed'));
  });

  test.each<[string, string, RuleKey]>([
    ['a declared relation', 'relation', 'declared_relation'],
    ['a party to a complaint', 'complaint', 'complaint'],
    ['somebody in the line of management', 'line_management', 'recorded_conflict'],
    ['somebody with another conflict', 'other', 'recorded_conflict'],
  ])('%s, on this request', async (_who, kind, rule) => {
    const line = await lineAt(council, 'ready');
    await recordConflict('legal.second', kind, { reference: line.reference });
    await cannotApprove(line, rule, { status: 403, by: 'legal.second' });
    await cannotRefuse(line, rule, { status: 403, by: 'legal.second' });
    await approves(line);
  });

  test.each<[string, RuleKey]>([
    ['relation', 'declared_relation'],
    ['complaint', 'complaint'],
  ])(
    'a %s with the councillor bars from each request of theirs, and from nobody else’s',
    async (kind, rule) => {
      const { councillorId } = await council.as('coopted.member');
      const person = kind === 'relation' ? 'two.offices' : 'democratic.services.second';
      await recordConflict(person, kind, { councillor: councillorId });
      const theirs = await lineAt(council, 'assessed', {
        answers: { standing: { answer: 'coopted', reason } },
        author: 'coopted.member',
      });
      await cannotSign(theirs, 'democratic_services', rule, { status: 403, by: person });
      const other = await lineAt(council, 'assessed');
      expectOk(await other.sign('democratic_services', {}, person));
    },
  );

  test('a person who signed and was recorded as conflicted afterwards: their office takes the sign-off back first', async () => {
    const line = await lineAt(council, 'ready');
    await recordConflict('democratic.services', 'complaint', { reference: line.reference });
    await cannotApprove(line, 'conflicted_seat');
    expectOk(
      await post('democratic.services.second', `${line.path}/sign-offs/democratic_services/withdraw`, {
        version: 1,
        reasons: 'Recorded as conflicted after signing.',
      }),
    );
    await cannotSign(line, 'democratic_services', 'complaint', { status: 403 });
    await cannotApprove(line, 'three_sign_offs');
    expectOk(await line.sign('democratic_services', {}, 'democratic.services.second'));
    await approves(line);
  });

  test('a councillor in office, whatever office besides they hold', async () => {
    const { db } = council.world;
    const person = await personId(db, 'lead.member');
    const holding = { person_id: person, office: 'legal' } as const;
    await behindTheApi(db, (trx) => trx('offices_held').insert({ ...holding, capacity: 'authorised' }));
    const line = await lineAt(council, 'ready');
    await cannotApprove(line, 'any_councillor', { status: 403, by: 'lead.member' });
    expect((await line.read('lead.member')).body.can).not.toContain('decide');
    await behindTheApi(db, (trx) => trx('offices_held').where(holding).delete());
  });

  test('the councillor who asks, even one who holds the office', async () => {
    const { db } = council.world;
    const person = await personId(db, 'scrutiny.chair');
    const held = (office: Office) => ({ person_id: person, office });
    await behindTheApi(db, async (trx) => {
      await trx('offices_held').insert({ ...held('legal'), capacity: 'authorised' });
      await trx('offices_held').insert({ ...held('democratic_services'), capacity: 'authorised' });
    });
    const line = await lineAt(council, 'ready');
    await cannotApprove(line, 'requester', { status: 403, by: 'scrutiny.chair' });
    await cannotSign(line, 'democratic_services', 'requester', { status: 403, by: 'scrutiny.chair' });
    const read = await line.read('scrutiny.chair');
    expect(read.body.can.toSorted()).toEqual(['edit', 'withdraw']);
    expect(read.body).not.toHaveProperty('signOffs');
    await behindTheApi(db, (trx) =>
      trx('offices_held')
        .where({ person_id: person })
        .whereIn('office', ['legal', 'democratic_services'])
        .delete(),
    );
  });
});

describe('a deputy', () => {
  const deputise = async (office: string, deputy: Account) => {
    const today = londonDate(council.clock);
    expectOk(
      await post('democratic.services', '/api/deputies', {
        office,
        deputy: `${deputy}@council.example`,
        from: today,
        to: today,
        authority: 'Scheme of delegation, part 3.',
      }),
    );
  };

  test('does not sign while the principal is there, and does sign for a principal with a conflict', async () => {
    const line = await lineAt(council, 'assessed');
    const by = 'childrens.services.deputy';
    await cannotSign(line, 'childrens_services', 'principal_present', { status: 403, by });
    expect((await line.read(by)).body.can).toEqual([]);
    await recordConflict('childrens.services', 'relation', { reference: line.reference });
    expectOk(await line.sign('childrens_services', {}, by));
    // On another request the principal is as present as before.
    const other = await lineAt(council, 'assessed');
    await cannotSign(other, 'childrens_services', 'principal_present', { status: 403, by });
  });

  test('does not approve while the head of Legal is there, and does once the absence is recorded', async () => {
    const by = 'monitoring.officer.deputy';
    await deputise('legal', by);
    const line = await lineAt(council, 'ready');
    await cannotApprove(line, 'principal_present', { status: 403, by });
    await isAway('democratic_services', 'democratic.services');
    await cannotApprove(line, 'principal_present', { status: 403, by });
    await isAway('legal', 'legal');
    expect((await line.read(by)).body.can).toContain('decide');
    await approves(line, by);
    const { body } = await line.read('democratic.services');
    const legalSays = { capacity: 'deputy', deputyFor: expect.stringMatching(/^Legal \(/) };
    expect(body.decision.by).toMatchObject(legalSays);
    expect(body.signOffs.find((seat: { office: string }) => seat.office === 'legal').by).toMatchObject(
      legalSays,
    );
    const trail = await (
      await council.as('auditor')
    ).get(`/api/audit?subject=${line.reference}&type=request.decided`);
    expect(trail.body.items).toEqual([expect.objectContaining({ office: 'legal', capacity: 'deputy' })]);
  });

  test('signs for the absent Director, and never for a strategy discussion', async () => {
    const by = 'childrens.services.deputy';
    const strategy = await lineAt(council, 'assessed', {
      changes: { observationType: 'strategy_discussion' },
    });
    const other = await lineAt(council, 'assessed');
    await isAway('childrens_services', 'childrens.services');
    await cannotSign(strategy, 'childrens_services', 'head_signs', { status: 403, by });
    expect((await strategy.read(by)).body.can).not.toContain('sign_off');
    expectOk(await other.sign('childrens_services', {}, by));
    const { body } = await other.read('legal');
    expect(body.signOffs[0].by).toMatchObject({
      capacity: 'deputy',
      deputyFor: expect.stringContaining('Children'),
    });
  });

  test('an authorised person signs at any time, and never for a strategy discussion', async () => {
    const { db } = council.world;
    const holding = { person_id: await personId(db, 'auditor'), office: 'childrens_services' } as const;
    await behindTheApi(db, (trx) => trx('offices_held').insert({ ...holding, capacity: 'authorised' }));
    const by = 'auditor';
    const strategy = await lineAt(council, 'assessed', {
      changes: { observationType: 'strategy_discussion' },
    });
    await strategy.discuss();
    await signs(strategy, 'democratic_services');
    await cannotSign(strategy, 'childrens_services', 'head_signs', { status: 403, by });
    await cannotApprove(strategy, 'three_sign_offs');
    await signs(strategy, 'childrens_services');
    await approves(strategy);
    const other = await lineAt(council, 'assessed');
    expectOk(await other.sign('childrens_services', {}, by));
    await behindTheApi(db, (trx) => trx('offices_held').where(holding).delete());
  });
});

const each = (items: readonly string[], value: string) =>
  Object.fromEntries(items.map((item) => [item, value]));
const alternatives = ['briefing', 'data', 'anonymised_audit', 'closed_case', 'staff_talk', 'other_type'];

describe('approval is impossible while an answer blocks:', () => {
  let line: Line;
  beforeAll(async () => {
    line = await lineAt(council, 'ready');
  }, 30_000);

  test.each<[QuestionKey, string, object, string]>([
    ['necessity', 'no link', { answer: 'no_link', reason }, 'no_remit_link'],
    ['necessity', 'curiosity', { answer: 'curiosity' }, 'curiosity'],
    ['scope', 'open-ended', { answer: 'open_ended' }, 'roving_commission'],
    [
      'alternatives',
      'one would do',
      { answer: { ...each(alternatives, 'insufficient'), data: 'sufficient' }, reason },
      'alternative_sufficient',
    ],
    ['collateral_purpose', 'another purpose', { answer: 'yes' }, 'collateral_purpose'],
    [
      'collateral_purpose',
      'watching for a constituent whose own case this is',
      { answer: 'constituent_case', reason },
      'council_rule',
    ],
    ['connection', 'a personal link', { answer: 'personal' }, 'connection'],
    ['legal_bars', 'adoption', { answer: [{ bar: 'adoption' }] }, 'legal_bar'],
    ['legal_bars', 'a criminal investigation', { answer: [{ bar: 'criminal' }] }, 'legal_bar'],
    ['legal_bars', 'allegations management', { answer: [{ bar: 'lado' }] }, 'legal_bar'],
    [
      'legal_bars',
      'an adoption order',
      { answer: [{ bar: 'adoption_order', lawfulRoute: reason }] },
      'legal_bar',
    ],
    ['legal_bars', 'proceedings without a route', { answer: [{ bar: 'proceedings' }] }, 'legal_bar'],
    ['legal_bars', 'an order without a route', { answer: [{ bar: 'court_order' }] }, 'legal_bar'],
    ['proportionality', 'disproportionate', { answer: 'disproportionate', reason }, 'disproportionate'],
    [
      'agreements',
      'refused by the family',
      { answer: { chair: 'agreed', family: 'refused', child: 'agreed' } },
      'agreement_refused',
    ],
    ['lawful_basis', 'not confirmed', { answer: 'not_confirmed', reason }, 'no_lawful_basis'],
  ])('%s: %s', async (key, _what, answer, ground) => {
    expectOk(await line.answer(key, answer));
    // Both may still agree, so that nothing else keeps it from approval.
    await bothSign(line);
    const { body } = await cannotApprove(line, 'need_to_know');
    expect(body.detail).toContain('not established');
    const { body: assessment } = await (await council.as('legal')).get(`${line.path}/assessment`);
    expect(assessment).toMatchObject({ outcome: 'not_established', grounds: [ground] });
    const more = { grounds: [ground === 'curiosity' ? 'connection' : 'curiosity'] };
    if (ground === 'collateral_purpose' || ground === 'connection') {
      // What is held against the councillor comes after a hearing (test/server/review/hearing.test.ts).
      await cannotRefuse(line, 'hearing', { more });
    } else {
      const { body: refused } = await cannotRefuse(line, 'grounds_of_blocks', { status: 422, more });
      expect(refused.errors).toEqual([
        { field: 'grounds', message: expect.stringContaining(groundSays[ground as keyof typeof groundSays]) },
      ]);
    }
    expectOk(await line.answer(key, answerInOrder(key, line.type)));
  });

  test('and why somebody did not agree is not taken down', async () => {
    const answer = { chair: 'agreed', family: 'refused', child: 'agreed' };
    expect(await line.answer('agreements', { answer, reason: { family: 'They said why.' } })).toMatchObject({
      status: 422,
      body: { rule: 'refusal_reason', errors: [{ field: 'reason.family' }] },
    });
    // Of somebody else a reason may be given beside it.
    const nobody = { ...answer, child: 'not_applicable' };
    const reasons = { child: 'No child of an age to be asked.' };
    expectOk(await line.answer('agreements', { answer: nobody, reason: reasons }));
    const past = behindTheApi(council.world.db, (trx) =>
      trx('answers')
        .where({ question: 'agreements' })
        .whereRaw('request_id = (select id from requests where reference = ?)', [line.reference])
        .update({ reason: JSON.stringify({ family: 'They said why.' }) }),
    );
    await expect(past).rejects.toMatchObject({ constraint: 'answers_no_reason_of_refusal_check' });
    expectOk(await line.answer('agreements', answerInOrder('agreements', line.type)));
  });

  test('and every block is named, not only the first', async () => {
    expectOk(await line.answer('legal_bars', { answer: [{ bar: 'court_order' }] }));
    expectOk(await line.answer('scope', { answer: 'open_ended' }));
    await bothSign(line);
    const { body } = await cannotApprove(line, 'need_to_know');
    expect(body.detail).toMatch(/court order/);
    expect(body.detail).toMatch(/open-ended/);
    const { body: fewer } = await cannotRefuse(line, 'grounds_of_blocks', {
      status: 422,
      more: { grounds: ['legal_bar'] },
    });
    expect(fewer.errors[0].message).toContain(groundSays.roving_commission);
    expectOk(await line.decide('refuse', { grounds: ['legal_bar', 'roving_commission', 'no_remit_link'] }));
    const stored = await storedOf(council.world.db, line.reference);
    expect(stored.request.status).toBe('refused');
    expect(stored.grants).toEqual([]);
  });
});

describe('approval is impossible while a question is open or lacks a reason:', () => {
  test.each<[string, QuestionKey, object | null]>([
    ['it is not answered at all', 'documents', null],
    [
      'an item that the type calls for is left out',
      'agreements',
      { answer: { chair: 'agreed', child: 'agreed' } },
    ],
    ['an alternative is left out', 'alternatives', { answer: { briefing: 'insufficient' }, reason }],
    ['necessity has no reason', 'necessity', { answer: 'duty' }],
    ['necessity has a blank reason', 'necessity', { answer: 'duty', reason: ' ' }],
    ['the lawful basis has no reason', 'lawful_basis', { answer: 'confirmed' }],
    [
      'an alternative has no reason',
      'alternatives',
      { answer: each(alternatives, 'insufficient'), reason: { data: reason } },
    ],
    ['privilege has no reason', 'legal_bars', { answer: [{ bar: 'privilege' }] }],
    [
      'a party is not concerned, without a reason',
      'agreements',
      { answer: { chair: 'agreed', family: 'agreed', child: 'not_applicable' } },
    ],
    ['a link of the ward has no reason', 'connection', { answer: 'ward' }],
  ])('%s', async (_what, key, answer) => {
    const line = await lineAt(council, 'submitted');
    for (const asked of allKeys) {
      if (asked !== key) expectOk(await line.answer(asked, answerInOrder(asked, line.type)));
    }
    if (answer) expectOk(await line.answer(key, answer));
    await line.discuss();
    await cannotSign(line, 'childrens_services', 'test_incomplete');
    await cannotSign(line, 'democratic_services', 'test_incomplete');
    await cannotApprove(line, 'test_incomplete');
    expectOk(await line.answer(key, answerInOrder(key, line.type)));
    await bothSign(line);
    await approves(line);
  });

  test('more than one event wants a reason for its scope, which an edit can bring about', async () => {
    const line = await lineAt(council, 'assessed', { answers: { scope: { answer: 'specific' } } });
    await line.discuss();
    expectOk(await line.edit({ events: 2 }));
    for (const key of allKeys) {
      const answer = key === 'scope' ? { answer: 'specific' } : answerInOrder(key, line.type);
      expectOk(await line.answer(key, answer));
    }
    await cannotSign(line, 'childrens_services', 'test_incomplete');
    await cannotApprove(line, 'test_incomplete');
  });
});

const allKeys: readonly QuestionKey[] = [
  'standing',
  'role',
  'authority',
  'necessity',
  'scope',
  'alternatives',
  'collateral_purpose',
  'connection',
  'documents',
  'legal_bars',
  'proportionality',
  'agreements',
  'lawful_basis',
  'prerequisites',
];

describe('approval is impossible after the register changed', () => {
  const councillor = async () => (await council.as('scrutiny.member')).councillorId;
  const ready = () => lineAt(council, 'ready', { author: 'scrutiny.member' });
  const yesterday = () => addDays(londonDate(council.clock), -1);

  test('and the training ended; it is possible again once it is renewed', async () => {
    const { db } = council.world;
    const line = await ready();
    const training = { councillor_id: await councillor(), kind: 'safeguarding' };
    const { expires } = await foundRow(db('training').where(training).first('expires'));
    await behindTheApi(council.world.owner, (trx) =>
      trx('training').where(training).update({ expires: yesterday() }),
    );
    const { body } = await cannotApprove(line, 'register');
    expect(body.detail).toContain('safeguarding training');
    await behindTheApi(council.world.owner, (trx) => trx('training').where(training).update({ expires }));
    await approves(line);
  });

  test('and the appointment ended before the window does', async () => {
    const { db } = council.world;
    const line = await ready();
    const appointment = { councillor_id: await councillor(), kind: 'relevant_committee' };
    const { to_date: to } = await foundRow(db('appointments').where(appointment).first('to_date'));
    const early = addDays(londonDate(council.clock), 20);
    await behindTheApi(db, (trx) => trx('appointments').where(appointment).update({ to_date: early }));
    await cannotApprove(line, 'register');
    await behindTheApi(db, (trx) => trx('appointments').where(appointment).update({ to_date: to }));
    await approves(line);
  });

  test('and the councillor is a member no longer, or not on every day of the window', async () => {
    const { db } = council.world;
    const line = await ready();
    const who = { id: await councillor() };
    const { term_to: to } = await foundRow(db('councillors').where(who).first('term_to'));
    await behindTheApi(db, (trx) => trx('councillors').where(who).update({ standing: 'former' }));
    await cannotApprove(line, 'register');
    const early = addDays(londonDate(council.clock), 20);
    await behindTheApi(db, (trx) =>
      trx('councillors').where(who).update({ standing: 'sitting', term_to: early }),
    );
    await cannotApprove(line, 'register');
    await behindTheApi(db, (trx) => trx('councillors').where(who).update({ term_to: to }));
    await approves(line);
  });

  test('and an answer against the register is refused, the same as before included', async () => {
    const { db } = council.world;
    const line = await ready();
    const training = { councillor_id: await councillor(), kind: 'data_protection' };
    const { expires } = await foundRow(db('training').where(training).first('expires'));
    await behindTheApi(council.world.owner, (trx) =>
      trx('training').where(training).update({ expires: yesterday() }),
    );
    const answer = await leavesNothing(council, line.reference, () =>
      line.answer('prerequisites', answerInOrder('prerequisites', line.type)),
    );
    expect(answer).toMatchObject(byRule(409, 'register'));
    await behindTheApi(council.world.owner, (trx) => trx('training').where(training).update({ expires }));
    for (const [key, contrary] of [
      ['standing', { answer: 'coopted', reason }],
      ['role', { answer: 'lead_member' }],
      ['prerequisites', { answer: { undertaking: 'missing' } }],
    ] as const) {
      const refused = await leavesNothing(council, line.reference, () => line.answer(key, contrary));
      expect(refused).toMatchObject(byRule(409, 'register'));
    }
    await approves(line);
  });
});

describe('approval is impossible at any stage but one:', () => {
  const closed = async (line: Line, says: string) => {
    const { body } = await cannotApprove(line, 'status');
    expect(body.detail).toContain(says);
    await cannotRefuse(line, 'status');
    await cannotSign(line, 'childrens_services', 'status');
  };

  test('Legal finds neither a draft nor a withdrawn request', async () => {
    const line = await lineAt(council, 'draft');
    const isHidden = async () => {
      const answer = await leavesNothing(council, line.reference, () => line.decide('approve'));
      expect({ status: answer.status, body: answer.body }).toEqual(notFound);
    };
    await isHidden();
    expectOk(await post('scrutiny.chair', `${line.path}/withdraw`, { version: 1 }));
    await isHidden();
  });

  test('returned', async () => {
    const line = await lineAt(council, 'ready');
    expectOk(await post('legal', `${line.path}/return`, { version: 1, questions: 'Which meeting is it?' }));
    await closed(line, 'returned');
    expectOk(await post('scrutiny.chair', `${line.path}/submit`, { version: 1 }));
    await approves(line);
  });

  test('withdrawn', async () => {
    const line = await lineAt(council, 'ready');
    expectOk(await post('scrutiny.chair', `${line.path}/withdraw`, { version: 1 }));
    await closed(line, 'withdrawn');
  });

  test('refused', async () => {
    const line = await lineAt(council, 'ready');
    expectOk(await line.decide('refuse'));
    await closed(line, 'refused');
    expect((await storedOf(council.world.db, line.reference)).grants).toEqual([]);
  });

  test('approved already', async () => {
    const line = await Line.approved(council);
    await closed(line, 'approved');
    await cannotApprove(line, 'status', { by: 'legal.second' });
    await isApproved(line);
  });
});

describe('a refusal', () => {
  const shapeOf = async (line: Line, act: () => Promise<Answer>, field: string) => {
    const answer = await leavesNothing(council, line.reference, act);
    expect(answer).toMatchObject({ status: 422, body: { type: '/problems/invalid' } });
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toContain(field);
  };

  test('gives its reasons, and so does an approval and every sign-off', async () => {
    const line = await lineAt(council, 'ready');
    for (const reasons of [undefined, '', '  ', 7]) {
      await shapeOf(line, () => line.decide('refuse', { reasons }), 'reasons');
      await shapeOf(line, () => line.decide('approve', { reasons }), 'reasons');
      await shapeOf(line, () => line.sign('childrens_services', { reasons }), 'reasons');
    }
  });

  test('declares that there is no conflict, as every sign-off does', async () => {
    const line = await lineAt(council, 'ready');
    for (const noConflict of [undefined, false, 'true']) {
      await shapeOf(line, () => line.decide('refuse', { noConflict }), 'noConflict');
      await shapeOf(line, () => line.decide('approve', { noConflict }), 'noConflict');
      await shapeOf(line, () => line.sign('childrens_services', { noConflict }), 'noConflict');
    }
  });

  test('cites a ground, and so does an objection; who approves or agrees cites none', async () => {
    const line = await lineAt(council, 'assessed');
    await cannotSign(line, 'childrens_services', 'coded_ground', {
      status: 422,
      more: { outcome: 'object', grounds: [] },
    });
    await cannotSign(line, 'childrens_services', 'no_ground', {
      status: 422,
      more: { grounds: ['connection'] },
    });
    await line.discuss();
    await bothSign(line);
    await cannotRefuse(line, 'coded_ground', { status: 422, more: { grounds: [] } });
    await cannotApprove(line, 'no_ground', { status: 422, more: { grounds: ['connection'] } });
    await shapeOf(line, () => line.decide('refuse', { grounds: ['party_membership'] }), 'grounds.0');
    expectOk(await line.decide('refuse', { grounds: ['disproportionate'] }));
  });

  test('cites confidentiality_breach on an upheld finding alone', async () => {
    const line = await lineAt(council, 'assessed', { author: 'scrutiny.member' });
    const grounds = ['confidentiality_breach'];
    await cannotSign(line, 'democratic_services', 'upheld_finding', { more: { outcome: 'object', grounds } });
    await bothSign(line);
    await cannotRefuse(line, 'upheld_finding', { more: { grounds } });
    const who = (await council.as('scrutiny.member')).councillorId;
    const today = londonDate(council.clock);
    expectOk(
      await (
        await council.as('monitoring.officer')
      ).post(`/api/councillors/${who}/findings`, {
        body: 'Standards Committee',
        date: addDays(today, -30),
        minute: 'Minute 7',
        until: today,
      }),
    );
    await cannotRefuse(line, 'hearing', { more: { grounds } });
    expectOk(await post('legal', `${line.path}/hearing`, { version: 1, gist: 'The finding of last month.' }));
    expectOk(await post('scrutiny.member', `${line.path}/hearing/answer`, { text: 'It was put right.' }));
    expectOk(await line.decide('refuse', { grounds }));
  });

  test('comes last, except that a block is enough, even while other questions are open', async () => {
    const line = await lineAt(council, 'submitted');
    await cannotRefuse(line, 'legal_last');
    expectOk(await line.answer('connection', answerInOrder('connection', line.type)));
    await cannotRefuse(line, 'legal_last');
    expectOk(await line.answer('necessity', { answer: 'curiosity' }));
    await cannotRefuse(line, 'grounds_of_blocks', { status: 422 });
    expectOk(await line.decide('refuse', { grounds: ['curiosity'] }));
  });

  test('comes last, except that an objection is enough', async () => {
    const line = await lineAt(council, 'assessed');
    await cannotRefuse(line, 'legal_last');
    await signs(line, 'childrens_services');
    await cannotRefuse(line, 'legal_last');
    expectOk(await line.sign('democratic_services', { outcome: 'object', grounds: ['no_remit_link'] }));
    const path = `${line.path}/sign-offs/democratic_services/withdraw`;
    expectOk(await post('democratic.services', path, { version: 1, reasons: 'It has been met.' }));
    await cannotRefuse(line, 'legal_last');
    expectOk(await line.sign('democratic_services', { outcome: 'object', grounds: ['no_remit_link'] }));
    expectOk(await line.decide('refuse'));
  });

  test('is not undone by a block that was taken away again', async () => {
    const line = await lineAt(council, 'assessed', { answers: { connection: { answer: 'personal' } } });
    expectOk(await line.answer('connection', { answer: 'none' }));
    await cannotRefuse(line, 'legal_last');
  });
});

describe('nothing is backdated:', () => {
  test('no body takes a time of its own', async () => {
    const draft = await lineAt(council, 'draft');
    const line = await lineAt(council, 'ready');
    const early = '2026-01-05T10:00:00Z';
    const times = { at: early, date: '2026-01-05', signedAt: early, decidedAt: early, submittedAt: early };
    for (const [field, value] of Object.entries(times)) {
      const more = { [field]: value };
      const { body: current } = await draft.read('scrutiny.chair');
      const version = { version: current.version, ...more };
      const calls: readonly [Line, () => Promise<Answer>][] = [
        [line, () => line.decide('approve', more)],
        [line, () => line.decide('refuse', more)],
        [line, () => line.sign('childrens_services', more)],
        [line, () => line.speak('legal', 'Agreed.', more)],
        [line, () => line.answer('connection', { answer: 'none', ...more })],
        [line, () => post('legal', `${line.path}/return`, { ...version, questions: 'Which one?' })],
        [line, () => post('scrutiny.chair', `${line.path}/withdraw`, version)],
        [line, () => line.edit({ alternatives: 'None.', ...more })],
        [
          line,
          () =>
            post('childrens.services', `${line.path}/sign-offs/childrens_services/withdraw`, {
              ...version,
              reasons: 'It was too early.',
            }),
        ],
        [draft, () => post('scrutiny.chair', `${draft.path}/submit`, version)],
      ];
      for (const [about, call] of calls) {
        const answer = await leavesNothing(council, about.reference, call);
        expect(answer).toMatchObject({ status: 422 });
        expect(answer.body.errors).toContainEqual(expect.objectContaining({ field }));
      }
    }
  });

  test('sign-offs and decisions carry the time at which they were made', async () => {
    const line = await Line.approved(council);
    const { body } = await line.read('legal');
    const now = council.clock.toISOString();
    expect(body.signOffs.map((seat: { at: string }) => seat.at)).toEqual([now, now, now]);
    expect(body.decision.at).toBe(now);
  });

  test('the window approved lies within the one asked for', async () => {
    const line = await lineAt(council, 'ready');
    const { body } = await line.read('legal');
    const { from, to } = body.window as { from: string; to: string };
    for (const more of [{ from: addDays(from, -1) }, { to: addDays(to, 1) }, { from: to, to: from }]) {
      await cannotApprove(line, 'grant_window', { status: 422, more });
    }
    await approves(line);
  });

  test('a window that is over is not approved after the event', async () => {
    const before = council.clock;
    const line = await lineAt(council, 'ready');
    try {
      council.clock = new Date(before.getTime() + 40 * 24 * 60 * 60 * 1000);
      await signInAgain(council, 'legal.second');
      await cannotApprove(line, 'time_passed', { by: 'legal.second' });
    } finally {
      council.clock = before;
      await signInAgain(council, 'legal.second');
    }
  });
});

describe('approval is impossible after a new protocol, until it is accepted', () => {
  test('the undertaking is in the version in force', async () => {
    const { db } = council.world;
    const line = await lineAt(council, 'ready');
    await behindTheApi(db, (trx) =>
      trx('protocol_versions').insert({
        version: 2,
        text: 'As before, in plainer words.',
        in_force_from: council.clock,
      }),
    );
    const { body } = await cannotApprove(line, 'register');
    expect(body.detail).toContain('undertaking');
    const { councillorId } = await council.as('scrutiny.chair');
    await behindTheApi(db, (trx) =>
      trx('protocol_acceptances').insert({
        councillor_id: councillorId,
        version: 2,
        accepted_at: council.clock,
      }),
    );
    await approves(line);
  });
});
