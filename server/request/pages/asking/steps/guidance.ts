/** The pages' guidance on the rules, drawn from the same tables as the rules. */
import { addDays } from '../../../../../policies/core/time/london.js';
import { question, type Meaning, type QuestionKey } from '../../../../../policies/need-to-know/questions.js';
import { observationTypes, type ObservationType } from '../../../../../policies/core/observation-types.js';
import { typesOf, wardOf, type Settings } from '../../../../../policies/settings/settings.js';
import type { Appointment } from '../../../../../policies/register/member.js';
import type { RequestContent } from '../../../../../policies/request/request.js';
import { leastWordsOfNecessity, type Before } from '../../../../../policies/request/submission.js';
import { inWords } from '../../../../web/pages/words.js';
import { inDays } from '../../../../../policies/core/words/in-days.js';
import { statutoryRights } from '../../../../../policies/request/statutory-right.js';
import { mostPapers } from './papers.js';
import type { Step, StepKey } from './step.js';
import { declared, roleValue } from './steps.js';

/** A radio as the component takes it. */
interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: { readonly text: string };
}

const choice = (value: string, text: string, hint = ''): Choice => ({
  value,
  text,
  ...(hint === '' ? {} : { hint: { text: hint } }),
});

/** Guidance for every type, said once and not ten times. */
const rulesOfAll = (observationTypes[0]?.rules ?? []).filter((rule) =>
  observationTypes.every(({ rules }) => rules.includes(rule)),
);

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** A day as it is typed into three fields: `2 4 2026`. */
const spaced = (date: string): string => date.split('-').toReversed().map(Number).join(' ');

const listed = new Intl.ListFormat('en-GB');

const agreementOf = ({ parties }: ObservationType): string => {
  const { answers } = question('agreements');
  const says = answers.shape === 'each' ? answers.itemSays : {};
  return parties.length === 0
    ? 'Nobody else’s agreement is asked.'
    : `The agreement of ${listed.format(parties.map((party) => says[party] ?? inWords(party)))} is asked.`;
};

const typeChoices = (settings: Settings): Choice[] =>
  typesOf(settings).map((type) =>
    choice(
      type.key,
      type.label,
      [
        `Limit: ${lowered(type.limit)}.`,
        agreementOf(type),
        ...type.rules.filter((rule) => !rulesOfAll.includes(rule)),
      ].join(' '),
    ),
  );

const meanings = (key: QuestionKey): Readonly<Record<string, Meaning>> => {
  const { answers } = question(key);
  return answers.shape === 'one' ? answers.values : {};
};

const said = (key: QuestionKey, answer: string): string => meanings(key)[answer]?.says ?? inWords(answer);

const heldUntil = ({ kind, to }: Appointment): string =>
  `${inWords(kind)}${to === null ? '' : `, until ${inDays(to)}`}. The dates that you ask for must lie within it.`;

/** The councillor's own appointments that have not ended, the ward where there is one, and any other role. */
const roleChoices = ({
  settings,
  councillor: { appointments, ward },
  today,
}: Pick<Before, 'settings' | 'councillor' | 'today'>): Choice[] => [
  ...appointments
    .filter(({ to }) => to === null || to >= today)
    .map((held) =>
      choice(roleValue({ kind: held.kind, appointmentId: held.id }), held.title, heldUntil(held)),
    ),
  ...(ward === null
    ? []
    : [choice('ward', `Councillor for ${ward} ${wardOf(settings)}`, `${said('role', 'ward')}.`)]),
  choice('other', 'Another role', `${said('role', 'other')}.`),
];

const keyOf = {
  collateralPurpose: 'collateral_purpose',
  connection: 'connection',
  documents: 'documents',
} as const;

/** A constituent's own case is served by papers (DPA 2018 Sch 1 paras 23 and 24 are for elected members). */
const byPapers =
  'An elected member may ask for papers by this: choose “Inspection of documents”. Watching is not approved for it.';

const consequence = ({ blocks, needsReason }: Meaning, value = ''): string => {
  if (value === 'constituent_case') return byPapers;
  if (typeof blocks === 'string') return 'The request can then not be approved.';
  return needsReason === true ? 'An office will have to look into it and give its reason.' : '';
};

const declarationChoices = () =>
  declared.map((name) => ({
    name: `declarations.${name}`,
    asks: question(keyOf[name]).asks,
    items: Object.entries(meanings(keyOf[name])).map(([value, meaning]) =>
      choice(value, meaning.says, consequence(meaning, value)),
    ),
  }));

/** The text of a declaration, in the words of the table. */
export const declarationSays = (name: (typeof declared)[number], answer: string): string =>
  said(keyOf[name], answer);

const authorities = {
  work_programme: 'It is on a committee’s work programme',
  appointment: 'It comes with my appointment',
  none: 'Nothing recorded gives it authority',
} as const;

/** The source of the authority, in the councillor's words; the table gives the consequence. */
export const authoritySays = (kind: keyof typeof authorities): string => authorities[kind];

const authorityChoices = (): Choice[] =>
  Object.entries(authorities).map(([kind, text]) =>
    choice(kind, text, consequence(meanings('authority')[kind] ?? { says: text })),
  );

/** The alternatives that the test weighs an observation against: a briefing, data and so on. */
const lesserWays = (): string[] => {
  const { answers } = question('alternatives');
  return answers.shape === 'each' ? Object.values(answers.itemSays) : [];
};

/** The rights that may be claimed, in words. */
const claimChoices = () =>
  statutoryRights.map((value) => ({ value, text: value === 'none' ? 'I claim none' : inWords(value) }));

/** The rows of papers to show: those there are and an empty one. */
const paperRows = ({ papers }: RequestContent) =>
  Array.from({ length: Math.min((papers?.length ?? 0) + 1, mostPapers) }, (_, row) => row);

/** The choices and explanations on the page of a step, beside the form itself. */
export const guidanceOf = (
  { key, rests }: Step,
  given: Before & { readonly content: RequestContent },
): object => ({
  rests: rests.map((each) => ({ asks: question(each).asks, authority: question(each).authority })),
  ...offered(key, given),
});

const offered = (
  key: StepKey,
  { settings, content, councillor, today }: Before & { readonly content: RequestContent },
): object => {
  switch (key) {
    case 'type':
      return { choices: typeChoices(settings), rulesOfAll };
    case 'role':
      return { choices: roleChoices({ settings, councillor, today }) };
    case 'necessity':
      return { leastWords: leastWordsOfNecessity };
    case 'alternatives':
      return { lesser: lesserWays() };
    case 'window':
      return {
        limit: content.observationType ? lowered(settings.type(content.observationType).limit) : null,
        example: { from: spaced(addDays(today, 14)), to: spaced(addDays(today, 42)) },
      };
    case 'declarations':
      return { groups: declarationChoices() };
    case 'papers':
      return {
        rows: paperRows(content),
        claims: content.observationType === 'document_inspection' ? claimChoices() : [],
      };
    case 'authority':
      return { choices: authorityChoices(), example: inDays(addDays(today, -30)) };
  }
};
