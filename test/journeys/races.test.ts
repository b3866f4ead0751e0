import { beforeAll, describe, expect, test } from '@jest/globals';
import type { RuleKey } from '../../policies/core/rules.js';
import { conflictOf } from '../support/conflicts.js';
import { useCouncil, type Account, type Answer } from '../support/council.js';
import { complete, Line, reason } from '../support/line.js';
import { isLong } from '../support/long.js';
import {
  brought,
  byRule,
  copiesOf,
  liveSeats,
  stepsOf,
  storedOf,
  type Stage,
  type Step,
  type Stored,
} from '../support/people.js';
import { foundRow } from '../support/found-row.js';

const council = useCouncil();

/** How often each race is run: enough to meet both orders of every pair, and a hundred times at length. */
const times = isLong ? 100 : 8;
/** How often to run the races that need fewer rounds. */
const fewerTimes = Math.min(times, 25);
/** So many pairs are under way at once; each call takes a connection of its own. */
const abreast = 5;

interface Outcome {
  readonly line: Line;
  readonly first: Answer;
  readonly second: Answer;
  readonly stored: Stored;
  readonly steps: readonly Step[];
}

/** Approvals of one councillor's requests wait for each other, so that side by side the other call always wins. */
const oneAtATime = { pairs: 1 };

type Call = (line: Line) => Promise<Answer>;

const inBatches = async <T>(
  items: readonly T[],
  size: number,
  each: (item: T, index: number) => Promise<void>,
) => {
  for (let start = 0; start < items.length; start += size) {
    await Promise.all(items.slice(start, start + size).map((item, index) => each(item, start + index)));
  }
};

/** Everything that must hold of every request still holds, whoever came first. */
const isSound = ({ first, second, stored, steps }: Outcome) => {
  for (const { status, body } of [first, second]) {
    expect([200, 201, 403, 409]).toContain(status);
    if (status > 201) {
      expect(body).toMatchObject({
        rule: expect.stringMatching(/\S/),
        authority: expect.stringMatching(/\S/),
      });
    }
  }
  const { request, grants } = stored;
  const seats = liveSeats(stored);
  const isApproved = request.status === 'approved';
  expect(new Set(seats.map((seat) => seat.person_id)).size).toBe(seats.length);
  expect(new Set(seats.map(({ office }) => office)).size).toBe(seats.length);
  expect(grants).toHaveLength(isApproved ? 1 : 0);
  if (isApproved) {
    expect(seats.map(({ outcome }) => outcome).toSorted()).toEqual(['agree', 'agree', 'approve']);
  }
  expect(stored.versions).toHaveLength(request.version);
  expect(new Set(stored.messages.map(({ key }) => key)).size).toBe(stored.messages.length);
  // The trail equals what was done: one refusal for each 403, and one entry for each sign-off made here.
  const count = (type: string) => steps.filter((step) => step.type === type).length;
  expect(count('authority.refused')).toBe([first, second].filter(({ status }) => status === 403).length);
  expect(count('request.decided')).toBe(isApproved || request.status === 'refused' ? 1 : 0);
  expect(count('grant.made')).toBe(isApproved ? 1 : 0);
};

/**
 * Both calls at once, on so many fresh requests, each of the two sent first half of the time; on the first two one
 * after the other, either way round, so that each outcome is seen whatever the machine makes of the rest.
 * @returns how often the first of the two, the second, and both were done
 */
const race = async (
  template: string,
  first: Call,
  second: Call,
  holds: (outcome: Outcome) => void,
  { rounds = times, pairs = abreast }: { readonly rounds?: number; readonly pairs?: number } = {},
): Promise<{ first: number; second: number; both: number }> => {
  const { db } = council.world;
  const won = { first: 0, second: 0, both: 0 };
  const references = await copiesOf(db, template, rounds);
  await inBatches(references, pairs, async (reference, index) => {
    const line = new Line(council, reference, 'initial_child_protection_conference', 'scrutiny.chair');
    const sent = index % 2 === 0 ? [first, second] : [second, first];
    const answers =
      index < 2
        ? [await (sent[0] as Call)(line), await (sent[1] as Call)(line)]
        : await Promise.all(sent.map((call) => call(line)));
    const [one, two] = index % 2 === 0 ? answers : answers.toReversed();
    if (!one || !two) throw new Error('Two calls have two answers.');
    const outcome: Outcome = {
      line,
      first: one,
      second: two,
      stored: await storedOf(db, reference),
      steps: await stepsOf(db, reference),
    };
    const done = [one, two].map(({ status }) => status < 300);
    if (done[0] && done[1]) won.both += 1;
    else if (done[0]) won.first += 1;
    else if (done[1]) won.second += 1;
    isSound(outcome);
    holds(outcome);
  });
  return won;
};

/** Which of the two was done; the other was refused by the rule that the first one brought about. */
const oneWins = (
  { first, second }: Outcome,
  refusal: { first: object; second: object },
): 'first' | 'second' => {
  const winner = first.status < 300 ? 'first' : 'second';
  expect(winner === 'first' ? second : first).toMatchObject(
    winner === 'first' ? refusal.second : refusal.first,
  );
  expect((winner === 'first' ? first : second).status).toBeLessThan(300);
  return winner;
};

