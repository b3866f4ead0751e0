/**
 * Random people correct sign-offs of one request and report a text of its discussion, while a legal hold comes and goes;
 * a naive model of section 6a of the need-to-know rules says each time whether it may be done and what must then be on
 * record. The model is written from the rules alone and shares no code with `policies/`.
 */
import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { translateViolation } from '../../db/core/connection.js';
import { violations } from '../../db/core/violations.js';
import { loadDemo } from '../../db/demo/demo.js';
import { Refusal } from '../../policies/core/refusals.js';
import { proposeCorrection } from '../../server/correction/propose-correction.js';
import {
  confirmCorrectionOf,
  refuseCorrectionOf,
  withdrawCorrectionOf,
} from '../../server/correction/settle-correction.js';
import { discussRequest } from '../../server/decision/discuss-request.js';
import { liftHold } from '../../server/legal-hold/lift-hold.js';
import { placeHold } from '../../server/legal-hold/place-hold.js';
import { confirmRedaction } from '../../server/redaction/confirm-redaction.js';
import { putTextBack } from '../../server/redaction/put-text-back.js';
import { reportText } from '../../server/redaction/report-text.js';
import { useDatabase } from '../support/database.js';
import { foundRow } from '../support/found-row.js';
import { reason } from '../support/line.js';
import { isLong } from '../support/long.js';
import { brought, copiesOf, ctxFor, personId } from '../support/people.js';

const runs = isLong ? 150 : 15;
const world = useDatabase();
const at = new Date();

const everybody = [
  'childrens.services',
  'childrens.services.deputy',
  'democratic.services',
  'democratic.services.second',
  'two.offices',
  'legal',
  'legal.second',
  'monitoring.officer',
  'data.protection',
  'host',
  'auditor',
  'scrutiny.chair',
] as const;
type Person = (typeof everybody)[number];

/** The two sign-offs that were made: who signed, and who is a second person of that office. */
const seats = {
  childrens_services: { signer: 'childrens.services', seconds: [] },
  democratic_services: {
    signer: 'democratic.services',
    seconds: ['democratic.services.second', 'two.offices'],
  },
} as const satisfies Record<string, { signer: Person; seconds: readonly Person[] }>;
type Seat = keyof typeof seats;

/** Whoever acts for one of the three offices or is the Monitoring Officer reads the discussion. */
const readers: readonly Person[] = [
  'childrens.services',
  'childrens.services.deputy',
  'democratic.services',
  'democratic.services.second',
  'two.offices',
  'legal',
  'legal.second',
  'monitoring.officer',
];

type Step = { readonly by: Person } & (
  | { readonly does: 'propose'; readonly of: Seat; readonly says: 'one' | 'other' }
  | { readonly does: 'confirm' | 'refuse' | 'withdraw'; readonly of: Seat }
  | { readonly does: 'report' | 'erase' | 'put back' }
  | { readonly does: 'place a hold' | 'lift the hold' }
);

const mostly = (...right: Person[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.constantFrom(...everybody) },
  );
const seat = fc.constantFrom(
  'democratic_services' as const,
  'democratic_services' as const,
  'childrens_services' as const,
);

const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: seat.chain((of) =>
      fc.record({
        does: fc.constant('propose' as const),
        by: mostly(seats[of].signer),
        of: fc.constant(of),
        says: fc.constantFrom('one' as const, 'other' as const),
      }),
    ),
  },
  {
    weight: 6,
    arbitrary: seat.chain((of) =>
      fc.record({
        does: fc.constantFrom('confirm' as const, 'refuse' as const, 'withdraw' as const),
        by: mostly(seats[of].signer, ...seats[of].seconds),
        of: fc.constant(of),
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('report' as const), by: mostly('legal', 'two.offices') }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('erase' as const),
      by: mostly('data.protection', 'legal', 'monitoring.officer'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('put back' as const), by: mostly('data.protection') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constantFrom('place a hold' as const, 'lift the hold' as const),
      by: mostly('legal', 'data.protection'),
    }),
  },
);

/** What is on record by the model. */
interface Model {
  readonly corrections: Record<Seat, { by: Person; status: string; says: string }[]>;
  text: 'shown' | 'hidden' | 'erased';
  first: Person | null;
  held: boolean;
}

/** For which of these offices a person erases; the deputy of somebody who is there does not. */
const erases = (by: Person): 'data protection' | 'another office' | null => {
  if (by === 'data.protection') return 'data protection';
  return readers.includes(by) && by !== 'childrens.services.deputy' ? 'another office' : null;
};

