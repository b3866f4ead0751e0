/**
 * Random people give random commands about a right to papers to one request, and a naive model of section 3a of the
 * need-to-know rules says each time whether it may be done and what must then be on record. The model is written from
 * the rules alone and shares no code with `policies/`.
 */
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadDemo } from '../../db/demo/demo.js';
import { addDays, londonDate } from '../../policies/core/time/london.js';
import { Refusal } from '../../policies/core/refusals.js';
import { answerQuestion } from '../../server/need-to-know/answer-question.js';
import { confirmRight } from '../../server/papers/confirm-right.js';
import { recordRight } from '../../server/papers/record-right.js';
import { releasePapers } from '../../server/papers/release-papers.js';
import { askRightReview, decideRightReview } from '../../server/papers/review-right.js';
import { useDatabase } from '../support/database.js';
import { foundRow } from '../support/found-row.js';
import { reason } from '../support/line.js';
import { isLong } from '../support/long.js';
import { brought, copiesOf, ctxFor, personId } from '../support/people.js';

const runs = isLong ? 200 : 25;
const world = useDatabase();
const at = new Date();
const today = londonDate(at);

const rights = ['none', 's100F', 'reg16', 'reg17'] as const;
type Right = (typeof rights)[number];
const everybody = [
  'legal',
  'legal.second',
  'two.offices',
  'democratic.services',
  'childrens.services',
  'monitoring.officer',
  'scrutiny.chair',
  'auditor',
] as const;
type Person = (typeof everybody)[number];

const ofLegal: readonly Person[] = ['legal', 'legal.second', 'two.offices'];
const proper: readonly Person[] = ['democratic.services', 'two.offices'];
const delegates: readonly Person[] = [...proper, 'childrens.services'];

type Step =
  | {
      readonly does: 'record';
      readonly by: Person;
      readonly right: Right;
      readonly cites: 'meeting' | 'review';
    }
  | { readonly does: 'confirm'; readonly by: Person; readonly found: boolean; readonly delegated: boolean }
  | { readonly does: 'answer bars'; readonly stands: boolean }
  | { readonly does: 'ask' | 'uphold' | 'remit'; readonly by: Person }
  | { readonly does: 'release'; readonly by: Person; readonly category: 'process' | 'health' };

const person = fc.constantFrom(...everybody);
const mostly = (...right: Person[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: person });

const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('record' as const),
      by: mostly('legal', 'two.offices'),
      right: fc.constantFrom(...rights),
      cites: fc.constantFrom('meeting' as const, 'review' as const),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('confirm' as const),
      by: mostly('democratic.services', 'two.offices', 'childrens.services'),
      found: fc.boolean(),
      delegated: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('answer bars' as const), stands: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('ask' as const, 'uphold' as const, 'remit' as const),
      by: mostly('scrutiny.chair', 'monitoring.officer'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('release' as const),
      by: mostly('childrens.services'),
      category: fc.constantFrom('process' as const, 'health' as const),
    }),
  },
);

/** The way that a right goes where each does their part; the random steps come after it. */
const aPlan: fc.Arbitrary<Step[]> = fc
  .record({
    right: fc.constantFrom('none' as const, ...rights),
    found: fc.boolean(),
    length: fc.constantFrom(0, 1, 3, 4, 4),
  })
  .map(({ right, found, length }): Step[] => {
    const scrutiny = right === 'none' || right === 'reg17';
    const plan: Step[] = [
      { does: 'record', by: 'legal', right, cites: right === 'reg17' ? 'review' : 'meeting' },
      {
        does: 'confirm',
        by: 'democratic.services',
        found: found && right !== 'none',
        delegated: scrutiny,
      },
      right === 'none' ? { does: 'ask', by: 'scrutiny.chair' } : { does: 'answer bars', stands: false },
      right === 'none'
        ? { does: found ? 'remit' : 'uphold', by: 'monitoring.officer' }
        : { does: 'release', by: 'childrens.services', category: found ? 'health' : 'process' },
    ];
    return plan.slice(0, length);
  });

/** What is on record by the model. */
interface Model {
  right: Right | null;
  cites: 'meeting' | 'review';
  by: Person | null;
  confirmedBy: Person | null;
  found: boolean;
  review: 'none' | 'asked' | 'upheld' | 'remitted';
  bars: 'open' | 'clear' | 'stands';
  released: number;
}

/** The chair claims regulation 17, sits on the committee, and is no member of the executive. */
const claimed = 'reg17';

const counts = ({ right, confirmedBy }: Model) => right !== null && confirmedBy !== null;
const denied = (m: Model) => m.right === 'none' && counts(m) && m.review !== 'remitted';

