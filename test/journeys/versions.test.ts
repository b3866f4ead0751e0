import { seats } from '../../policies/core/office.js';
import { beforeCommit, inTransaction } from '../../db/core/connection.js';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { commandNames, type CommandName } from '../../policies/permission/every-command.js';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import type { Answer as GivenAnswer } from '../../policies/need-to-know/answers.js';
import { questionKeys } from '../../policies/need-to-know/questions.js';
import { Refusal } from '../../policies/core/refusals.js';
import { isIdempotent } from '../../server/web/api/route.js';
import { routes } from '../../server/routes.js';
import type { Ctx } from '../../server/case/ctx.js';
import { answerGist } from '../../server/review/answer-gist.js';
import { tellGist } from '../../server/review/tell-gist.js';
import { askReview } from '../../server/review/ask-review.js';
import { liftRule } from '../../server/need-to-know/lift-rule.js';
import { answerQuestion } from '../../server/need-to-know/answer-question.js';
import { carryOutOrder } from '../../server/decision/carry-out-order.js';
import { decideRequest } from '../../server/decision/decide-request.js';
import { decideReview } from '../../server/review/decide-review.js';
import { confirmMeeting } from '../../server/decision/confirm-meeting.js';
import { discussRequest } from '../../server/decision/discuss-request.js';
import { editRequest } from '../../server/request/edit-request.js';
import { nameHost } from '../../server/request/name-host.js';
import { nameReviewer } from '../../server/review/name-reviewer.js';
import { recordDirection } from '../../server/review/record-direction.js';
import { remitUnasked } from '../../server/review/remit-unasked.js';
import { acceptLate } from '../../server/review/accept-late.js';
import type { SentRight } from '../../server/papers/bodies.js';
import { confirmRight } from '../../server/papers/confirm-right.js';
import { recordRight } from '../../server/papers/record-right.js';
import { askRightReview, decideRightReview } from '../../server/papers/review-right.js';
import { releasePapers } from '../../server/papers/release-papers.js';
import { returnRequest } from '../../server/request/return-request.js';
import { signOffRequest } from '../../server/decision/sign-off-request.js';
import { submitRequest } from '../../server/request/submit-request.js';
import { withdrawRequest } from '../../server/request/withdraw-request.js';
import { withdrawSignOff } from '../../server/decision/withdraw-sign-off.js';
import { nobodysId } from '../support/bodies.js';
import { conflictOf } from '../support/conflicts.js';
import { useCouncil, type Account, type Answer } from '../support/council.js';
import { answerInOrder, complete, expectOk, type Line, reason } from '../support/line.js';
import { isLong } from '../support/long.js';
import {
  behindTheApi,
  byRule,
  ctxFor,
  leavesNothing,
  lineAt,
  liveSeats,
  personId,
  stepsOf,
  storedOf,
} from '../support/people.js';

const council = useCouncil();
// A Monday without a holiday near it.
const monday = new Date('2026-03-02T10:00:00Z');
council.clock = monday;

const post = async (by: Account, path: string, body: object, headers = {}): Promise<Answer> =>
  (await council.as(by)).post(path, body, headers);

const stored = (line: Line) => storedOf(council.world.db, line.reference);
const steps = (line: Line) => stepsOf(council.world.db, line.reference);

const askingReview = { reasons: 'The decision does not speak of the review of conferences.' };
const naming = {
  person: 'auditor@council.example',
  namedBy: 'The Chief Executive',
  authority: 'Scheme of delegation, part 3.',
};
const upholding = { outcome: 'upheld', reasons: reason, noConflict: true };
const accepting = { outcome: 'accepted', reasons: reason, noConflict: true };
const directing = () =>
  ({
    body: 'The Standards Committee',
    date: londonDate(council.clock),
    minute: 'Minute 7',
    effect: 'recommendation',
  }) as const;

const other = { alternatives: 'A briefing was given, and left the question open.' };
const takeBack = { version: 1, reasons: 'On second thoughts.' };