/** Whether a step may be done; it does it to the model where it may. */
const follows = (m: Model, step: Step): boolean => {
  const { by } = step;
  switch (step.does) {
    case 'propose': {
      const made = m.corrections[step.of];
      if (by !== seats[step.of].signer || made.at(-1)?.status === 'waiting') return false;
      // What stands is the last that counts.
      if (made.findLast(({ status }) => status === 'counts')?.says === step.says) return false;
      made.push({ by, status: 'waiting', says: step.says });
      return true;
    }
    case 'confirm':
    case 'refuse':
    case 'withdraw': {
      const last = m.corrections[step.of].at(-1);
      if (last?.status !== 'waiting') return false;
      const seconds: readonly Person[] = seats[step.of].seconds;
      if (step.does === 'withdraw' ? last.by !== by : !seconds.includes(by)) return false;
      last.status = { confirm: 'counts', refuse: 'refused', withdraw: 'withdrawn' }[step.does];
      return true;
    }
    case 'report':
      if (m.text !== 'shown' || !readers.includes(by)) return false;
      m.text = 'hidden';
      m.first = null;
      return true;
    case 'erase': {
      const office = erases(by);
      if (m.text !== 'hidden' || office === null || m.held || m.first === by) return false;
      if (m.first === null) {
        m.first = by;
        return true;
      }
      if (office !== 'data protection' && m.first !== 'data.protection') return false;
      m.text = 'erased';
      return true;
    }
    case 'put back':
      if (m.text !== 'hidden' || by !== 'data.protection') return false;
      m.text = 'shown';
      return true;
    case 'place a hold':
    case 'lift the hold': {
      const places = step.does === 'place a hold';
      const holders: readonly Person[] = [
        'legal',
        'legal.second',
        'two.offices',
        'monitoring.officer',
        'data.protection',
      ];
      if (!holders.includes(by) || m.held === places) return false;
      m.held = places;
      return true;
    }
  }
};

/** Each command once where it may be given and once where it may not; chance does the rest. */
const everyWay: Step[] = [
  { does: 'confirm', by: 'two.offices', of: 'democratic_services' },
  { does: 'propose', by: 'legal', of: 'democratic_services', says: 'one' },
  { does: 'propose', by: 'democratic.services', of: 'democratic_services', says: 'one' },
  { does: 'confirm', by: 'democratic.services', of: 'democratic_services' },
  { does: 'refuse', by: 'democratic.services', of: 'democratic_services' },
  { does: 'withdraw', by: 'two.offices', of: 'democratic_services' },
  { does: 'confirm', by: 'two.offices', of: 'democratic_services' },
  { does: 'propose', by: 'democratic.services', of: 'democratic_services', says: 'other' },
  { does: 'refuse', by: 'democratic.services.second', of: 'democratic_services' },
  { does: 'propose', by: 'childrens.services', of: 'childrens_services', says: 'other' },
  { does: 'withdraw', by: 'childrens.services', of: 'childrens_services' },
  { does: 'report', by: 'data.protection' },
  { does: 'report', by: 'legal' },
  { does: 'put back', by: 'legal' },
  { does: 'put back', by: 'data.protection' },
  { does: 'report', by: 'two.offices' },
  { does: 'erase', by: 'host' },
  { does: 'erase', by: 'legal' },
  { does: 'place a hold', by: 'legal' },
  { does: 'erase', by: 'data.protection' },
  { does: 'lift the hold', by: 'data.protection' },
  { does: 'erase', by: 'data.protection' },
];

let reference = '';
beforeAll(async () => {
  await loadDemo(world.db, at);
  ({ reference } = await brought(world.db, 'ready', { now: () => at }));
}, 60_000);

/** One request, with the ids of what was made of it. */
class Walked {
  private readonly corrections: Partial<Record<Seat, string>> = {};
  private redaction = '';
  private hold = '';
  constructor(
    private readonly of: string,
    private readonly discussed: string,
  ) {}

