import { addDays, londonDate } from '../../policies/core/time/london.js';
import { questionKeys, questions, type QuestionKey } from '../../policies/need-to-know/questions.js';
import { observationType, type ObservationTypeKey } from '../../policies/core/observation-types.js';
import type { Account, Answer, Client, Council } from './council.js';

export const necessity =
  'The committee has a minuted review of how soon conferences are held and how partners take part in them. ' +
  'It must recommend to cabinet whether the new arrangements work. Papers show the figures and cannot show how ' +
  'decisions are reached in the room, which is the very thing that the committee was asked to judge.';

export const reason = 'It names the duty, the decision it serves, and why nothing less would do.';

/** The appointment that a councillor relies on, of that kind. */
export const appointmentOf = async (client: Client, kind = 'relevant_committee'): Promise<string> => {
  const { body } = await client.get(`/api/councillors/${client.councillorId}`);
  const found = (body.appointments as { id: string; kind: string }[]).find((each) => each.kind === kind);
  if (!found) throw new Error(`No appointment of the kind ${kind}.`);
  return found.id;
};

/** A complete request of the chair of the scrutiny committee; `changes` replace its top-level fields. */
export const complete = async (council: Council, client: Client, changes: object = {}) => {
  const today = londonDate(council.clock);
  return {
    observationType: 'initial_child_protection_conference',
    ...('role' in changes
      ? {}
      : { role: { kind: 'relevant_committee', appointmentId: await appointmentOf(client) } }),
    authority: { kind: 'work_programme', citation: 'Minute 42 of the last meeting' },
    necessity,
    window: { from: addDays(today, 7), to: addDays(today, 35) },
    events: 1,
    alternatives:
      'A briefing, data or an anonymised audit would not show how a decision is reached in the room.',
    declarations: { collateralPurpose: 'no', connection: 'none', documents: 'no' },
    ...changes,
  };
};

const inOrder: Partial<Record<QuestionKey, object>> = {
  standing: { answer: 'sitting' },
  role: { answer: 'relevant_committee' },
  authority: { answer: 'work_programme' },
  necessity: { answer: 'duty', reason },
  scope: { answer: 'specific', reason },
  alternatives: {
    answer: {
      briefing: 'insufficient',
      data: 'insufficient',
      anonymised_audit: 'insufficient',
      closed_case: 'insufficient',
      staff_talk: 'insufficient',
      other_type: 'insufficient',
    },
    reason,
  },
  collateral_purpose: { answer: 'no' },
  connection: { answer: 'none' },
  documents: { answer: 'no' },
  legal_bars: { answer: [] },
  proportionality: { answer: 'proportionate', reason },
  lawful_basis: { answer: 'confirmed', reason },
  prerequisites: {
    answer: {
      undertaking: 'met',
      safeguarding_training: 'met',
      data_protection_training: 'met',
      dbs: 'met',
    },
  },
};

/** The answer to a question that lets the test pass, for a type. */
export const answerInOrder = (key: QuestionKey, type: ObservationTypeKey): object =>
  key === 'agreements'
    ? { answer: Object.fromEntries(observationType(type).parties.map((party) => [party, 'agreed'])) }
    : (inOrder[key] ?? {});

const officer: Readonly<Record<string, Account>> = {
  childrens_services: 'childrens.services',
  democratic_services: 'democratic.services',
  legal: 'legal',
};

/** @throws where a step on the way is refused: the test is about something else */
export const expectOk = (answer: Answer): Answer => {
  if (answer.status >= 400) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
};

/** One request on its way; each step can be taken alone. */
export class Line {
  version = 1;
  constructor(
    readonly council: Council,
    readonly reference: string,
    readonly type: ObservationTypeKey,
    readonly author: Account,
  ) {}

  get path(): string {
    return `/api/requests/${this.reference}`;
  }

