import { atLondonTime } from '../../policies/core/time/london.js';
import { observationType, type ObservationTypeKey } from '../../policies/core/observation-types.js';
import type { Account, Answer, Council } from './council.js';
import { granted, type Granted } from './granted.js';
import { expectOk } from './line.js';
import type { Preparing } from './people.js';

/** A visit on its way; each step can be taken alone. */
export class VisitWalk {
  constructor(
    readonly council: Council,
    readonly grant: Granted,
    readonly type: ObservationTypeKey,
    readonly id: string,
    readonly date: string,
  ) {}

  get path(): string {
    return `/api/visits/${this.id}`;
  }

  /** A visit of a grant, planned by the host. */
  static async planned(
    council: Council,
    grant: Granted,
    {
      type,
      date,
      ...rest
    }: { readonly type: ObservationTypeKey; readonly date: string } & Readonly<Record<string, unknown>>,
  ): Promise<VisitWalk> {
    const host = await council.as('host');
    const { body } = expectOk(
      await host.post(`${grant.path}/visits`, {
        date,
        from: '10:00',
        to: '12:00',
        caseReference: 'CP-2026-0042',
        chaperone: 'The team manager',
        ...rest,
      }),
    );
    return new VisitWalk(council, grant, type, body.id as string, date);
  }

  /** Sets the council's clock to a time on the day of the visit. */
  at(time: string): void {
    this.council.clock = atLondonTime(this.date, time);
  }

  /** Legal answer for the bars, the host for the rest. */
  async check(
    question: string,
    body: object,
    by: Account = question === 'legal_bars' ? 'legal' : 'host',
  ): Promise<Answer> {
    return (await this.council.as(by)).put(`${this.path}/checks/${question}`, body);
  }

  /** The three checks, each as it has to be. */
  async checkAll(): Promise<this> {
    const { parties } = observationType(this.type);
    expectOk(await this.check('connection', { answer: 'none' }));
    expectOk(
      await this.check('agreements', {
        answer: Object.fromEntries(parties.map((party) => [party, 'agreed'])),
      }),
    );
    expectOk(await this.check('legal_bars', { answer: [] }));
    return this;
  }

  async post(step: string, body: object = {}, by: Account = 'host'): Promise<Answer> {
    return (await this.council.as(by)).post(`${this.path}/${step}`, body);
  }

  async attended(changes: object = {}): Promise<Answer> {
    return this.post('attendance', {
      outcome: 'attended',
      arrived: '10:05',
      left: '11:40',
      chaperone: 'The team manager',
      categories: ['process'],
      ...changes,
    });
  }

  async read(by: Account): Promise<Answer> {
    return (await this.council.as(by)).get(this.path);
  }
}

/** A grant of a core group whose window is open, with a visit planned and every check answered. */
export const readyToVisit = async (
  council: Council,
  {
    type = 'core_group',
    date,
    window,
    ...preparing
  }: Preparing & {
    readonly type?: ObservationTypeKey;
    readonly date: string;
    readonly window: { readonly from: string; readonly to: string };
    readonly conditions?: readonly (string | object)[];
  },
): Promise<VisitWalk> => {
  const grant = await granted(council, {
    ...preparing,
    changes: { observationType: type, window, ...preparing.changes },
    now: () => council.clock,
  });
  const visit = await VisitWalk.planned(council, grant, { type, date });
  return visit.checkAll();
};