  async give(step: Step, minute: number): Promise<void> {
    const now = () => new Date(at.getTime() + minute * 60_000);
    const ctx = await ctxFor(world.db, await personId(world.db, step.by), now);
    switch (step.does) {
      case 'propose':
        this.corrections[step.of] = await proposeCorrection(ctx, {
          of: { kind: 'sign_off', id: `${this.of}/1/${step.of}`, field: 'reasons' },
          corrected: `${reason} It is the ${step.says}.`,
          reasons: 'A letter is missing.',
        });
        return;
      case 'confirm':
        await confirmCorrectionOf(ctx, this.correctionOf(step.of));
        return;
      case 'refuse':
        await refuseCorrectionOf(ctx, this.correctionOf(step.of), 'It is no slip.');
        return;
      case 'withdraw':
        await withdrawCorrectionOf(ctx, this.correctionOf(step.of));
        return;
      case 'report':
        this.redaction = await reportText(ctx, {
          of: { kind: 'discussion', id: this.discussed, field: 'text' },
          reasons: 'It says who a child is.',
        });
        return;
      case 'erase':
        await confirmRedaction(ctx, this.redaction || nobody);
        return;
      case 'put back':
        await putTextBack(ctx, this.redaction || nobody, 'It names nobody.');
        return;
      case 'place a hold':
        this.hold = await placeHold(ctx, { reference: this.of, reasons: 'A claim was announced.' });
        return;
      case 'lift the hold':
        await liftHold(ctx, this.hold || nobody, 'The claim was settled.');
        this.hold = '';
    }
  }

  /** All requests of a councillor are one matter: what this one leaves held would hold the next. */
  async leave(): Promise<void> {
    if (this.hold !== '') await this.give({ does: 'lift the hold', by: 'legal' }, 60);
  }

  private correctionOf(office: Seat): string {
    return this.corrections[office] ?? nobody;
  }
}
const nobody = '00000000-0000-4000-8000-000000000000';

const isDone = async (act: () => Promise<unknown>): Promise<boolean> => {
  try {
    await act();
    return true;
  } catch (thrown) {
    // What the database refuses by itself, as every answer has it.
    const error = translateViolation(thrown, violations);
    if (error instanceof Refusal) return false;
    throw error;
  }
};

test('what the service lets people correct and erase is what section 6a says, and the record says the same', async () => {
  const copies = await copiesOf(world.db, reference, runs);
  const met = new Set<string>();
  let texts = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { minLength: 12, maxLength: 24 }), async (steps) => {
      const of = copies.shift() ?? (await copiesOf(world.db, reference, 1))[0] ?? '';
      texts += 1;
      const text = `Somebody of the team was seen at place ${texts}.`;
      await discussRequest(await ctxFor(world.db, await personId(world.db, 'legal'), () => at), of, {
        version: 1,
        text,
      });
      const { id: request } = await foundRow(world.db('requests').where({ reference: of }).first('id'));
      const { id: discussed } = await foundRow(
        world.db('discussion').where({ request_id: request, text }).first('id'),
      );
      const before = await world.db('sign_offs').where({ request_id: request }).orderBy('office');
      const walked = new Walked(of, discussed);
      const model: Model = {
        corrections: { childrens_services: [], democratic_services: [] },
        text: 'shown',
        first: null,
        held: false,
      };
      try {
        for (const [minute, step] of steps.entries()) {
          // A second hold would hold what the lifting of the first lets go.
          if (step.does === 'place a hold' && model.held) continue;
          const may = follows(model, step);
          const so = steps.slice(0, minute + 1);
          expect([so, await isDone(() => walked.give(step, minute + 1))]).toEqual([so, may]);
          met.add(`${step.does} ${may}`);
        }
      } finally {
        await walked.leave();
      }
      const made = await world.db('corrections').where({ request_id: request }).orderBy('seq');
      for (const seatOf of ['childrens_services', 'democratic_services'] as const)
        expect(made.filter(({ of_id: id }) => id.endsWith(seatOf)).map(({ status }) => status)).toEqual(
          model.corrections[seatOf].map(({ status }) => status),
        );
      // The originals stand as they were.
      expect(await world.db('sign_offs').where({ request_id: request }).orderBy('office')).toEqual(before);
      const { text: stands } = await foundRow(world.db('discussion').where({ id: discussed }).first('text'));
      expect([model.text, stands === text]).toEqual([model.text, model.text === 'shown']);
      const reports = await world.db('redactions').where({ request_id: request }).orderBy('seq');
      expect(reports.at(-1)?.status ?? 'put_back').toBe(
        { shown: 'put_back', hidden: 'hidden', erased: 'erased' }[model.text],
      );
    }),
    { numRuns: runs, examples: [[everyWay]] },
  );
  for (const does of ['propose', 'confirm', 'refuse', 'withdraw', 'report', 'erase', 'put back'] as const)
    expect([...met]).toEqual(expect.arrayContaining([`${does} true`, `${does} false`]));
}, 240_000);
