import { BenchFault } from './fault.js';

/** Somebody of the demonstration council, signed in. */
export interface Person {
  readonly cookie: string;
  readonly councillorId: string;
  call<Answer>(method: string, path: string, body?: object): Promise<Answer>;
}

const password = 'observe-and-account-2026';

const answered = async (url: URL, init: RequestInit): Promise<Response> => {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
  if (response.ok) return response;
  throw new BenchFault(
    `${init.method} ${url.pathname} was answered ${response.status}: ${await response.text()}`,
  );
};

/** @throws BenchFault where the account is not let in, as later for each call that is refused */
export const signIn = async (service: URL, login: string): Promise<Person> => {
  const headers = { 'content-type': 'application/json' };
  const response = await answered(new URL('/api/session', service), {
    method: 'POST',
    headers,
    body: JSON.stringify({ email: `${login}@council.example`, password }),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  const { councillorId = '' } = (await response.json()) as { councillorId?: string };
  return {
    cookie,
    councillorId,
    call: async <Answer>(method: string, path: string, body?: object) => {
      const answer = await answered(new URL(path, service), {
        method,
        headers: { ...headers, cookie },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await answer.json()) as Answer;
    },
  };
};

const words =
  'The committee has a minuted review of how soon conferences are held and how partners take part in them. ' +
  'It must recommend to cabinet whether the new arrangements work. Papers show the figures and cannot show how ' +
  'decisions are reached in the room, which is the very thing that the committee was asked to judge.';
const reason = 'It names the duty, the decision it serves, and why nothing less would do.';

type Seat = 'legal' | 'childrens_services' | 'democratic_services';
const all = (items: string, answer: string) =>
  Object.fromEntries(items.split(' ').map((item) => [item, answer]));

/** By which each office finds the test of an initial child protection conference established. */
const answers: Readonly<Record<Seat, Readonly<Record<string, object>>>> = {
  democratic_services: {
    standing: { answer: 'sitting' },
    role: { answer: 'relevant_committee' },
    authority: { answer: 'work_programme' },
    prerequisites: {
      answer: all('undertaking safeguarding_training data_protection_training dbs', 'met'),
    },
  },
  legal: {
    necessity: { answer: 'duty', reason },
    scope: { answer: 'specific', reason },
    collateral_purpose: { answer: 'no' },
    documents: { answer: 'no' },
    legal_bars: { answer: [] },
    lawful_basis: { answer: 'confirmed', reason },
  },
  childrens_services: {
    alternatives: {
      answer: all('briefing data anonymised_audit closed_case staff_talk other_type', 'insufficient'),
      reason,
    },
    connection: { answer: 'none' },
    proportionality: { answer: 'proportionate', reason },
    agreements: { answer: all('chair family child', 'agreed') },
  },
};

const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The requests that are measured on, made through the API. */
export interface Prepared {
  readonly officer: Person;
  /** What Legal reads before it decides: fourteen answers, a discussion of three, two sign-offs. */
  readonly read: string;
  /** Handed in and not answered yet: what commands are given to, in turn. */
  readonly commanded: readonly string[];
}

/** Has the demonstration council hand in `count` requests, and one more that is Legal's to decide. */
export const prepare = async (service: URL, count: number): Promise<Prepared> => {
  const member = await signIn(service, 'scrutiny.chair');
  const seats: Readonly<Record<Seat, Person>> = {
    democratic_services: await signIn(service, 'democratic.services'),
    childrens_services: await signIn(service, 'childrens.services'),
    legal: await signIn(service, 'legal'),
  };
  const { appointments } = await member.call<{ appointments: readonly { id: string; kind: string }[] }>(
    'GET',
    `/api/councillors/${member.councillorId}`,
  );
  const role = appointments.find(({ kind }) => kind === 'relevant_committee');
  if (!role) throw new BenchFault('The demonstration has no chair of a committee.');

  const handedIn = async (): Promise<string> => {
    const { reference } = await member.call<{ reference: string }>('POST', '/api/requests', {
      observationType: 'initial_child_protection_conference',
      role: { kind: role.kind, appointmentId: role.id },
      authority: { kind: 'work_programme', citation: 'Minute 42 of the last meeting' },
      necessity: words,
      window: { from: dayAfter(7), to: dayAfter(35) },
      events: 1,
      alternatives: 'A briefing, data or an anonymised audit would not show how a decision is reached.',
      declarations: { collateralPurpose: 'no', connection: 'none', documents: 'no' },
    });
    await member.call('POST', `/api/requests/${reference}/submit`, { version: 1 });
    return reference;
  };

  const commanded: string[] = [];
  for (let made = 0; made < count; made += 1) commanded.push(await handedIn());
  const read = await handedIn();
  await assess(seats, `/api/requests/${read}`);
  return { officer: seats.legal, read, commanded };
};

const assess = async (seats: Readonly<Record<Seat, Person>>, at: string): Promise<void> => {
  const offices = ['democratic_services', 'legal', 'childrens_services'] as const;
  for (const office of offices) {
    for (const [key, answer] of Object.entries(answers[office])) {
      await seats[office].call('PUT', `${at}/assessment/${key}`, { version: 1, ...answer });
    }
  }
  for (const office of offices) {
    await seats[office].call('POST', `${at}/discussion`, { version: 1, office, text: words });
  }
  for (const office of ['childrens_services', 'democratic_services'] as const) {
    await seats[office].call('POST', `${at}/sign-offs`, {
      version: 1,
      office,
      outcome: 'agree',
      reasons: words,
      conditions: ['Questions go to the scrutiny officer after the visit.'],
      noConflict: true,
    });
  }
};
