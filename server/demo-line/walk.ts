import { established } from '../../db/demo/answers.js';
import type { Login } from '../../db/demo/accounts.js';
import { addDays, weekday } from '../../policies/core/time/london.js';
import { question, questionKeys } from '../../policies/need-to-know/questions.js';
import type { ObservationTypeKey } from '../../policies/core/observation-types.js';
import type { Seat } from '../../policies/core/office.js';
import type { DateSpan } from '../../policies/core/time/spans.js';
import { StepFailed, type Person } from './client.js';

/** Who takes part: the member who asks, and one person for each of the three seats. */
export const cast = {
  member: 'scrutiny.member',
  childrens_services: 'childrens.services',
  democratic_services: 'democratic.services',
  legal: 'legal',
} as const satisfies Record<string, Login>;
export type Cast = Readonly<Record<keyof typeof cast, Person>>;
export type Offices = Readonly<Record<Seat, Person>>;

interface Appointment {
  readonly id: string;
  readonly kind: string;
}
interface RequestAnswer {
  readonly reference: string;
  readonly status: string;
  readonly version: number;
  readonly grant?: { readonly id: string; readonly status: string };
}
interface AssessmentAnswer {
  readonly outcome: string;
}
/** The state of a grant, as far as this demonstration shows it. */
export interface GrantAnswer {
  readonly id: string;
  readonly reference: string;
  readonly status: string;
  readonly window: DateSpan;
  readonly eventsLeft: number;
  readonly conditions: readonly { readonly text: string }[];
  readonly access: {
    readonly allowed: boolean;
    readonly because: readonly { readonly explanation?: string }[];
  };
}

/** What the request asks for: a type, its name in the council's words, and the window. */
export interface Asked {
  readonly type: ObservationTypeKey;
  readonly label: string;
  readonly window: DateSpan;
}

/** From next Monday, and three to five weeks long. */
export const windowOf = (today: string, place: number): DateSpan => {
  let from = addDays(today, 1);
  while (weekday(from) !== 'Monday') from = addDays(from, 1);
  return { from, to: addDays(from, (3 + (place % 3)) * 7 - 3) };
};

const duty =
  'The committee has to report on how this work is done, which is its remit, and cannot do so from accounts alone.';

const necessityOf = (label: string): string =>
  `The Children and Families Scrutiny Committee resolved to review how this work is done (${label}) before it ` +
  'reports to full council. I was asked to lead that part of the review. I have to be able to say whether the ' +
  'practice described to the committee is the practice followed, and that duty cannot be carried out from ' +
  'written accounts which the service itself has prepared.';

const contentOf = ({ type, label, window }: Asked, appointmentId: string) => ({
  observationType: type,
  role: { kind: 'relevant_committee', appointmentId },
  authority: { kind: 'work_programme', citation: 'Item 6 of the work programme of the committee' },
  necessity: necessityOf(label),
  window,
  events: 1,
  alternatives:
    'A briefing, data and an anonymised audit were tried and show outcomes, not how the work is done.',
  declarations: { collateralPurpose: 'no', connection: 'none', documents: 'no' },
});

const speaks: Readonly<Record<Seat, string>> = {
  childrens_services: 'This can be hosted without harm, and everybody whose agreement is asked agrees.',
  democratic_services: 'The committee asked for this; standing, training and undertaking are in order.',
  legal: 'No bar touches what will be observed, and a lawful basis is confirmed.',
};
const signs = {
  childrens_services: 'The exposure is small and accompanied, and the review will help the service.',
  democratic_services:
    'Appointment and term cover the whole window, and the work programme names the review.',
} as const;
const conditions = {
  childrens_services: [
    { text: 'The host stays with the observer throughout.', owner: 'host', before: 'closing' },
  ],
  democratic_services: ['Questions go to the scrutiny officer after the visit.'],
  legal: [{ text: 'The protocol is read out at the door.', owner: 'host', before: 'attendance' }],
} as const;

/** The appointment to the committee, as the member's own record has it. */
const appointmentOf = async (member: Person): Promise<string> => {
  const step = 'the member reads their own record';
  const { appointments } = await member.call<{ appointments: readonly Appointment[] }>(
    step,
    'GET',
    `/api/councillors/${member.councillorId ?? ''}`,
  );
  const found = appointments.find(({ kind }) => kind === 'relevant_committee');
  if (!found) throw new StepFailed(step, 'there is no appointment to the committee.');
  return found.id;
};