describe('the version', () => {
  test('rises with an edit that changes something, in a draft too', async () => {
    const line = await lineAt(council, 'draft');
    expect((await line.edit(other)).body.version).toBe(2);
    expect((await line.edit({ events: 2 })).body.version).toBe(3);
    expect((await line.edit({ window: undefined, events: 1 })).body.version).toBe(4);
    expect((await stored(line)).versions.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
  });

  test('does not rise with one that changes nothing, which voids nothing and is at most a reading on the trail', async () => {
    const line = await lineAt(council, 'ready');
    const { body } = await line.read('scrutiny.chair');
    const before = await stored(line);
    const entries = await steps(line);
    const { kind, appointmentId } = body.role;
    for (const changes of [
      {},
      { alternatives: body.alternatives },
      { events: body.events, window: { to: body.window.to, from: body.window.from } },
      { role: { appointmentId, kind }, declarations: body.declarations, authority: body.authority },
    ]) {
      expect(await line.edit(changes)).toMatchObject({ status: 200, body: { version: 1 } });
    }
    expect(await stored(line)).toEqual(before);
    expect(await steps(line)).toEqual(entries);
  });

  test('does not rise by anything that is not an edit', async () => {
    const line = await lineAt(council, 'draft');
    const is1 = async (doing: Promise<Answer>) => {
      expect(expectOk(await doing).body.version).toBe(1);
    };
    await is1(post('scrutiny.chair', `${line.path}/submit`, { version: 1 }));
    await is1(post('legal', `${line.path}/return`, { version: 1, questions: 'Which meeting is it?' }));
    await is1(post('scrutiny.chair', `${line.path}/submit`, { version: 1 }));
    const host = { version: 1, host: 'auditor@council.example', manager: 'host@council.example' };
    await is1((await council.as('childrens.services')).put(`${line.path}/host`, host));
    for (const key of questionKeys) await is1(line.answer(key, answerInOrder(key, line.type)));
    await is1(line.answer('connection', { answer: 'professional', reason }));
    for (const each of ['childrens.services', 'democratic.services', 'legal']) await is1(line.speak(each));
    await is1(line.sign('childrens_services'));
    await is1(line.sign('democratic_services'));
    await is1(post('democratic.services', `${line.path}/sign-offs/democratic_services/withdraw`, takeBack));
    await is1(line.sign('democratic_services'));
    await is1(line.decide('approve'));
    expect((await stored(line)).versions).toHaveLength(1);
  });

  test('that has passed makes every command stale, and so does one that is still to come', async () => {
    const draft = await lineAt(council, 'draft');
    expectOk(await draft.edit(other));
    const line = await lineAt(council, 'submitted');
    expectOk(await line.edit(other));
    await line.answerAll();
    expectOk(await line.sign('childrens_services'));
    for (const version of [1, 3]) {
      // Papers are released for what the request holds, and their release names no version.
      const calls: Readonly<Record<Exclude<CommandName, 'release_papers'>, () => Promise<Answer>>> = {
        edit: () => line.edit({ version, events: 2 }),
        submit: () => post('scrutiny.chair', `${draft.path}/submit`, { version }),
        withdraw: () => post('scrutiny.chair', `${line.path}/withdraw`, { version }),
        return: () => post('legal', `${line.path}/return`, { version, questions: 'Which meeting is it?' }),
        name_host: async () =>
          (await council.as('childrens.services')).put(`${line.path}/host`, {
            version,
            host: 'host@council.example',
            manager: 'auditor@council.example',
          }),
        answer: () => line.answer('connection', { version, answer: 'professional', reason }),
        lift_rule: () =>
          post('legal', `${line.path}/lifts`, { version, question: 'legal_bars', reasons: reason }),
        discuss: () => line.speak('legal', 'We agree.', { version }),
        confirm_meeting: () =>
          post('legal', `${line.path}/discussion/${nobodysId}/confirm`, { version, present: true }),
        sign_off: () => line.sign('democratic_services', { version }),
        withdraw_sign_off: () =>
          post('childrens.services', `${line.path}/sign-offs/childrens_services/withdraw`, {
            ...takeBack,
            version,
          }),
        tell_gist: () => post('legal', `${line.path}/hearing`, { version, gist: reason }),
        answer_gist: () => post('scrutiny.chair', `${line.path}/hearing/answer`, { version, text: reason }),
        decide: () => line.decide('refuse', { version }),
        ask_review: () => post('scrutiny.chair', `${line.path}/review`, { ...askingReview, version }),
        name_reviewer: () =>
          post('democratic.services', `${line.path}/review/reviewer`, { ...naming, version }),
        accept_late: () => post('monitoring.officer', `${line.path}/review/late`, { ...accepting, version }),
        remit_unasked: () =>
          post('monitoring.officer', `${line.path}/remittal`, { reasons: reason, noConflict: true, version }),
        decide_review: () =>
          post('monitoring.officer', `${line.path}/review/decision`, { ...upholding, version }),
        direct: () => post('monitoring.officer', `${line.path}/direction`, { ...directing(), version }),
        carry_out: () => post('legal', `${line.path}/direction/carried-out`, { version, noConflict: true }),
        record_right: async () =>
          (await council.as('legal')).put(`${line.path}/statutory-right`, {
            version,
            right: 'none',
            reasons: reason,
          }),
        confirm_right: () => post('democratic.services', `${line.path}/statutory-right/confirm`, { version }),
        ask_right_review: () =>
          post('scrutiny.chair', `${line.path}/statutory-right/review`, { ...askingReview, version }),
        decide_right_review: () =>
          post('monitoring.officer', `${line.path}/statutory-right/review/decision`, {
            ...upholding,
            version,
          }),
      };
      for (const name of commandNames) {
        if (name === 'release_papers') continue;
        const { reference } = name === 'submit' ? draft : line;
        const answer = await leavesNothing(council, reference, calls[name]);
        expect({ name, status: answer.status, body: answer.body }).toMatchObject({
          name,
          ...byRule(409, 'stale_version'),
        });
      }
    }
  });

  test('is refused if it is missing or not a version', async () => {
    const line = await lineAt(council, 'ready');
    for (const version of [undefined, null, 0, -1, 1.5, '1', 2_147_483_648]) {
      const answer = await leavesNothing(council, line.reference, () => line.decide('approve', { version }));
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'version' }] } });
    }
  });
});

