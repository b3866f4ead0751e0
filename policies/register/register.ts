/**
 * What the register of members knows about a request: it proposes those answers, and refuses an answer that
 * contradicts it until somebody corrects the register.
 * Source: need-to-know.md, section 2 (after the table); standing: Local Government Act 1972, section 83.
 */
import type { Answer } from '../need-to-know/answers.js';
import { question, type QuestionKey } from '../need-to-know/questions.js';
import type { DateSpan } from '../core/time/spans.js';
import type { Appointment, AppointmentKind, Councillor, Standing, Training } from './member.js';
import { isByItem } from '../need-to-know/answers.js';

/** What of a request rests on the register: the appointment relied on, and the days. */
interface Relying {
  readonly role?: { readonly kind: AppointmentKind; readonly appointmentId?: string | undefined } | undefined;
  readonly window?: DateSpan | undefined;
}

/** What the register is asked about. */
export interface Facts {
  readonly councillor: Councillor;
  readonly content: Relying;
  /** Today in London. */
  readonly today: string;
  /** The version of the protocol in force. */
  readonly protocolVersion: number;
}

/** Whether a span that may be open-ended covers every day of the window. */
export const covers = (
  span: { readonly from: string; readonly to: string | null },
  window: DateSpan,
): boolean => span.from <= window.from && (span.to === null || span.to >= window.to);

/**
 * The standing on a day: after their term a person is former, and before it only elected, whatever was last entered.
 */
export const standingOn = (
  { standing, term }: Pick<Councillor, 'standing' | 'term'>,
  day: string,
): Standing => {
  if (standing === 'former' || (term.to !== null && term.to < day)) return 'former';
  return term.from > day ? 'elect' : standing;
};

/** The standing that holds today and on every day of the window. */
const standingThroughout = ({ councillor, content, today }: Facts): Standing => {
  const last = standingOn(
    councillor,
    content.window && content.window.to > today ? content.window.to : today,
  );
  return last === 'former' ? last : standingOn(councillor, today);
};

/** The appointment that the request relies on, where it is the councillor's own. */
export const appointmentReliedOn = (councillor: Councillor, { role }: Relying): Appointment | null =>
  (role?.appointmentId && councillor.appointments.find(({ id }) => id === role.appointmentId)) || null;

/** The training of that kind, completed by that day, that lasts longest; null if there is none. */
export const lastTraining = (councillor: Councillor, kind: string, day: string): Training | null =>
  councillor.training
    .filter((training) => training.kind === kind && training.completed <= day)
    .toSorted((a, b) => (a.expires < b.expires ? 1 : -1))[0] ?? null;

const trained = ({ councillor, content, today }: Facts, kind: string): boolean => {
  const last = lastTraining(councillor, kind, today);
  const from = content.window && content.window.from > today ? content.window.from : today;
  return last !== null && last.expires >= from;
};

const undertaken = ({ councillor, protocolVersion }: Facts): boolean =>
  councillor.undertaking?.version === protocolVersion;

/** The trainings that the register holds, by the item of `prerequisites` that each answers. */
export const trainingKinds = {
  safeguarding_training: 'safeguarding',
  data_protection_training: 'data_protection',
} as const;

const known = (facts: Facts): Readonly<Record<string, boolean>> => ({
  undertaking: undertaken(facts),
  safeguarding_training: trained(facts, trainingKinds.safeguarding_training),
  data_protection_training: trained(facts, trainingKinds.data_protection_training),
});

/** The answers that the register proposes; the office confirms each by answering. */
export const proposals = (facts: Facts): Readonly<Partial<Record<QuestionKey, Answer>>> => {
  const { councillor, content } = facts;
  const relied = appointmentReliedOn(councillor, content);
  const holds = relied && content.window && covers(relied, content.window);
  return {
    standing: { answer: standingThroughout(facts) },
    ...(holds ? { role: { answer: relied.kind } } : {}),
    prerequisites: {
      answer: Object.fromEntries(
        Object.entries(known(facts)).map(([item, met]) => [item, met ? 'met' : 'missing']),
      ),
    },
  };
};

const contradictsRole = ({ councillor, content }: Facts, answer: string): string | null => {
  if (answer === 'other') return null;
  if (answer === 'ward') return councillor.ward === null ? 'The register has no ward for this member.' : null;
  const relied = appointmentReliedOn(councillor, content);
  const holds = relied?.kind === answer && (!content.window || covers(relied, content.window));
  return holds
    ? null
    : 'The register has no such appointment, relied on by this request, for the whole window.';
};

const inSentence = (says: string): string => says.charAt(0).toLowerCase() + says.slice(1);

const standingSays = (standing: string): string => {
  const { answers } = question('standing');
  return (answers.shape === 'one' ? answers.values[standing]?.says : undefined) ?? standing;
};

const itemSays = (item: string): string => {
  const { answers } = question('prerequisites');
  return (answers.shape === 'each' ? answers.itemSays[item] : undefined) ?? item;
};

/**
 * Why an answer contradicts the register, in words; null if it does not. `booked` contradicts the register only if
 * the training is already there: the register does not know of bookings.
 */
export const contradiction = (facts: Facts, key: QuestionKey, { answer }: Answer): string | null => {
  if (key === 'standing') {
    const standing = standingThroughout(facts);
    return answer === standing ? null : `The register says: ${inSentence(standingSays(standing))}.`;
  }
  if (key === 'role') return typeof answer === 'string' ? contradictsRole(facts, answer) : null;
  if (key !== 'prerequisites' || !isByItem(answer)) return null;
  const wrong = Object.entries(known(facts)).filter(
    ([item, met]) => answer[item] !== undefined && (answer[item] === 'met') !== met,
  );
  const says = wrong.map(([item, met]) => `${itemSays(item)} is ${met ? 'in place' : 'not in place'}`);
  return wrong.length > 0 ? `The register says: ${says.join(', ')}.` : null;
};
