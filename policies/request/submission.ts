/**
 * What a request needs before submission. A draft may be incomplete; submission checks the rest. Source:
 * need-to-know.md, sections 3 and 6; http-api.md, "Shapes".
 */
import { inDays } from '../core/words/in-days.js';
import { appointmentReliedOn, standingOn } from '../register/register.js';
import type { FieldError } from '../core/refusals.js';
import { invalid, type RuleKey } from '../core/rules.js';
import { addMonths } from '../core/time/london.js';
import { numberOf } from '../core/words/number-of.js';
import type { DateSpan } from '../core/time/spans.js';
import type { Councillor } from '../register/member.js';
import type { RequestContent } from './request.js';
import { isBlank, wordCount } from '../core/words/text.js';
import type { Settings } from '../settings/settings.js';

/** Product default: the least words in which a necessity can be explained. */
export const leastWordsOfNecessity = 40;

/** A request that is complete: every part that a decision rests on is there. */
export type CompleteContent = RequestContent & {
  readonly [
    Part in 'observationType' | 'role' | 'authority' | 'necessity' | 'window' | 'events'
  ]-?: NonNullable<RequestContent[Part]>;
};

interface Fault extends FieldError {
  readonly rule: RuleKey;
}

const missing = (field: string, message: string): Fault => ({ field, message, rule: 'complete' });

const faultsOfText = ({ necessity, alternatives }: RequestContent): Fault[] => {
  const words = wordCount(necessity ?? '');
  return [
    ...(words < leastWordsOfNecessity
      ? [
          missing(
            'necessity',
            `Say which duty cannot be carried out without this, in at least ${leastWordsOfNecessity} words: there are ${words}.`,
          ),
        ]
      : []),
    ...(isBlank(alternatives ?? '')
      ? [missing('alternatives', 'Say why a briefing, data or an anonymised audit would not do.')]
      : []),
  ];
};

/** Source: DPA 2018 Sch 1 paras 23 and 24; need-to-know.md, section 2, `constituent_case`. */
const onBehalfOfMissing =
  'Say on whose request you act and with whose authority, such as the parent’s written authority. Name nobody.';

const declarationMissing = {
  collateralPurpose: 'Select whether there is another purpose.',
  connection: 'Select whether there is a link to the family, staff, agency or alleged perpetrator.',
  documents: 'Select whether you want papers as well.',
} as const;

const faultsOfDeclarations = ({ declarations }: RequestContent): Fault[] =>
  (['collateralPurpose', 'connection', 'documents'] as const)
    .filter((key) => declarations?.[key] === undefined)
    .map((key) => missing(`declarations.${key}`, declarationMissing[key]))
    .concat(
      declarations?.collateralPurpose === 'constituent_case' && isBlank(declarations.onBehalfOf ?? '')
        ? [missing('declarations.onBehalfOf', onBehalfOfMissing)]
        : [],
    );

const needsAppointment = (kind: string) => kind !== 'ward' && kind !== 'other';

const faultsOfRole = (content: RequestContent, councillor: Councillor): Fault[] => {
  const { role } = content;
  if (!role) return [missing('role', 'Say which role is relied on.')];
  const relied = appointmentReliedOn(councillor, content);
  if (role.appointmentId !== undefined && relied?.kind !== role.kind) {
    return [missing('role.appointmentId', 'You hold no such appointment.')];
  }
  if (role.appointmentId === undefined && needsAppointment(role.kind)) {
    return [missing('role.appointmentId', 'Say which of your appointments is relied on.')];
  }
  return role.kind === 'ward' && councillor.ward === null
    ? [missing('role.kind', 'The register has no ward for you.')]
    : [];
};

/** Also a fault if a citation came without the thing it cites. */
export const authorityMissing = 'Select what gives the purpose its authority.';

const faultsOfAuthority = ({ authority }: RequestContent): Fault[] => {
  if (!authority) return [missing('authority', authorityMissing)];
  return authority.kind === 'work_programme' && isBlank(authority.citation ?? '')
    ? [missing('authority.citation', 'Cite the minute or the item of the work programme.')]
    : [];
};

const passes = (end: string | null, window: DateSpan): end is string => end !== null && end < window.to;

const faultsOfWindow = (content: RequestContent, { settings, councillor, today }: Before): Fault[] => {
  const { window } = content;
  if (!window) return [missing('window', 'Say between which days.')];
  const beyond = (field: string, message: string): Fault => ({ field, message, rule: 'window' });
  const faults: Fault[] = [];
  if (window.from < today) faults.push(beyond('window.from', 'The window may start today at the earliest.'));
  if (window.to < window.from) faults.push(beyond('window.to', 'The window ends before it starts.'));
  if (window.from < councillor.term.from) {
    faults.push(beyond('window.from', `Your term starts on ${inDays(councillor.term.from)}.`));
  }
  if (passes(councillor.term.to, window)) {
    faults.push(
      beyond('window.to', `The window passes your term: its last day is ${inDays(councillor.term.to)}.`),
    );
  }
  const relied = appointmentReliedOn(councillor, content);
  if (relied && window.from < relied.from) {
    faults.push(beyond('window.from', `The appointment starts on ${inDays(relied.from)}.`));
  }
  if (relied && passes(relied.to, window)) {
    faults.push(
      beyond('window.to', `The window passes the appointment: its last day is ${inDays(relied.to)}.`),
    );
  }
  const months = content.observationType ? settings.type(content.observationType).maxWindowMonths : null;
  if (months !== null && window.to >= addMonths(window.from, months)) {
    faults.push(beyond('window.to', `A stage lasts ${numberOf(months, 'month')} at most.`));
  }
  return faults;
};

/** What a submission is checked against: the council's settings, the register, and the day, `YYYY-MM-DD`. */
export interface Before {
  readonly settings: Settings;
  readonly councillor: Councillor;
  readonly today: string;
}

/** Every fault that keeps a request from being submitted, each with its field. */
export const submissionFaults = (content: RequestContent, before: Before): readonly Fault[] => [
  ...(content.observationType ? [] : [missing('observationType', 'Say what you ask to observe.')]),
  ...faultsOfRole(content, before.councillor),
  ...faultsOfAuthority(content),
  ...faultsOfText(content),
  ...faultsOfWindow(content, before),
  ...(content.continues !== undefined && content.observationType !== 'childs_journey'
    ? [missing('continues', 'Only a stage of a child’s journey continues another.')]
    : []),
  ...(content.claimedRight !== undefined &&
  content.claimedRight !== 'none' &&
  content.observationType !== 'document_inspection'
    ? [missing('claimedRight', 'A right to papers is claimed in an inspection of documents.')]
    : []),
  ...(content.events === undefined ? [missing('events', 'Say how many events, from 1 to 3.')] : []),
  ...faultsOfDeclarations(content),
  ...(standingOn(before.councillor, before.today) === 'former'
    ? [{ field: 'councillor', message: 'You are not a member today.', rule: 'standing' as const }]
    : []),
];

/**
 * Lets a complete request pass.
 * @throws Invalid with every fault; its rule is that of the first
 */
export function assertComplete(content: RequestContent, before: Before): asserts content is CompleteContent {
  const faults = submissionFaults(content, before);
  const [first] = faults;
  if (first) {
    throw invalid(
      first.rule,
      faults.map(({ field, message }) => ({ field, message })),
    );
  }
}
