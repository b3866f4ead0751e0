/** Who is told of an act, in words: by what they are in the case, never by name. */
import type { NoticeToSend } from '../../../../db/outbox/outbox.js';
import { everyNotice } from '../../../../emails/courier/every-notice.js';
import type { NoticeKind, Recipient } from '../../../../policies/core/notices.js';
import type { Actor } from '../../../../policies/people/actor.js';
import { inWords } from '../words.js';

type Labels = Readonly<Record<string, string>>;

export interface Told {
  readonly who: string;
  /** The subject of the notice, without the reference. */
  readonly what: string;
  /** `YYYY-MM-DD`: by when the reader is asked to act. */
  readonly due: string | null;
}

/** What a person is in the case who gets such a notice by themselves. */
const personIn: Readonly<Partial<Record<NoticeKind, string>>> = {
  host_named: 'The host',
  host_released: 'The earlier host',
  visit_expected: 'The host',
  visit_planned: 'The host',
  visit_moved: 'The host',
  visit_off: 'The host',
  seats_voided: 'The people who signed',
  named_to_act: 'The person named',
};

const isKind = (kind: string): kind is NoticeKind => Object.hasOwn(everyNotice, kind);

const whoIs = (to: Recipient, kind: NoticeKind, labels: Labels): string => {
  if ('office' in to) return labels[to.office] ?? inWords(to.office);
  if ('headOf' in to) return `The head of ${labels[to.headOf] ?? inWords(to.headOf)}`;
  return 'councillorId' in to ? 'The councillor' : (personIn[kind] ?? 'The person concerned');
};

/** The person who acted gets no notice: they know. */
const isActor = (to: Recipient, actor: Actor): boolean =>
  ('personId' in to && to.personId === actor.id) ||
  ('hostId' in to && to.hostId === actor.id) ||
  ('councillorId' in to && to.councillorId === actor.councillorId);

const sentence = (subject: string, reference: string): string => {
  const said = subject.startsWith(`${reference}: `) ? subject.slice(reference.length + 2) : subject;
  return said.charAt(0).toUpperCase() + said.slice(1);
};

/**
 * One line for each kind of reader and each notice.
 * @param labels the names that the council has given to its offices
 */
export const toldBy = (notices: readonly NoticeToSend[], actor: Actor, labels: Labels): readonly Told[] => {
  const lines = notices.flatMap(({ kind, reference, due, to, except }) => {
    if (!isKind(kind)) return [];
    const what = sentence(everyNotice[kind].subject(reference), reference);
    return to
      .filter((each) => except === null || !isActor(each, actor))
      .map((each) => ({ who: whoIs(each, kind, labels), what, due }));
  });
  return [...new Map(lines.map((line) => [`${line.who}|${line.what}|${line.due}`, line])).values()];
};
