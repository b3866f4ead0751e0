/**
 * What a council has set up, and what is still missing before the first request can be decided: a check list, which holds
 * nobody up. Source: People, accounts and sign-in, “From nothing to the first decision”.
 */
import { seats, type Office } from '../core/office.js';

/** How an office is filled today. */
export interface OfficeCount {
  /** An office that counts, of an account that is not suspended. */
  readonly held: number;
  /** Of those, how many have a password. */
  readonly signIn: number;
  /** Of those, how many are the head. */
  readonly heads: number;
  /** Given, and not confirmed. */
  readonly waiting: number;
  readonly deputies: number;
}

export interface SetUpCounts {
  readonly offices: Partial<Readonly<Record<Office, OfficeCount>>>;
  readonly members: {
    /** Sitting and co-opted members of the register. */
    readonly inRegister: number;
    /** Of those, to whom a link was sent that still works. */
    readonly invited: number;
    /** Of those, who have a password. */
    readonly signIn: number;
  };
  /** Versions of the protocol in force, this one and those before. */
  readonly protocols: number;
  readonly mail: { readonly sent: number; readonly waiting: number; readonly givenUp: number };
}

/** What a step waits for; null where it is done. */
export type Lack =
  | 'nobody'
  | 'confirmation'
  | 'password'
  | 'head'
  | 'deputy'
  | 'second_person'
  | 'register'
  | 'invitation'
  | 'protocol'
  | 'mail_unsent'
  | 'mail_given_up';

export type SetUpKey =
  | Exclude<Office, 'councillor'>
  | 'register'
  | 'members'
  | 'protocol'
  | 'mail'
  | 'second_administrator'
  | 'deputies';

export interface SetUpStep {
  readonly key: SetUpKey;
  /** Whether no request is decided without it; otherwise it is good to have. */
  readonly needed: boolean;
  readonly lacks: Lack | null;
}

const none: OfficeCount = { held: 0, signIn: 0, heads: 0, waiting: 0, deputies: 0 };

const officeLacks = ({ held, signIn, waiting, heads }: OfficeCount, needsHead: boolean): Lack | null => {
  if (held === 0) return waiting > 0 ? 'confirmation' : 'nobody';
  if (signIn === 0) return 'password';
  return needsHead && heads === 0 ? 'head' : null;
};

const membersLack = ({ inRegister, invited, signIn }: SetUpCounts['members']): Lack | null => {
  if (signIn > 0) return null;
  if (inRegister === 0) return 'register';
  return invited > 0 ? 'password' : 'invitation';
};

/** Mail that never left says nothing of the address it would leave from. */
const mailLacks = ({ sent, givenUp }: SetUpCounts['mail']): Lack | null => {
  if (givenUp > 0) return 'mail_given_up';
  return sent === 0 ? 'mail_unsent' : null;
};

const isHeadedSeat = (office: Office): boolean => seats.some((seat) => seat === office);

const neededOffices = ['administrator', 'monitoring_officer', ...seats, 'host'] as const;
const goodOffices = ['data_protection', 'auditor'] as const;

/** Each step with what it lacks: first those without which no request is decided, in the order in which they are taken. */
export const setUpSteps = ({ offices, members, protocols, mail }: SetUpCounts): readonly SetUpStep[] => {
  const of = (office: Office): OfficeCount => offices[office] ?? none;
  const step = (needed: boolean) => (key: SetUpKey, lacks: Lack | null) => ({ key, needed, lacks });
  const [needed, good] = [step(true), step(false)];
  return [
    ...neededOffices.map((office) => needed(office, officeLacks(of(office), isHeadedSeat(office)))),
    needed('register', members.inRegister > 0 ? null : 'register'),
    needed('members', membersLack(members)),
    needed('protocol', protocols > 0 ? null : 'protocol'),
    needed('mail', mailLacks(mail)),
    good('second_administrator', of('administrator').signIn > 1 ? null : 'second_person'),
    good('deputies', seats.every((seat) => of(seat).deputies > 0) ? null : 'deputy'),
    ...goodOffices.map((office) => good(office, officeLacks(of(office), false))),
  ];
};

/** How many steps are missing without which no request is decided. */
export const stepsMissing = (steps: readonly SetUpStep[]): number =>
  steps.filter(({ needed, lacks }) => needed && lacks !== null).length;