describe('an edit after submission', () => {
  test('voids the sign-offs and carries the answers over, each to be confirmed', async () => {
    const line = await lineAt(council, 'ready');
    expectOk(await line.edit(other));
    const after = await stored(line);
    expect(liveSeats(after)).toEqual([]);
    expect(after.signOffs.map((seat) => [seat.version, seat.office, seat.voided_because])).toEqual([
      [1, 'childrens_services', 'edited'],
      [1, 'democratic_services', 'edited'],
    ]);
    const ofVersion = (version: number) => after.answers.filter((answer) => answer.version === version);
    expect(ofVersion(1).filter(({ confirmed }) => confirmed)).toHaveLength(14);
    expect(ofVersion(2).filter(({ confirmed }) => !confirmed)).toHaveLength(14);
    expect((await steps(line)).slice(-2)).toEqual([
      { type: 'request.edited', decision: { version: 2, fields: ['alternatives'] } },
      {
        type: 'request.seats_voided',
        decision: { version: 1, offices: ['childrens_services', 'democratic_services'], because: 'edited' },
      },
    ]);
    expect(after.messages.filter(({ kind }) => kind === 'seats_voided')).toHaveLength(2);

    const { body } = await line.read('legal');
    expect(body).toMatchObject({ status: 'submitted', version: 2, discussed: false });
    expect(body.assessment.outcome).toBe('incomplete');
    expect(new Set(body.assessment.findings.map(({ result }: { result: string }) => result))).toEqual(
      new Set(['unanswered']),
    );
    expect(body.assessment.answers.necessity).toMatchObject({ answer: 'duty', reason, confirmed: false });
    expect(body.signOffs.every((seat: { voidedAt?: string }) => seat.voidedAt !== undefined)).toBe(true);
  });

  test('and the same answer again confirms it without voiding the sign-offs made meanwhile', async () => {
    const line = await lineAt(council, 'ready');
    expectOk(await line.edit(other));
    for (const [index, key] of questionKeys.entries()) {
      const { body } = expectOk(await line.answer(key, answerInOrder(key, line.type)));
      expect(body.answers[key].confirmed).toBe(true);
      expect(body.outcome).toBe(index === 13 ? 'established' : 'incomplete');
    }
    expectOk(await line.sign('childrens_services'));
    const before = await stored(line);
    for (const key of questionKeys) expectOk(await line.answer(key, answerInOrder(key, line.type)));
    expect(await stored(line)).toEqual(before);
    expect(liveSeats(before)).toHaveLength(1);
  });

  test('and an answer that is changed is changed on the new version alone', async () => {
    const line = await lineAt(council, 'assessed');
    expectOk(await line.edit(other));
    expectOk(await line.answer('connection', { answer: 'professional', reason }));
    const answers = (await stored(line)).answers.filter(({ question }) => question === 'connection');
    expect(answers).toEqual([
      expect.objectContaining({ version: 1, answer: 'none' }),
      expect.objectContaining({ version: 2, answer: 'professional', confirmed: true }),
    ]);
  });

  test('must leave it complete; if it would not, nothing is voided', async () => {
    const line = await lineAt(council, 'ready');
    for (const changes of [
      { alternatives: '' },
      { necessity: 'Too short.' },
      { window: { from: '2026-03-01', to: '2026-03-20' } },
      { declarations: {} },
    ]) {
      const answer = await leavesNothing(council, line.reference, () => line.edit(changes));
      expect(answer).toMatchObject({
        status: 422,
        body: { rule: expect.stringMatching(/^(?:complete|window)$/) },
      });
    }
    expect(liveSeats(await stored(line))).toHaveLength(2);
  });

  test('voids the sign-offs of a returned request as well', async () => {
    const line = await lineAt(council, 'ready');
    expectOk(await post('legal', `${line.path}/return`, { version: 1, questions: 'Which meeting is it?' }));
    expectOk(await line.edit(other));
    expect(liveSeats(await stored(line))).toEqual([]);
    expect((await line.read('scrutiny.chair')).body).toMatchObject({ status: 'returned', version: 2 });
  });
});

/** Moves the service's time by `at`, and sets it back afterwards; on another day `council.as` signs in again. */
const timeTravel = async (work: (at: (time: string | number) => void) => Promise<void>): Promise<void> => {
  const at = (time: string | number) => {
    council.clock = new Date(time);
  };
  try {
    await work(at);
  } finally {
    at(monday.getTime());
  }
};

describe('the clock', () => {
  const later = { window: { from: '2026-04-13', to: '2026-04-30' } };

  test('stands still from the return to the resubmission, which keep version and sign-offs', () =>
    timeTravel(async (at) => {
      const line = await lineAt(council, 'ready', { changes: later });
      const before = liveSeats(await stored(line));
      const submit = async () =>
        expectOk(await post('scrutiny.chair', `${line.path}/submit`, { version: 1 })).body;
      // Received on a Monday: ten working days from Tuesday the 3rd.
      expect((await line.read('scrutiny.chair')).body.due).toMatchObject({
        what: 'decide',
        at: '2026-03-16',
      });

      at('2026-03-05T15:00:00Z');
      expectOk(await post('legal', `${line.path}/return`, { version: 1, questions: 'Which meeting is it?' }));
      const returned = (await line.read('scrutiny.chair')).body;
      expect(returned).toMatchObject({ status: 'returned', version: 1 });
      // Twenty working days for the councillor, the last before Good Friday.
      expect(returned.due).toMatchObject({ what: 'answer_returned', at: '2026-04-02' });

      at('2026-03-09T11:00:00Z');
      const again = await submit();
      // Two days had been used; the third is Tuesday the 10th.
      expect(again).toMatchObject({ status: 'submitted', version: 1 });
      expect(again.due).toMatchObject({
        what: 'decide',
        at: '2026-03-19',
        pauses: [{ from: '2026-03-05', to: '2026-03-09' }],
      });
      expect(again.due.counted.slice(0, 3)).toEqual(['2026-03-03', '2026-03-04', '2026-03-10']);
      expect(again.submittedAt).toBe('2026-03-02T10:00:00.000Z');
      expect(liveSeats(await stored(line))).toEqual(before);
      expect((await stored(line)).request).toMatchObject({ due_on: '2026-03-19' });

      at('2026-03-11T09:00:00Z');
      expectOk(await post('legal', `${line.path}/return`, { version: 1, questions: 'And which day?' }));
      at('2026-03-11T16:00:00Z');
      const third = await submit();
      expect(third.due).toMatchObject({
        at: '2026-03-20',
        pauses: [
          { from: '2026-03-05', to: '2026-03-09' },
          { from: '2026-03-11', to: '2026-03-11' },
        ],
      });
      expect(third.timeline.map(({ what }: { what: string }) => what)).toEqual([
        'drafted',
        'submitted',
        'returned',
        'resubmitted',
        'returned',
        'resubmitted',
      ]);
      expectOk(await line.decide('approve'));
      expect((await line.read('scrutiny.chair')).body).toMatchObject({ status: 'approved', due: null });
    }));

  test('does not start again with an edit', () =>
    timeTravel(async (at) => {
      const line = await lineAt(council, 'ready', { changes: later });
      at('2026-03-04T10:00:00Z');
      const { body } = expectOk(await line.edit(other));
      expect(body.due).toMatchObject({ what: 'decide', at: '2026-03-16', pauses: [] });
    }));

  test('does not let a request back in whose window has begun: that takes an edit, and a new version', () =>
    timeTravel(async (at) => {
      const line = await lineAt(council, 'ready');
      expectOk(await post('legal', `${line.path}/return`, { version: 1, questions: 'Which meeting is it?' }));
      at('2026-03-16T10:00:00Z');
      const submit = () => post('scrutiny.chair', `${line.path}/submit`, { version: line.version });
      expect(await leavesNothing(council, line.reference, submit)).toMatchObject(byRule(422, 'window'));
      expectOk(await line.edit(later));
      expect(expectOk(await submit()).body).toMatchObject({ status: 'submitted', version: 2 });
      expect(liveSeats(await stored(line))).toEqual([]);
    }));

  test('runs for the version that was handed in: a meeting held while the councillor had it does not count for it', () =>
    timeTravel(async (at) => {
      const line = await lineAt(council, 'submitted', { changes: later });
      expectOk(await post('legal', `${line.path}/return`, { version: 1, questions: 'Which meeting is it?' }));
      at('2026-03-03T10:00:00Z');
      expectOk(await line.edit(other));
      at('2026-03-05T10:00:00Z');
      expectOk(await post('scrutiny.chair', `${line.path}/submit`, { version: 2 }));
      const present = ['childrens_services', 'legal', 'democratic_services'];
      const meets = (date: string) =>
        post('legal', `${line.path}/discussion`, {
          version: 2,
          meeting: { date, present, note: 'All of it.' },
        });
      for (const date of ['2026-03-02', '2026-03-04']) {
        const answer = await leavesNothing(council, line.reference, () => meets(date));
        expect(answer).toMatchObject(byRule(422, 'nothing_backdated'));
      }
      // It counts as the discussion once the others confirm it.
      expect(expectOk(await meets('2026-03-05')).body).toMatchObject({ version: 2, discussed: false });
    }));
});

