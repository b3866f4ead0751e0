/** The parts of a request, in the order of the pages. */
import type { RequestContent } from '../../../../../policies/request/request.js';
import { entered, given, number } from '../../../../web/pages/form.js';
import { dateFields, dateOf } from '../../../../web/pages/typed/day.js';
import { papers } from './papers.js';
import type { Step, StepKey } from './step.js';

const type: Step = {
  key: 'type',
  title: 'What you ask to observe',
  parts: ['observationType'],
  rests: [],
  read: (form) => given({ observationType: entered(form, 'observationType') }),
  values: ({ observationType }) => ({ observationType: observationType ?? '' }),
};

/** One radio stands for a kind and, if it has one, the appointment: `lead_member.0198…`, `ward`. */
export const roleValue = ({ kind, appointmentId }: NonNullable<RequestContent['role']>): string =>
  appointmentId === undefined ? kind : `${kind}.${appointmentId}`;

const role: Step = {
  key: 'role',
  title: 'The role you rely on',
  parts: ['role'],
  rests: ['role'],
  read: (form) => {
    const [kind, appointmentId] = entered(form, 'role')?.split('.') ?? [];
    return kind === undefined ? {} : { role: given({ kind, appointmentId }) };
  },
  values: ({ role: saved }) => ({ role: saved ? roleValue(saved) : '' }),
  shownAt: () => 'role',
};

const authority: Step = {
  key: 'authority',
  title: 'What gives it authority',
  parts: ['authority'],
  rests: ['authority'],
  read: (form) => {
    const kind = entered(form, 'authority');
    const citation = entered(form, 'authority.citation');
    return kind === undefined && citation === undefined ? {} : { authority: given({ kind, citation }) };
  },
  values: ({ authority: saved }) => ({
    authority: saved?.kind ?? '',
    'authority.citation': saved?.citation ?? '',
  }),
  shownAt: (field) => (field === 'authority.kind' ? 'authority' : field),
};

/** Text that was taken out is sent as empty: left out, the old text would stay. */
const textStep = (
  key: 'necessity' | 'alternatives',
  { title, parts, rests }: Pick<Step, 'title' | 'parts' | 'rests'>,
): Step => ({
  key,
  title,
  parts,
  rests,
  read: (form) => ({ [key]: entered(form, key) ?? '' }),
  values: ({ [key]: saved }) => ({ [key]: saved ?? '' }),
});

const necessity = textStep('necessity', {
  title: 'Why you need it',
  parts: ['necessity'],
  rests: ['necessity', 'collateral_purpose'],
});

const alternatives = textStep('alternatives', {
  title: 'Why nothing less would do',
  parts: ['alternatives'],
  rests: ['alternatives'],
});

const window: Step = {
  key: 'window',
  title: 'When, and how many times',
  parts: ['window', 'events'],
  rests: ['scope'],
  read: (form) => {
    const days = given({ from: dateOf(form, 'window.from'), to: dateOf(form, 'window.to') });
    return given({
      window: Object.keys(days).length > 0 ? days : undefined,
      events: number(form, 'events'),
    });
  },
  values: ({ window: saved, events }) => ({
    ...dateFields('window.from', saved?.from),
    ...dateFields('window.to', saved?.to),
    events: events === undefined ? '' : String(events),
  }),
  shownAt: (field) => (field === 'window' ? 'window.from' : field),
};

export const declared = ['collateralPurpose', 'connection', 'documents'] as const;

const declarations: Step = {
  key: 'declarations',
  title: 'Your declarations',
  parts: ['declarations'],
  rests: ['collateral_purpose', 'connection', 'documents'],
  read: (form) => {
    const made = given(
      Object.fromEntries(
        [...declared, 'onBehalfOf'].map((key) => [key, entered(form, `declarations.${key}`)]),
      ),
    );
    return Object.keys(made).length > 0 ? { declarations: made } : {};
  },
  values: ({ declarations: saved }) =>
    Object.fromEntries(
      ([...declared, 'onBehalfOf'] as const).map((key) => [`declarations.${key}`, saved?.[key] ?? '']),
    ),
  shownAt: (field) => (field === 'declarations' ? 'declarations.collateralPurpose' : field),
};

const all: Readonly<Record<StepKey, Step>> = {
  type,
  role,
  authority,
  necessity,
  alternatives,
  window,
  declarations,
  papers,
};

/** Whether papers are the subject, or stand in the request already. */
const concernsPapers = ({ observationType, papers: named }: RequestContent): boolean =>
  observationType === 'document_inspection' || (named?.length ?? 0) > 0;

export const steps: readonly Step[] = Object.values(all);

/** The parts that a request with this content has. */
export const stepsFor = (content: RequestContent): readonly Step[] =>
  steps.filter(({ key }) => key !== 'papers' || concernsPapers(content));

/** Whether the fault of a field of the API is mended on this page. */
export const owns = ({ parts }: Step, field: string): boolean =>
  parts.some((part) => field === part || field.startsWith(`${part}.`));

/** Whether anything at all was answered. */
export const isBegun = ({ parts }: Step, content: RequestContent): boolean =>
  parts.some((part) => {
    const value = content[part];
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '';
  });

/** The step that a first pass goes on with after this one: the next not yet begun, from the top at the end. */
export const nextStep = (after: StepKey, content: RequestContent): Step | undefined => {
  const asked = stepsFor(content).filter((step) => !step.optional);
  const at = asked.findIndex(({ key }) => key === after);
  return [...asked.slice(at + 1), ...asked.slice(0, at + 1)].find((step) => !isBegun(step, content));
};

/** The step asked before this one; undefined for the first. */
export const stepBefore = (key: StepKey, content: RequestContent): Step | undefined => {
  const asked = stepsFor(content);
  return asked[asked.findIndex((step) => step.key === key) - 1];
};