/** A request that was submitted: where it is, and which version of it. */
export interface Submitted {
  readonly reference: string;
  readonly version: number;
}

const at = ({ reference }: Submitted): string => `/api/requests/${reference}`;

/** The member drafts a request and submits it. */
export const submit = async (member: Person, asked: Asked): Promise<Submitted> => {
  const content = contentOf(asked, await appointmentOf(member));
  const step = `the member drafts ${asked.type}`;
  const drafted = await member.call<RequestAnswer>(step, 'POST', '/api/requests', content);
  const { reference, version } = drafted;
  const sent = `the member submits ${asked.type}`;
  return member.call<RequestAnswer>(sent, 'POST', `${at({ reference, version })}/submit`, { version });
};

/** Each office answers its questions; fourteen in all, and the test is then established. */
export const answerAll = async (people: Offices, { type }: Asked, request: Submitted): Promise<void> => {
  const answers = established({
    type,
    role: 'relevant_committee',
    authority: 'work_programme',
    duty,
    alternatives: 'Each was considered: it shows what came out, and not how the work is done.',
    proportionate:
      'One event, accompanied and without papers; the gain for scrutiny outweighs so slight a harm.',
  });
  let outcome = 'incomplete';
  for (const key of questionKeys) {
    const { office } = question(key);
    const step = `${people[office].name} answers ${key} for ${type}`;
    const body = { version: request.version, ...answers[key] };
    const path = `${at(request)}/assessment/${key}`;
    ({ outcome } = await people[office].call<AssessmentAnswer>(step, 'PUT', path, body));
  }
  if (outcome !== 'established') throw new StepFailed(`the test of ${type}`, `its outcome is ${outcome}.`);
};

/** The three discuss it, and the two sign. */
export const signTogether = async (people: Offices, { type }: Asked, request: Submitted): Promise<void> => {
  const { version } = request;
  for (const office of ['childrens_services', 'democratic_services', 'legal'] as const) {
    const step = `${people[office].name} discusses ${type}`;
    await people[office].call(step, 'POST', `${at(request)}/discussion`, {
      version,
      office,
      text: speaks[office],
    });
  }
  for (const office of ['childrens_services', 'democratic_services'] as const) {
    await people[office].call(`${people[office].name} signs ${type}`, 'POST', `${at(request)}/sign-offs`, {
      version,
      office,
      outcome: 'agree',
      reasons: signs[office],
      conditions: conditions[office],
      noConflict: true,
    });
  }
};

/** Legal approves, and reads the grant. @throws StepFailed where there is none */
export const approve = async (legal: Person, { type }: Asked, request: Submitted): Promise<GrantAnswer> => {
  const path = `${at(request)}/decision`;
  const decided = await legal.call<RequestAnswer>(`${legal.name} approves ${type}`, 'POST', path, {
    version: request.version,
    outcome: 'approve',
    reasons: 'The need to know is established, the offices have discussed it and agree, and no bar stands.',
    grounds: [],
    conditions: conditions.legal,
    categories: ['process'],
    noConflict: true,
  });
  if (decided.status !== 'approved' || !decided.grant) {
    throw new StepFailed(`the decision on ${type}`, `it is ${decided.status}, and there is no grant.`);
  }
  const step = `${legal.name} reads the grant of ${type}`;
  const grant = await legal.call<GrantAnswer>(step, 'GET', `/api/grants/${decided.grant.id}`);
  if (grant.reference !== request.reference) throw new StepFailed(step, `it belongs to ${grant.reference}.`);
  return grant;
};

/**
 * Takes one request from its draft to its grant, as outsiders see it.
 * @throws StepFailed naming the step
 */
export const walk = async (people: Cast, asked: Asked): Promise<GrantAnswer> => {
  const { member, legal } = people;
  const request = await submit(member, asked);
  if (asked.type === 'document_inspection') {
    const step = `${legal.name} records that there is no right to ${asked.type}`;
    const reasons = 'The papers are about how the work is done, and no meeting has them before it.';
    const body = { version: request.version, right: 'none', reasons };
    await legal.call<RequestAnswer>(step, 'PUT', `${at(request)}/statutory-right`, body);
  }
  await answerAll(people, asked, request);
  await signTogether(people, asked, request);
  return approve(legal, asked, request);
};