interface Repeated {
  readonly by: Account;
  readonly path: string;
  readonly body: object;
  readonly changed: object;
  /** The request it is about; null for a record of people. */
  readonly line: Line | null;
  /** What of the trail or the tables counts how often it was done. */
  readonly done: () => Promise<number>;
  /** Sent again after a day: done again, or refused like any second call. */
  readonly anew: 'done again' | 'refused';
}

describe('an Idempotency-Key', () => {
  const about = (line: Line, type: string) => async () =>
    (await steps(line)).filter((step) => step.type === type).length;
  const rows = (table: string, where: object) => async () => {
    const { count } = (await council.world.db(table).where(where).count('* as count').first()) as {
      count: number;
    };
    return count;
  };

  const calls: Readonly<Record<string, () => Promise<Repeated>>> = {
    '/api/requests': async () => {
      const client = await council.as('scrutiny.member');
      const body = await complete(council, client);
      return {
        by: 'scrutiny.member',
        path: '/api/requests',
        body,
        changed: { ...body, events: 2 },
        line: null,
        done: rows('requests', { councillor_id: client.councillorId }),
        anew: 'done again',
      };
    },
    '/api/requests/{reference}/submit': async () => {
      const line = await lineAt(council, 'draft');
      return {
        by: 'scrutiny.chair',
        path: `${line.path}/submit`,
        body: { version: 1 },
        changed: { version: 2 },
        line,
        done: about(line, 'request.submitted'),
        anew: 'refused',
      };
    },
    '/api/requests/{reference}/withdraw': async () => {
      const line = await lineAt(council, 'submitted');
      return {
        by: 'scrutiny.chair',
        path: `${line.path}/withdraw`,
        body: { version: 1 },
        changed: { version: 2 },
        line,
        done: about(line, 'request.withdrawn'),
        anew: 'refused',
      };
    },
    '/api/requests/{reference}/return': async () => {
      const line = await lineAt(council, 'submitted');
      const body = { version: 1, questions: 'Which meeting is it?' };
      return {
        by: 'legal',
        path: `${line.path}/return`,
        body,
        changed: { ...body, questions: 'Which day is it?' },
        line,
        done: about(line, 'request.returned'),
        anew: 'refused',
      };
    },
    '/api/requests/{reference}/discussion': async () => {
      const line = await lineAt(council, 'submitted');
      const body = { version: 1, text: 'We have looked at this.' };
      return {
        by: 'legal',
        path: `${line.path}/discussion`,
        body,
        changed: { ...body, privileged: true },
        line,
        done: about(line, 'request.discussed'),
        anew: 'done again',
      };
    },
    '/api/requests/{reference}/sign-offs': async () => {
      const line = await lineAt(council, 'assessed');
      const body = {
        version: 1,
        office: 'childrens_services',
        outcome: 'agree',
        reasons: reason,
        noConflict: true,
      };
      return {
        by: 'childrens.services',
        path: `${line.path}/sign-offs`,
        body,
        changed: { ...body, outcome: 'object', grounds: ['disproportionate'] },
        line,
        done: about(line, 'request.signed'),
        anew: 'refused',
      };
    },
    '/api/requests/{reference}/sign-offs/{office}/withdraw': async () => {
      const line = await lineAt(council, 'ready');
      return {
        by: 'childrens.services',
        path: `${line.path}/sign-offs/childrens_services/withdraw`,
        body: takeBack,
        changed: { ...takeBack, reasons: 'For another reason.' },
        line,
        done: about(line, 'request.seat_withdrawn'),
        anew: 'refused',
      };
    },
    '/api/requests/{reference}/decision': async () => {
      const line = await lineAt(council, 'ready');
      const body = { version: 1, outcome: 'approve', reasons: reason, grounds: [], noConflict: true };
      return {
        by: 'legal',
        path: `${line.path}/decision`,
        body,
        changed: { ...body, outcome: 'refuse', grounds: ['disproportionate'] },
        line,
        done: about(line, 'grant.made'),
        anew: 'refused',
      };
    },
    '/api/requests/{reference}/review': async () => {
      const line = await refusedLine();
      return {
        by: 'scrutiny.chair',
        path: `${line.path}/review`,
        body: askingReview,
        changed: { reasons: 'For another reason.' },
        line,
        done: about(line, 'review.requested'),
        anew: 'refused',
      };
    },
    '/api/requests/{reference}/review/reviewer': async () => {
      const line = await inReview();
      for (const each of ['monitoring.officer', 'monitoring.officer.deputy']) {
        expectOk(await conflict(line, each));
      }
      return {
        by: 'democratic.services',
        path: `${line.path}/review/reviewer`,
        body: naming,
        changed: { ...naming, authority: 'Scheme of delegation, part 4.' },
        line,
        done: about(line, 'review.reviewer_named'),
        anew: 'refused',
      };
    },
    '/api/requests/{reference}/remittal': async () => {
      const line = await refusedLine();
      const body = { reasons: reason, noConflict: true };
      return {
        by: 'monitoring.officer',
        path: `${line.path}/remittal`,
        body,
        changed: { ...body, reasons: 'For another reason.' },
        line,
        done: about(line, 'request.remitted_unasked'),
        anew: 'refused',
      };
    },
    '/api/requests/{reference}/review/decision': async () => {
      const line = await inReview();
      return {
        by: 'monitoring.officer',
        path: `${line.path}/review/decision`,
        body: upholding,
        changed: { ...upholding, outcome: 'remitted' },
        line,
        done: about(line, 'review.decided'),
        anew: 'refused',
      };
    },
    '/api/requests/{reference}/direction': async () => {
      const line = await refusedLine();
      return {
        by: 'monitoring.officer',
        path: `${line.path}/direction`,
        body: directing(),
        changed: { ...directing(), minute: 'Minute 8' },
        line,
        done: about(line, 'request.directed'),
        anew: 'refused',
      };
    },
    '/api/deputies': () => {
      const body = {
        office: 'monitoring_officer',
        deputy: 'auditor@council.example',
        from: londonDate(monday),
        to: londonDate(monday),
        authority: 'Scheme of delegation, part 3.',
      };
      return Promise.resolve({
        by: 'democratic.services',
        path: '/api/deputies',
        body,
        changed: { ...body, authority: 'Scheme of delegation, part 4.' },
        line: null,
        done: rows('deputies', { office: 'monitoring_officer' }),
        anew: 'done again' as const,
      });
    },
    '/api/absences': () => {
      const body = {
        office: 'monitoring_officer',
        principal: 'monitoring.officer@council.example',
        from: '2026-08-03',
        to: '2026-08-14',
      };
      return Promise.resolve({
        by: 'democratic.services',
        path: '/api/absences',
        body,
        changed: { ...body, to: '2026-08-21' },
        line: null,
        done: rows('absences', { office: 'monitoring_officer' }),
        anew: 'done again' as const,
      });
    },
    '/api/conflicts': async () => {
      const line = await lineAt(council, 'submitted');
      const body = conflictOf('auditor', 'other', { reference: line.reference });
      return {
        by: 'democratic.services',
        path: '/api/conflicts',
        body,
        changed: { ...body, kind: 'relation' },
        line,
        done: rows('conflicts', { reference: line.reference }),
        anew: 'done again',
      };
    },
  };

  test('is honoured on every POST there is, but session and preview, and each is tried here', () => {
    const posts = routes.filter(({ method }) => method === 'POST');
    const honoured = posts.filter(isIdempotent).map(({ path }) => path as string);
    expect(honoured.filter((path) => path in calls).toSorted()).toEqual(Object.keys(calls).toSorted());
    expect(posts.filter((route) => !isIdempotent(route)).map(({ path }) => path as string)).toEqual(
      expect.arrayContaining(['/api/session', '/api/need-to-know/preview']),
    );
  });

  describe.each(Object.keys(calls))('on POST %s', (name) => {
    const prepared = async () => {
      const call = await calls[name]?.();
      if (!call) throw new Error('There is no such call.');
      return call;
    };

    test('gives the same answer and happens once; another body is refused', async () => {
      const { by, path, body, changed, done } = await prepared();
      const key = { 'Idempotency-Key': `again ${name}`.replaceAll(/\W/g, '-') };
      const before = await done();
      const first = expectOk(await post(by, path, body, key));
      const second = await post(by, path, body, key);
      const reordered = Object.fromEntries(Object.entries(body).toReversed());
      const third = await post(by, path, reordered, key);
      expect([second.status, third.status]).toEqual([first.status, first.status]);
      expect([second.body, third.body]).toEqual([first.body, first.body]);
      expect(await done()).toBe(before + 1);
      const fourth = await post(by, path, changed, key);
      expect(fourth).toMatchObject({ status: 422, body: { errors: [{ field: 'Idempotency-Key' }] } });
      expect(await done()).toBe(before + 1);
    });

    test('sent twice at once happens once', async () => {
      const { by, path, body, done } = await prepared();
      const key = { 'Idempotency-Key': `at-once ${name}`.replaceAll(/\W/g, '-') };
      const before = await done();
      const [one, two, three] = await Promise.all([1, 2, 3].map(() => post(by, path, body, key)));
      expect(one?.status).toBeLessThan(300);
      expect([two?.status, three?.status]).toEqual([one?.status, one?.status]);
      expect([two?.body, three?.body]).toEqual([one?.body, one?.body]);
      expect(await done()).toBe(before + 1);
    });

    test('counts for a day, and then for a new call', async () => {
      const { by, path, body, done, anew } = await prepared();
      const key = { 'Idempotency-Key': `next-day ${name}`.replaceAll(/\W/g, '-') };
      const day = 24 * 60 * 60 * 1000;
      const before = await done();
      const first = expectOk(await post(by, path, body, key));
      await timeTravel(async (at) => {
        at(monday.getTime() + day - 1);
        expect((await post(by, path, body, key)).status).toBe(first.status);
        expect(await done()).toBe(before + 1);
        at(monday.getTime() + day);
        const later = await post(by, path, body, key);
        if (anew === 'done again') {
          expect(later.status).toBe(first.status);
          expect(await done()).toBe(before + 2);
        } else {
          expect(later).toMatchObject({ status: 409, body: { rule: expect.stringMatching(/\S/) } });
          expect(await done()).toBe(before + 1);
        }
      });
    });
  });

  test('of somebody else is another key, and so is the same on another path', async () => {
    const key = { 'Idempotency-Key': 'shared' };
    const [one, two] = [await lineAt(council, 'submitted'), await lineAt(council, 'submitted')];
    const body = { version: 1, text: 'We have looked at this.' };
    for (const line of [one, two]) {
      for (const by of ['legal', 'legal.second', 'legal']) {
        expectOk(await post(by, `${line.path}/discussion`, body, key));
      }
      expect(await about(line, 'request.discussed')()).toBe(2);
    }
  });

  test('of a refused call counts for nothing: the call may be sent again when it is allowed', async () => {
    const key = { 'Idempotency-Key': 'too-early' };
    const line = await lineAt(council, 'assessed');
    await line.discuss();
    const body = { version: 1, outcome: 'approve', reasons: reason, grounds: [], noConflict: true };
    const path = `${line.path}/decision`;
    expect(await post('legal', path, body, key)).toMatchObject(byRule(409, 'three_sign_offs'));
    expectOk(await line.sign('childrens_services'));
    expectOk(await line.sign('democratic_services'));
    expect(await post('legal', path, body, key)).toMatchObject({ status: 201, body: { status: 'approved' } });
  });

  test('is visible ASCII, at most 255 signs', async () => {
    const line = await lineAt(council, 'submitted');
    for (const bad of ['with space', 'x'.repeat(256)]) {
      const answer = await leavesNothing(council, line.reference, () =>
        post('legal', `${line.path}/discussion`, { version: 1, text: 'Yes.' }, { 'Idempotency-Key': bad }),
      );
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ field: 'Idempotency-Key' }] } });
    }
  });
});