const both = (status: 403 | 409, rule: RuleKey) => ({
  first: byRule(status, rule),
  second: byRule(status, rule),
});

const templates = new Map<Stage | 'objected', string>();
const template = (stage: Stage | 'objected') => templates.get(stage) ?? '';

const post = async (by: Account, path: string, body: object, headers = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body, headers);

beforeAll(async () => {
  const now = () => council.clock;
  for (const stage of ['assessed', 'discussed', 'ready'] as const) {
    templates.set(stage, (await brought(council.world.db, stage, { now })).reference);
  }
  const { reference, type } = await brought(council.world.db, 'discussed', { now });
  const objected = new Line(council, reference, type, 'scrutiny.chair');
  await objected.sign('childrens_services', { outcome: 'object', grounds: ['disproportionate'] });
  templates.set('objected', reference);
  // Everybody signs in beforehand: a sign-in is slow, and would decide who comes first.
  for (const account of [
    'scrutiny.chair',
    'childrens.services',
    'democratic.services',
    'democratic.services.second',
    'legal',
    'legal.second',
    'two.offices',
  ]) {
    await council.as(account);
  }
}, 60_000);

const types = (steps: readonly Step[]) => steps.map(({ type }) => type);

describe(`at once, ${times} times each:`, () => {
  test('two people of one office sign the same seat: one does, the other finds it taken', async () => {
    const won = await race(
      template('assessed'),
      (line) => line.sign('democratic_services', {}, 'democratic.services'),
      (line) => line.sign('democratic_services', {}, 'democratic.services.second'),
      (outcome) => {
        oneWins(outcome, both(409, 'seat_taken'));
        expect(outcome.stored.signOffs).toHaveLength(1);
        expect(types(outcome.steps)).toEqual(['request.signed']);
      },
    );
    expect(won).toMatchObject({ both: 0 });
    expect(Math.min(won.first, won.second)).toBeGreaterThan(0);
  }, 60_000);

  test('the two offices sign: both do, and Legal gets one notice', async () => {
    const won = await race(
      template('discussed'),
      (line) => line.sign('childrens_services'),
      (line) => line.sign('democratic_services'),
      ({ stored, steps }) => {
        expect(liveSeats(stored).map(({ office }) => office)).toEqual([
          'childrens_services',
          'democratic_services',
        ]);
        expect(types(steps)).toEqual(['request.signed', 'request.signed']);
        const told = stored.messages.filter(({ kind }) => kind === 'ready_for_legal');
        expect(told.length).toBeGreaterThan(0);
        expect(new Set(told.map(({ key }) => key.split(':')[0])).size).toBe(1);
      },
    );
    expect(won).toEqual({ first: 0, second: 0, both: times });
  }, 60_000);

  test('one person of Legal approves and another refuses: one decision is kept', async () => {
    const won = await race(
      template('ready'),
      (line) => line.decide('approve', {}, 'legal'),
      (line) => line.decide('refuse', {}, 'legal.second'),
      (outcome) => {
        const winner = oneWins(outcome, both(409, 'status'));
        const { stored, steps } = outcome;
        expect(stored.request.status).toBe(winner === 'first' ? 'approved' : 'refused');
        expect(liveSeats(stored)).toHaveLength(3);
        expect(types(steps)).toEqual(
          winner === 'first' ? ['request.decided', 'grant.made'] : ['request.decided'],
        );
      },
    );
    expect(won).toMatchObject({ both: 0 });
    expect(Math.min(won.first, won.second)).toBeGreaterThan(0);
  }, 60_000);

  test('the councillor edits while an office signs: no sign-off is kept on a text that was not read', async () => {
    const won = await race(
      template('discussed'),
      (line) => line.edit({ alternatives: 'A briefing was given, and left the question open.' }),
      // Of the version that they read.
      (line) => line.sign('democratic_services', { version: 1 }),
      ({ first, second, stored, steps }) => {
        expect(first.status).toBe(200);
        expect(stored.request).toMatchObject({ status: 'submitted', version: 2 });
        expect(liveSeats(stored)).toEqual([]);
        expect(stored.answers.filter(({ version, confirmed }) => version === 2 && !confirmed)).toHaveLength(
          14,
        );
        if (second.status === 201) {
          expect(stored.signOffs.map((seat) => [seat.version, seat.voided_because])).toEqual([[1, 'edited']]);
          expect(types(steps)).toEqual(['request.signed', 'request.edited', 'request.seats_voided']);
        } else {
          expect(second).toMatchObject(byRule(409, 'stale_version'));
          expect(stored.signOffs).toEqual([]);
          expect(types(steps)).toEqual(['request.edited']);
        }
      },
    );
    expect(won.second).toBe(0);
    expect(Math.min(won.first, won.both)).toBeGreaterThan(0);
  }, 60_000);

  test('an answer is changed while Legal approves: never approved on an answer that nobody signed', async () => {
    const won = await race(
      template('ready'),
      (line) => line.answer('connection', { answer: 'professional', reason }),
      (line) => line.decide('approve'),
      (outcome) => {
        const { stored, steps } = outcome;
        const winner = oneWins(outcome, {
          first: byRule(409, 'status'),
          second: byRule(409, 'three_sign_offs'),
        });
        if (winner === 'first') {
          expect(stored.request.status).toBe('submitted');
          expect(stored.signOffs.map((seat) => seat.voided_because)).toEqual([
            'answer_changed',
            'answer_changed',
          ]);
          expect(types(steps)).toEqual(['request.answered', 'request.seats_voided']);
        } else {
          expect(stored.request.status).toBe('approved');
          expect(liveSeats(stored)).toHaveLength(3);
          expect(stored.answers.find(({ question }) => question === 'connection')).toMatchObject({
            answer: 'none',
          });
          expect(types(steps)).toEqual(['request.decided', 'grant.made']);
        }
      },
      oneAtATime,
    );
    expect(won).toMatchObject({ both: 0 });
    expect(Math.min(won.first, won.second)).toBeGreaterThan(0);
  }, 60_000);

  test('the councillor withdraws while Legal approves: one of the two holds', async () => {
    const won = await race(
      template('ready'),
      (line) => post('scrutiny.chair', `${line.path}/withdraw`, { version: 1 }),
      (line) => line.decide('approve'),
      (outcome) => {
        const winner = oneWins(outcome, both(409, 'status'));
        expect(outcome.stored.request.status).toBe(winner === 'first' ? 'withdrawn' : 'approved');
        expect(types(outcome.steps)).toEqual(
          winner === 'first' ? ['request.withdrawn'] : ['request.decided', 'grant.made'],
        );
      },
      oneAtATime,
    );
    expect(won).toMatchObject({ both: 0 });
    expect(Math.min(won.first, won.second)).toBeGreaterThan(0);
  }, 60_000);

  test('one key sent twice makes one draft', async () => {
    const client = await council.as('scrutiny.member');
    const content = await complete(council, client);
    const { db } = council.world;
    const drafts = async () => {
      const { count } = await foundRow(
        db('requests')
          .where({ councillor_id: client.councillorId })
          .count<{ count: number }[]>('* as count')
          .first(),
      );
      return count;
    };
    const before = await drafts();
    const made = new Set<string>();
    const keys = Array.from({ length: times }, (_, index) => `draft-${index}`);
    await inBatches(keys, abreast, async (key) => {
      const answers = await Promise.all(
        [1, 2].map(() => client.post('/api/requests', content, { 'Idempotency-Key': key })),
      );
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      const [one, two] = answers.map(({ body }) => body.reference as string);
      expect(two).toBe(one);
      made.add(one ?? '');
      expect(types(await stepsOf(db, one ?? ''))).toEqual(['request.drafted']);
    });
    expect(made.size).toBe(times);
    expect(await drafts()).toBe(before + times);
  }, 60_000);
});