  /** A draft of a complete request. */
  static async drafted(
    council: Council,
    changes: object = {},
    author: Account = 'scrutiny.chair',
  ): Promise<Line> {
    const client = await council.as(author);
    const content = await complete(council, client, changes);
    const { body } = expectOk(await client.post('/api/requests', content));
    return new Line(council, body.reference, content.observationType as ObservationTypeKey, author);
  }

  static async submitted(
    council: Council,
    changes: object = {},
    author: Account = 'scrutiny.chair',
  ): Promise<Line> {
    const line = await Line.drafted(council, changes, author);
    expectOk(await (await council.as(author)).post(`${line.path}/submit`, { version: 1 }));
    return line;
  }

  /** Submitted, with every question answered so that the test is established, save for those given. */
  static async assessed(
    council: Council,
    changes: object = {},
    answers: Partial<Record<QuestionKey, object>> = {},
    author: Account = 'scrutiny.chair',
  ): Promise<Line> {
    const line = await Line.submitted(council, changes, author);
    await line.answerAll(answers);
    return line;
  }

  /** Assessed, discussed and signed by two: Legal's turn. */
  static async readyForLegal(
    council: Council,
    changes: object = {},
    author: Account = 'scrutiny.chair',
  ): Promise<Line> {
    const line = await Line.assessed(council, changes, {}, author);
    if (line.type === 'document_inspection') expectOk(await line.right('none'));
    await line.discuss();
    expectOk(await line.sign('childrens_services'));
    expectOk(await line.sign('democratic_services'));
    return line;
  }

  static async approved(
    council: Council,
    changes: object = {},
    author: Account = 'scrutiny.chair',
  ): Promise<Line> {
    const line = await Line.readyForLegal(council, changes, author);
    expectOk(await line.decide('approve'));
    return line;
  }

  async read(account: Account): Promise<Answer> {
    return (await this.council.as(account)).get(this.path);
  }

  async answer(key: QuestionKey, answer: object, account?: Account): Promise<Answer> {
    const office = questions.find((each) => each.key === key)?.office ?? '';
    const client = await this.council.as(account ?? officer[office] ?? '');
    return client.put(`${this.path}/assessment/${key}`, { version: this.version, ...answer });
  }

  async answerAll(answers: Partial<Record<QuestionKey, object>> = {}): Promise<void> {
    for (const key of questionKeys) {
      expectOk(await this.answer(key, answers[key] ?? answerInOrder(key, this.type)));
    }
  }

  async speak(
    account: Account,
    text = 'We have looked at this together.',
    more: object = {},
  ): Promise<Answer> {
    return (await this.council.as(account)).post(`${this.path}/discussion`, {
      version: this.version,
      text,
      ...more,
    });
  }

  async discuss(): Promise<void> {
    for (const account of Object.values(officer)) expectOk(await this.speak(account));
  }

  async sign(
    office: 'childrens_services' | 'democratic_services',
    more: object = {},
    account?: Account,
  ): Promise<Answer> {
    return (await this.council.as(account ?? officer[office] ?? '')).post(`${this.path}/sign-offs`, {
      version: this.version,
      office,
      outcome: 'agree',
      reasons: reason,
      noConflict: true,
      ...more,
    });
  }

  async decide(
    outcome: 'approve' | 'refuse',
    more: object = {},
    account: Account = 'legal',
  ): Promise<Answer> {
    return (await this.council.as(account)).post(`${this.path}/decision`, {
      version: this.version,
      outcome,
      reasons: reason,
      grounds: outcome === 'approve' ? [] : ['no_remit_link'],
      noConflict: true,
      ...more,
    });
  }

  /** Legal says whether there is a statutory right to the papers. */
  async right(right: string, due?: string, account: Account = 'legal'): Promise<Answer> {
    const client = await this.council.as(account);
    const sent = due === undefined ? {} : { due };
    return client.put(`${this.path}/statutory-right`, { version: this.version, right, ...sent });
  }

  async edit(changes: object): Promise<Answer> {
    const client = await this.council.as(this.author);
    const answer = await client.patch(this.path, { version: this.version, ...changes });
    if (answer.status === 200) this.version = answer.body.version;
    return answer;
  }
}