/** Whether a step may be done; it does it to the model where it may. */
const follows = (m: Model, step: Step): boolean => {
  switch (step.does) {
    case 'record': {
      const { right, cites, by } = step;
      if (!ofLegal.includes(by) || m.released > 0) return false;
      if (m.review === 'remitted' && m.by === by) return false;
      // The meeting is to come, and the review was begun: each right hangs on one of the two alone.
      if (right !== 'none' && (right === 'reg17') !== (cites === 'review')) return false;
      Object.assign(m, { right, cites, by, confirmedBy: null, found: false, review: 'none' });
      return true;
    }
    case 'confirm': {
      const { by, found, delegated } = step;
      if (m.right === null || m.review === 'remitted' || m.confirmedBy !== null) return false;
      const scrutiny = m.right === 'reg17' || (m.right === 'none' && claimed === 'reg17');
      if (!(scrutiny ? delegates : proper).includes(by) || m.by === by) return false;
      if (delegated !== scrutiny || (found && m.right === 'none')) return false;
      Object.assign(m, { confirmedBy: by, found });
      return true;
    }
    case 'answer bars':
      m.bars = step.stands ? 'stands' : 'clear';
      return true;
    case 'ask':
      if (step.by !== 'scrutiny.chair' || !denied(m) || m.review !== 'none') return false;
      m.review = 'asked';
      return true;
    case 'uphold':
    case 'remit':
      if (step.by !== 'monitoring.officer' || !denied(m) || m.review !== 'asked') return false;
      m.review = step.does === 'uphold' ? 'upheld' : 'remitted';
      return true;
    case 'release': {
      if (step.by !== 'childrens.services' || m.right === 'none' || !counts(m) || m.bars !== 'clear')
        return false;
      const exempt = step.category === 'health' && !m.found && m.right !== 'reg17';
      if (exempt) return false;
      m.released += 1;
      return true;
    }
  }
};

let reference = '';
beforeAll(async () => {
  await loadDemo(world.db, at);
  reference = (
    await brought(world.db, 'submitted', {
      changes: {
        observationType: 'document_inspection',
        claimedRight: claimed,
        papers: ['process', 'health'].map((category) => ({ category, from: '2026-01-01', to: '2026-03-31' })),
      },
      now: () => at,
    })
  ).reference;
}, 60_000);

const give = async (of: string, step: Step, minute: number): Promise<unknown> => {
  const now = () => new Date(at.getTime() + minute * 60_000);
  const as = async (account: Person) => ctxFor(world.db, await personId(world.db, account), now);
  switch (step.does) {
    case 'record': {
      const cites =
        step.cites === 'meeting'
          ? { kind: 'meeting' as const, body: 'Cabinet', date: addDays(today, 20) }
          : { kind: 'review' as const, body: 'Scrutiny', date: addDays(today, -20) };
      return recordRight(await as(step.by), of, {
        version: 1,
        right: step.right,
        reasons: reason,
        ...(step.right === 'none' ? {} : { document: 'The report on cases.', cites }),
      });
    }
    case 'confirm':
      return confirmRight(await as(step.by), of, {
        version: 1,
        ...(step.delegated ? { delegation: 'Delegation 7' } : {}),
        ...(step.found ? { findings: [{ category: 'health', finding: 'not_exempt', reasons: reason }] } : {}),
      });
    case 'answer bars':
      return answerQuestion(await as('legal'), of, 'legal_bars', 1, {
        answer: step.stands ? [{ bar: 'court_order' }] : [],
      });
    case 'ask':
      return askRightReview(await as(step.by), of, { version: 1, reasons: reason });
    case 'uphold':
    case 'remit':
      return decideRightReview(await as(step.by), of, {
        version: 1,
        outcome: step.does === 'uphold' ? 'upheld' : 'remitted',
        reasons: reason,
      });
    case 'release':
      return releasePapers(await as(step.by), of, { category: step.category, at: now() });
  }
};

const isDone = async (act: () => Promise<unknown>): Promise<boolean> => {
  try {
    await act();
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
};

test('what the service lets people do about a right is what section 3a says, and the record says the same', async () => {
  const copies = await copiesOf(world.db, reference, runs);
  const met = new Set<string>();
  await fc.assert(
    fc.asyncProperty(aPlan, fc.array(aStep, { minLength: 4, maxLength: 10 }), async (plan, random) => {
      const steps = [...plan, ...random];
      const of = copies.shift() ?? (await copiesOf(world.db, reference, 1))[0] ?? '';
      const model: Model = {
        right: null,
        cites: 'meeting',
        by: null,
        confirmedBy: null,
        found: false,
        review: 'none',
        bars: 'open',
        released: 0,
      };
      for (const [minute, step] of steps.entries()) {
        const may = follows(model, step);
        expect([steps.slice(0, minute + 1), await isDone(() => give(of, step, minute + 1))]).toEqual([
          steps.slice(0, minute + 1),
          may,
        ]);
        met.add(`${step.does} ${may}`);
      }
      const { id } = await foundRow(world.db('requests').where({ reference: of }).first('id'));
      const rows = await world.db('statutory_rights').where({ request_id: id }).orderBy('seq');
      const last = rows.at(-1);
      expect([last?.right_given ?? null, last?.confirmed_at !== null && last !== undefined]).toEqual([
        model.right,
        model.confirmedBy !== null,
      ]);
      const releases = await world.db('releases').where({ request_id: id }).select('authorised');
      expect(releases.map(({ authorised }) => authorised)).toEqual(
        Array.from({ length: model.released }, () => true),
      );
    }),
    { numRuns: runs },
  );
  for (const does of ['record', 'confirm', 'release', 'ask'] as const)
    expect([...met]).toEqual(expect.arrayContaining([`${does} true`, `${does} false`]));
}, 240_000);