describe(`at once, ${fewerTimes} times each:`, () => {
  test('one person of two offices signs for one and decides for the other: one of the two holds', async () => {
    const won = await race(
      template('objected'),
      (line) => line.sign('democratic_services', {}, 'two.offices'),
      (line) => line.decide('refuse', { grounds: ['disproportionate'] }, 'two.offices'),
      (outcome) => {
        oneWins(outcome, {
          first: byRule(409, 'status'),
          second: byRule(403, 'one_person_one_office'),
        });
        expect(liveSeats(outcome.stored)).toHaveLength(2);
      },
      { rounds: fewerTimes },
    );
    expect(won).toMatchObject({ both: 0 });
  }, 60_000);

  test('a signer is recorded as conflicted while Legal approves: never approved against the record', async () => {
    const won = await race(
      template('ready'),
      (line) =>
        post(
          'democratic.services.second',
          '/api/conflicts',
          conflictOf('childrens.services', 'relation', { reference: line.reference }),
        ),
      (line) => line.decide('approve'),
      ({ first, second, steps }) => {
        expect(first.status).toBe(201);
        if (second.status === 201) {
          const order = types(steps);
          expect(order.indexOf('request.decided')).toBeLessThan(order.indexOf('conflict.recorded'));
        } else {
          expect(second).toMatchObject(byRule(409, 'conflicted_seat'));
        }
      },
      { rounds: fewerTimes },
    );
    expect(won.second).toBe(0);
  }, 60_000);

  test('somebody signs while they are named as the host: no host has signed', async () => {
    const by = 'democratic.services.second';
    const won = await race(
      template('discussed'),
      async (line) =>
        (await council.as('childrens.services')).put(`${line.path}/host`, {
          version: 1,
          host: `${by}@council.example`,
          manager: 'auditor@council.example',
        }),
      (line) => line.sign('democratic_services', {}, by),
      (outcome) => {
        oneWins(outcome, { first: byRule(409, 'seat_signed'), second: byRule(403, 'host_signs') });
        const { stored } = outcome;
        expect(liveSeats(stored).map((seat) => seat.person_id)).not.toContain(stored.request.host_id);
      },
      { rounds: fewerTimes },
    );
    expect(won).toMatchObject({ both: 0 });
  }, 60_000);
});