// What may be done, tried: `can` is read by HTTP, and each command is given by its use case.

type Try = (ctx: Ctx, reference: string, version: number) => Promise<unknown>;
const twoOffices = ['childrens_services', 'democratic_services'] as const;
const none: [] = [];

/** What Legal says about a right, as the use case takes it. */
const sentRight = (right: 'none' | 's100F'): Omit<SentRight, 'version'> => ({
  right,
  reasons: reason,
  ...(right === 'none'
    ? {}
    : {
        document: 'The report on how cases are recorded.',
        cites: { kind: 'meeting', body: 'Cabinet', date: addDays(londonDate(council.clock), 7) },
        due: addDays(londonDate(council.clock), 7),
      }),
});

/** Each way in which a command can be given, where it names an office. */
const tries: Readonly<Record<CommandName, readonly Try[]>> = {
  edit: [
    (ctx, reference, version) =>
      editRequest(ctx, reference, version, { alternatives: 'Nothing less would do.' }),
  ],
  submit: [submitRequest],
  withdraw: [withdrawRequest],
  return: [(ctx, reference, version) => returnRequest(ctx, reference, version, 'Which meeting is it?')],
  name_host: [
    async (ctx, reference, version) =>
      nameHost(ctx, reference, { version, host: 'host@council.example', manager: 'auditor@council.example' }),
  ],
  answer: (['connection', 'authority', 'documents'] as const).map(
    (key): Try =>
      (ctx, reference, version) =>
        answerQuestion(ctx, reference, key, version, answerInOrder(key, 'core_group') as GivenAnswer),
  ),
  lift_rule: seats.map(
    (office): Try =>
      (ctx, reference, version) =>
        liftRule(ctx, reference, {
          version,
          question: 'legal_bars',
          outcome: 'lift',
          reasons: reason,
          office,
        }),
  ),
  tell_gist: [(ctx, reference, version) => tellGist(ctx, reference, { version, gist: 'What is said.' })],
  answer_gist: [(ctx, reference, version) => answerGist(ctx, reference, { version, text: 'It is not so.' })],
  discuss: [(ctx, reference, version) => discussRequest(ctx, reference, { version, text: 'We agree.' })],
  confirm_meeting: [
    (ctx, reference, version) => confirmMeeting(ctx, reference, nobodysId, { version, present: true }),
  ],
  sign_off: twoOffices.map(
    (office): Try =>
      (ctx, reference, version) =>
        signOffRequest(ctx, reference, {
          version,
          office,
          outcome: 'agree',
          reasons: reason,
          grounds: none,
          conditions: none,
        }),
  ),
  withdraw_sign_off: twoOffices.map(
    (office): Try =>
      (ctx, reference, version) =>
        withdrawSignOff(ctx, reference, office, { version, reasons: 'On second thoughts.' }),
  ),
  decide: (['approve', 'refuse'] as const).map(
    (outcome): Try =>
      (ctx, reference, version) =>
        decideRequest(ctx, reference, {
          version,
          outcome,
          reasons: reason,
          grounds: outcome === 'refuse' ? ['no_remit_link'] : none,
          conditions: none,
          categories: ['process'],
        }),
  ),
  ask_review: [(ctx, reference, version) => askReview(ctx, reference, { ...askingReview, version })],
  name_reviewer: (['monitoring_officer', 'legal'] as const).map(
    (office): Try =>
      (ctx, reference, version) =>
        nameReviewer(ctx, reference, { ...naming, version, office }),
  ),
  accept_late: (['accepted', 'refused'] as const).map(
    (outcome): Try =>
      (ctx, reference, version) =>
        acceptLate(ctx, reference, { version, outcome, reasons: reason }),
  ),
  remit_unasked: [
    (ctx, reference, version) =>
      remitUnasked(ctx, reference, { version, reasons: reason, ownBecause: reason }),
  ],
  decide_review: (['upheld', 'remitted'] as const).map(
    (outcome): Try =>
      (ctx, reference, version) =>
        decideReview(ctx, reference, { version, outcome, reasons: reason }),
  ),
  direct: [(ctx, reference, version) => recordDirection(ctx, reference, { ...directing(), version })],
  carry_out: [
    (ctx, reference, version) =>
      carryOutOrder(ctx, reference, { version, conditions: [], categories: ['process'] }),
  ],
  record_right: (['none', 's100F'] as const).map(
    (right): Try =>
      (ctx, reference, version) =>
        recordRight(ctx, reference, {
          version,
          ...sentRight(right),
        }),
  ),
  confirm_right: [(ctx, reference, version) => confirmRight(ctx, reference, { version })],
  ask_right_review: [
    (ctx, reference, version) => askRightReview(ctx, reference, { version, reasons: reason }),
  ],
  decide_right_review: (['upheld', 'remitted'] as const).map(
    (outcome): Try =>
      (ctx, reference, version) =>
        decideRightReview(ctx, reference, { version, outcome, reasons: reason }),
  ),
  release_papers: [
    (ctx, reference) => releasePapers(ctx, reference, { category: 'Minutes', at: council.clock }),
  ],
};

