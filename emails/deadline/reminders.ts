/**
 * The words of reminders: one line for each, made from the kind, the step and the day, and nothing else
 * (need-to-know.md, section 8).
 */
import type { Routine, Running, Step } from '../../policies/deadline/reminding.js';
import type { Pages } from '../core/template.js';

/** One reminder for a person, as the database returns it. */
export interface TimelyLine {
  readonly what: string;
  readonly step: string;
  /** The request or the list that it is about. */
  readonly called: string;
  /** `YYYY-MM-DD`; null where there is no day. */
  readonly due: string | null;
}

interface Words {
  /** Before the day is over. */
  readonly ahead: (day: string) => string;
  /** When it was missed. */
  readonly missed: (day: string) => string;
}

const both = (what: string, undone: string): Words => ({
  ahead: (day) => `${what} is due by the end of ${day}.`,
  missed: (day) => `${what} was due by the end of ${day}. ${undone}`,
});

const deadlines: Readonly<Record<Running['what'], Words>> = {
  answer_access: both('The answer to a subject access request', 'The file has not been released.'),
  settle_conflict: both('The settlement of a contested conflict', 'It has not been settled.'),
  acknowledge: both('The receipt', 'It has not gone out to the councillor.'),
  decide: both('The decision', 'It has not been made.'),
  release: both('The release of papers', 'They have not been released.'),
  answer_returned: {
    ahead: (day) =>
      `Your answer is due by the end of ${day}; without an answer the request counts as withdrawn.`,
    missed: (day) => `An answer was due by the end of ${day}.`,
  },
  ask_for_review: {
    ahead: (day) => `A review can be asked for until the end of ${day}.`,
    missed: (day) => `A review could be asked for until the end of ${day}.`,
  },
  review: both('The decision on the review', 'It has not been made.'),
  check_connection: both('The check of links before a visit', 'Until it is made nobody may attend.'),
  attendance_record: both('The record of attendance', 'It has not been made.'),
  answer_question: both('The answer to a question', 'It has not been given.'),
  report_breach: {
    ahead: (day) =>
      `The report of a personal data breach is due on ${day}, by the clock: the page says at what time.`,
    missed: (day) =>
      `The report of a personal data breach was due on ${day}. It is neither made nor settled otherwise.`,
  },
  release_or_end: both('The release or the confirmation of a freeze', 'It stays frozen until then.'),
};

const routine: Readonly<Record<Routine, (day: string) => string>> = {
  training: (day) => `Training runs out on ${day}: what was granted waits until it is renewed.`,
  retention: () => 'Something that is held is due for disposal: it can be proposed.',
  bank_holidays: () => 'Check the bank holidays of the coming year against the list that GOV.UK publishes.',
};

const isDeadline = (what: string): what is Running['what'] => Object.hasOwn(deadlines, what);
const isRoutine = (what: string): what is Routine => Object.hasOwn(routine, what);
const missed: readonly string[] = ['missed', 'still_missed'] satisfies readonly Step[];

/** The line in words; null for one that this version of the service has no words for. */
export const lineInWords = (
  { what, step, due }: TimelyLine,
  inWords: (date: string) => string,
): string | null => {
  const day = due === null ? '' : inWords(due);
  if (isDeadline(what)) {
    const says = deadlines[what][missed.includes(step) ? 'missed' : 'ahead'](day);
    return step === 'moved' ? `The day has moved. ${says}` : says;
  }
  return isRoutine(what) ? routine[what](day) : null;
};

/** Whether it was missed, which the subject of the message says. */
export const isMissed = ({ step }: TimelyLine): boolean => missed.includes(step);

/** Where the reader is led: the request, or the list that it is about. */
export const pageOf = (
  { called }: TimelyLine,
  pages: Pages,
): { readonly text: string; readonly path: string } => {
  switch (called) {
    case 'incidents':
      return { text: 'Open the incidents', path: pages.incidents };
    case 'access-requests':
      return { text: 'Open the subject access requests', path: pages.accessRequests };
    case 'conflicts':
      return { text: 'Open the conflicts of interest', path: pages.conflicts };
    case 'register':
      return { text: 'Open the register', path: pages.councillors };
    case 'retention':
      return { text: 'Open what is due for disposal', path: pages.retention };
    case 'settings':
      return { text: 'Open the settings', path: pages.settings };
    default:
      return { text: `Open ${called}`, path: pages.request(called) };
  }
};