/** The refusal, or null where it was done. Anything else that is thrown is a fault. */
const refusalOf = async (act: () => Promise<unknown>): Promise<Refusal | null> => {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

/** What ends a transaction that was only tried. */
class TakenBack extends Error {}

/** Does it, has the database check all that it checks at commit, and takes it back. */
const undone = (ctx: Ctx, act: (inside: Ctx) => Promise<unknown>): Promise<Refusal | null> =>
  refusalOf(async () => {
    try {
      await inTransaction(ctx.db, async (trx) => {
        await act({ ...ctx, db: trx });
        // At the very end, when the last writes are done.
        beforeCommit(trx, Symbol('taken back'), async () => {
          await trx.raw('set constraints all immediate');
          throw new TakenBack();
        });
      });
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error;
    }
  });

const forWantOfAuthorityOrStage = (refusal: Refusal | null): boolean =>
  refusal !== null &&
  (refusal.status === 403 ||
    refusal.status === 404 ||
    (refusal.status === 409 && (refusal.rule === 'status' || refusal.rule === 'stale_version')));

const everybody: readonly Account[] = [
  'scrutiny.chair',
  'scrutiny.member',
  'lead.member',
  'ward.member',
  'coopted.member',
  'former.member',
  'childrens.services',
  'childrens.services.deputy',
  'legal',
  'legal.second',
  'monitoring.officer',
  'monitoring.officer.deputy',
  'democratic.services',
  'democratic.services.second',
  'two.offices',
  'host',
  'data.protection',
  'auditor',
  'administrator',
];

const returnIt = (line: Line) =>
  post('legal', `${line.path}/return`, { version: 1, questions: 'Which one?' });
const withdrawIt = (line: Line) => post('scrutiny.chair', `${line.path}/withdraw`, { version: 1 });
const conflict = (line: Line, person: Account) =>
  post(
    'democratic.services',
    '/api/conflicts',
    conflictOf(person, 'relation', { reference: line.reference }),
  );

const ofPapers = () => ({
  changes: {
    observationType: 'document_inspection' as const,
    papers: [{ category: 'Minutes', from: '2026-01-05', to: '2026-02-06' }],
  },
});
const refusedLine = async (): Promise<Line> => {
  const line = await lineAt(council, 'ready');
  expectOk(await line.decide('refuse'));
  return line;
};
const inReview = async (): Promise<Line> => {
  const line = await refusedLine();
  expectOk(await post('scrutiny.chair', `${line.path}/review`, askingReview));
  return line;
};

const stages: Readonly<Record<string, () => Promise<Line>>> = {
  'a draft': () => lineAt(council, 'draft'),
  'a draft that was withdrawn': async () => {
    const line = await lineAt(council, 'draft');
    expectOk(await withdrawIt(line));
    return line;
  },
  submitted: () => lineAt(council, 'submitted'),
  assessed: () => lineAt(council, 'assessed'),
  'signed by the person of two offices': async () => {
    const line = await lineAt(council, 'discussed');
    expectOk(await line.sign('childrens_services'));
    expectOk(await line.sign('democratic_services', {}, 'two.offices'));
    return line;
  },
  'objected to': async () => {
    const line = await lineAt(council, 'discussed');
    expectOk(await line.sign('childrens_services', { outcome: 'object', grounds: ['disproportionate'] }));
    return line;
  },
  'ready for Legal': () => lineAt(council, 'ready'),
  'assessed, with officers as host and line manager': async () => {
    const line = await lineAt(council, 'assessed');
    const client = await council.as('childrens.services');
    const host = { version: 1, host: 'legal.second@council.example' };
    const manager = 'democratic.services.second@council.example';
    expectOk(await client.put(`${line.path}/host`, { ...host, manager }));
    return line;
  },
  'assessed, with the head of Children’s Services conflicted': async () => {
    const line = await lineAt(council, 'assessed');
    expectOk(await conflict(line, 'childrens.services'));
    return line;
  },
  'edited after it was signed': async () => {
    const line = await lineAt(council, 'ready');
    expectOk(await line.edit(other));
    return line;
  },
  'a strategy discussion, assessed': () =>
    lineAt(council, 'assessed', { changes: { observationType: 'strategy_discussion' } }),
  'papers, before Legal has looked for a right to them': () => lineAt(council, 'submitted', ofPapers()),
  'papers under a right': async () => {
    const line = await lineAt(council, 'submitted', ofPapers());
    await line.underRight('s100F', addDays(londonDate(council.clock), 7));
    return line;
  },
  'papers with a right that nobody has confirmed': async () => {
    const line = await lineAt(council, 'submitted', ofPapers());
    expectOk(await line.right('s100F', addDays(londonDate(council.clock), 7)));
    return line;
  },
  'papers under a right, returned': async () => {
    const line = await lineAt(council, 'submitted', ofPapers());
    await line.underRight('s100F', addDays(londonDate(council.clock), 7));
    expectOk(await returnIt(line));
    return line;
  },
  'papers to which a claimed right was denied': async () => {
    const { changes } = ofPapers();
    const line = await lineAt(council, 'submitted', { changes: { ...changes, claimedRight: 'reg17' } });
    expectOk(await line.right('none'));
    expectOk(await line.confirmRight({ delegation: 'Delegation 7 of the executive' }));
    return line;
  },
  'papers whose denied right is under review': async () => {
    const { changes } = ofPapers();
    const line = await lineAt(council, 'submitted', { changes: { ...changes, claimedRight: 's100F' } });
    expectOk(await line.right('none'));
    expectOk(await line.confirmRight());
    expectOk(
      await (
        await council.as('scrutiny.chair')
      ).post(`${line.path}/statutory-right/review`, {
        version: 1,
        reasons: reason,
      }),
    );
    return line;
  },
  returned: async () => {
    const line = await lineAt(council, 'ready');
    expectOk(await returnIt(line));
    return line;
  },
  withdrawn: async () => {
    const line = await lineAt(council, 'ready');
    expectOk(await withdrawIt(line));
    return line;
  },
  refused: () => refusedLine(),
  'refused, with a review asked for': () => inReview(),
  'in review, with the Monitoring Officer conflicted and somebody named': async () => {
    const line = await inReview();
    // The auditor was made a deputy of theirs further up.
    for (const each of ['monitoring.officer', 'monitoring.officer.deputy', 'auditor']) {
      expectOk(await conflict(line, each));
    }
    expectOk(await post('democratic.services', `${line.path}/review/reviewer`, naming));
    return line;
  },
  remitted: async () => {
    const line = await refusedLine();
    expectOk(await post('monitoring.officer', `${line.path}/direction`, directing()));
    line.version = 2;
    await line.answerAll();
    return line;
  },
  approved: async () => {
    const line = await lineAt(council, 'ready');
    expectOk(await line.decide('approve'));
    return line;
  },
};

/** `can` of everybody on a request; null for who may not read it. */
const offered = async (line: Line): Promise<Map<Account, readonly CommandName[] | null>> => {
  const can = new Map<Account, readonly CommandName[] | null>();
  for (const account of everybody) {
    const answer = await line.read(account);
    can.set(account, answer.status === 404 ? null : (expectOk(answer).body.can as CommandName[]));
  }
  return can;
};

/** How many requests were held so far: in short, which refusals are tried goes round with it. */
let held = 0;

/**
 * Compares everybody's `can` with the result of giving each command. It always tries commands in `can`; of the others
 * the short form tries a sixth on each request, and another sixth on the next: six requests in a row meet every
 * command of everybody.
 */
const holdCan = async (line: Line): Promise<number> => {
  const turn = held++;
  const isTried = (account: Account, name: CommandName): boolean =>
    isLong || (turn + everybody.indexOf(account) + commandNames.indexOf(name)) % 9 === 0;
  const { db } = council.world;
  const now = () => council.clock;
  const can = await offered(line);
  const before = await stored(line);
  const mayBeDone: [Account, CommandName][] = [];
  for (const [account, names] of can) {
    const ctx = await ctxFor(db, await personId(db, account), now);
    for (const name of commandNames) {
      if (names?.includes(name)) {
        mayBeDone.push([account, name]);
        continue;
      }
      if (!isTried(account, name)) continue;
      for (const attempt of tries[name]) {
        const refusal = await refusalOf(() => attempt(ctx, line.reference, line.version));
        const refused =
          refusal !== null && (names === null ? [404] : [403, 404, 409]).includes(refusal.status);
        expect({ account, name, came: refusal?.status ?? 'done', refused }).toMatchObject({ refused: true });
      }
    }
  }

  for (const [account, name] of mayBeDone) {
    const ctx = await ctxFor(db, await personId(db, account), now);
    const refusals: (Refusal | null)[] = [];
    for (const attempt of tries[name]) {
      refusals.push(await undone(ctx, (inside) => attempt(inside, line.reference, line.version)));
    }
    const told = refusals.map((refusal) => refusal && `${refusal.status} ${refusal.rule}`);
    // No meeting is recorded here: that is said after the authority and the stage.
    const isUnmet = (each: Refusal | null) => name === 'confirm_meeting' && each?.status === 404;
    const may = refusals.some((each) => isUnmet(each) || !forWantOfAuthorityOrStage(each));
    expect({ account, name, told, may }).toEqual({
      account,
      name,
      told,
      may: true,
    });
  }
  // A refused command has changed nothing, and an accepted one was undone.
  expect(await stored(line)).toEqual(before);
  return mayBeDone.length;
};

describe('`can` is exact, for each account and command:', () => {
  beforeAll(async () => {
    council.clock = monday;
    for (const account of everybody) await council.as(account);
  }, 60_000);

  // In short every fourth of them.
  test.each(Object.keys(stages).filter((_, place) => isLong || place % 6 === 0))(
    '%s',
    async (stage) => {
      const line = await stages[stage]?.();
      if (!line) throw new Error('There is no such stage.');
      const offers = await holdCan(line);
      const closed = ['a draft that was withdrawn', 'withdrawn', 'approved'].includes(stage);
      expect(offers > 0).toBe(!closed);
    },
    60_000,
  );

  test('while the heads of the offices are away', async () => {
    const today = londonDate(council.clock);
    for (const [office, account] of [
      ['childrens_services', 'childrens.services'],
      ['monitoring_officer', 'monitoring.officer'],
    ] as const) {
      const principal = `${account}@council.example`;
      expectOk(
        await post('democratic.services', '/api/absences', { office, principal, from: today, to: today }),
      );
    }
    const assessed = await lineAt(council, 'assessed');
    const can = await offered(assessed);
    expect(can.get('childrens.services.deputy')).toContain('sign_off');
    expect(can.get('monitoring.officer.deputy')).toEqual(['return', 'discuss', 'confirm_meeting']);
    if (isLong) await holdCan(assessed);
    const strategy = { observationType: 'strategy_discussion' } as const;
    const discussion = await lineAt(council, 'assessed', { changes: strategy });
    expect((await offered(discussion)).get('childrens.services.deputy')).not.toContain('sign_off');
    await holdCan(discussion);
  }, 60_000);

  test('for a councillor whose term is over, and one who also holds an office', async () => {
    const { db } = council.world;
    const line = await lineAt(council, 'ready');
    const lead = { person_id: await personId(db, 'lead.member') };
    await behindTheApi(db, (trx) =>
      trx('offices_held').insert(
        (['legal', 'democratic_services'] as const).map((office) => ({
          ...lead,
          office,
          capacity: 'authorised',
        })),
      ),
    );
    const who = { id: (await council.as('scrutiny.chair')).councillorId };
    await behindTheApi(db, (trx) => trx('councillors').where(who).update({ standing: 'former' }));
    expect((await offered(line)).get('scrutiny.chair')).toEqual([]);
    await holdCan(line);
    if (isLong) await holdCan(await lineAt(council, 'ready', { author: 'scrutiny.member' }));
  }, 60_000);
});
